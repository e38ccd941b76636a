"""One optimiser step of objective (2)."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from typing_extensions import override

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.models.generator import MotionGenerator
from f2v_core.models.networks import Networks
from f2v_core.models.render import render
from f2v_core.models.view import View
from f2v_core.training.critic_view import CriticView
from f2v_core.training.objectives import (
    discriminator_loss,
    generator_loss,
    gradient_penalty,
    l2_ratio,
    texture_error,
)
from f2v_core.training.steps import NextBatch, Step, detached, noise


class CganStep(Step):
    """Objective (2): `discriminator_steps` steps of D, each on its own batch, then one of G.

    Of a motion generator the mean is trained by the distance alone, the detail by the discriminator alone: realism
    does not cost the mean.
    """

    loss_names = (
        "generator", "discriminator", "real", "fake", "reconstruction", "sample over mean", "texture", "ends",
    )  # fmt: skip

    def __init__(self, networks: Networks, config: TrainConfig) -> None:
        super().__init__(networks, config)
        if networks.discriminator is None:
            raise RunError("A CGAN needs a discriminator.")
        self.discriminator = networks.discriminator
        if isinstance(networks.generator, MotionGenerator):
            networks.generator.network.requires_grad_(config.train_mean)
        self.optimiser_g = self._adam([networks.generator], config.learning_rate)
        self.optimiser_d = self._adam([self.discriminator], config.discriminator_rate)
        self._discriminated = 0

    @override
    def begin(self, step: int) -> None:
        self._discriminated = step * self.config.discriminator_steps

    @override
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        for _ in range(self.config.discriminator_steps - 1):
            video = next_batch()
            self._discriminate(video, _view(video), rate)
        video = next_batch()
        view = _view(video)
        return {**self._discriminate(video, view, rate), **self._generate(video, view, rate)}

    def _latent(self, video: Tensor) -> Tensor:
        """Latents from N(0, I); for our networks of any smaller spread too, as users may ask for with `variation`."""
        z = noise(len(video), self.config.z_video, video.device)
        spread = torch.rand(len(z), 1).to(z.device) if self.networks.generator.exact_ends else 1.0
        return z * spread

    def _discriminate(self, video: Tensor, view: View, rate: float) -> Mapping[str, Tensor]:
        indices, times = self._times(video)
        with torch.no_grad():
            generated = self._make(view, self._latent(video), times)
        penalise = self._penalise()
        seen = self._seen(video)
        real, real_logits = self._judge(seen, video[:, indices], watched=penalise)
        fake, fake_logits = self._judge(seen, generated, watched=penalise)
        loss = discriminator_loss(real_logits, fake_logits, self.config.adversary, self.config.real_label)
        total = loss
        if penalise:
            penalties = gradient_penalty(real_logits, real) + gradient_penalty(fake_logits, fake)
            total = loss + self.config.gradient_penalty * self.config.penalty_every * penalties
        self._descend(self.optimiser_d, total, rate * self.config.discriminator_rate, "discriminator")
        return detached(
            discriminator=loss, real=real_logits.sigmoid().mean(), fake=fake_logits.sigmoid().mean()
        )

    def _generate(self, video: Tensor, view: View, rate: float) -> Mapping[str, Tensor]:
        config = self.config
        indices, times = self._times(video)
        generated, mean = self._sample(view, self._latent(video), self._with_ends(times))
        ends = self._ends_error(generated[:, len(times) :], video, config.ends_norm)
        generated, mean, real = generated[:, : len(times)], mean[:, : len(times)], video[:, indices]
        self.discriminator.requires_grad_(False)  # its gradients here would be thrown away
        seen = self._seen(video)
        with torch.no_grad():
            real_logits = self._judge(seen, real)[1]
        fooled = generator_loss(real_logits, self._judge(seen, generated)[1], config.adversary)
        self.discriminator.requires_grad_(True)
        reconstruction = self._distance(mean, real, video[:, [0, -1]], times)
        ratio = l2_ratio(generated, real, mean.detach())
        loss = fooled + config.lambda_ends * ends + config.lambda_reconstruction * reconstruction
        texture = texture_error(generated, real) if config.lambda_texture else ratio.new_zeros(())
        loss = loss + config.lambda_texture * texture
        if config.l2_budget:
            loss = loss + config.budget_weight * (ratio - config.l2_budget).clamp(min=0)
        self._descend(self.optimiser_g, loss, rate * config.learning_rate, "generator")
        return detached(
            generator=fooled,
            reconstruction=reconstruction,
            texture=texture,
            ends=ends,
            **{"sample over mean": ratio},
        )

    def _make(self, view: View, z: Tensor, times: Tensor) -> Tensor:
        return self.networks.generator.make(view, z, times)

    def _sample(self, view: View, z: Tensor, times: Tensor) -> tuple[Tensor, Tensor]:
        """A sample for the discriminator and the mean for the distance; a poster's sample is both."""
        generator = self.networks.generator
        if not isinstance(generator, MotionGenerator):
            sample = self._make(view, z, times)
            return sample, sample
        mean, motion = generator.mean_and_sample(view, z)
        return render(view.ends, view.layers, motion, times), render(view.ends, view.layers, mean, times)

    def _seen(self, video: Tensor) -> tuple[CriticView | None, Tensor, Tensor]:
        """How the discriminator sees a batch, and both its images as it sees them, (B, 3, H, W)."""
        first, last = video[:, 0], video[:, -1]
        if not self.config.augment_critic:
            return None, first, last
        view = CriticView.random(len(video), video.device)
        return view, view.of(first[:, None])[:, 0], view.of(last[:, None])[:, 0]

    def _judge(
        self, seen: tuple[CriticView | None, Tensor, Tensor], video: Tensor, *, watched: bool = False
    ) -> tuple[Tensor, Tensor]:
        """What the discriminator sees of (B, T, 3, H, W), and its logits (B,); `watched`: with gradients to that."""
        view, first, last = seen
        shown = video if view is None else view.of(video)
        if watched:
            shown = shown.detach().requires_grad_()
        return shown, self.discriminator(shown, first, last)

    def _penalise(self) -> bool:
        """Whether this discriminator step is one of those with a gradient penalty."""
        self._discriminated += 1
        return bool(self.config.gradient_penalty) and self._discriminated % self.config.penalty_every == 0

    @override
    def parts(self) -> dict[str, nn.Module | Optimizer]:
        return {
            "discriminator": self.discriminator, "optimiser_g": self.optimiser_g, "optimiser_d": self.optimiser_d,
        }  # fmt: skip


def _view(video: Tensor) -> View:
    return View(video[:, 0], video[:, -1])
