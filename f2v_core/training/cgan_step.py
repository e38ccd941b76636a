"""One optimiser step of objective (2)."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
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
from f2v_core.training.shares import NextBatch, Share
from f2v_core.training.steps import Stateful, Step
from f2v_core.training.world import ALONE, World


class CganStep(Step):
    """Objective (2): `discriminator_steps` steps of D, each on its own batch, then one of G.

    Of a motion generator the mean is trained by the distance alone, the detail by the discriminator alone: realism
    does not cost the mean.
    """

    loss_names = (
        "generator", "discriminator", "real", "fake", "reconstruction", "sample over mean", "texture", "ends",
    )  # fmt: skip

    def __init__(self, networks: Networks, config: TrainConfig, world: World = ALONE) -> None:
        super().__init__(networks, config, world)
        if networks.discriminator is None:
            raise RunError("A CGAN needs a discriminator.")
        self.discriminator = networks.discriminator
        if isinstance(networks.generator, MotionGenerator):
            networks.generator.network.requires_grad_(config.train_mean)
        self.optimiser_g = self._adam([networks.generator], config.learning_rate)
        self.optimiser_d = self._adam([self.discriminator], config.discriminator_rate)
        self._discriminated = 0

    @override
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        self._discriminated = round(done * self.config.steps) * self.config.discriminator_steps
        for _ in range(self.config.discriminator_steps - 1):
            self._discriminate(next_batch(), rate)
        shares = next_batch()
        return {**self._discriminate(shares, rate), **self._generate(shares, rate)}

    def _discriminate(self, shares: Sequence[Share], rate: float) -> Mapping[str, Tensor]:
        self._discriminated += 1
        learning_rate = rate * self.config.discriminator_rate
        found = self._descend(self.optimiser_d, shares, self._critic_losses, learning_rate, "discriminator")
        return {name: value for name, value in found.items() if name != "total"}

    def _critic_losses(self, share: Share) -> Mapping[str, Tensor]:
        video, view = share.video, share.view
        indices, times = self._times(share)
        with torch.no_grad():
            generated = self._make(view, self._latent(share), times)
        penalise = self._penalises
        seen = self._seen(share)
        real, real_logits = self._judge(seen, video[:, indices], watched=penalise)
        fake, fake_logits = self._judge(seen, generated, watched=penalise)
        loss = discriminator_loss(real_logits, fake_logits, self.config.adversary, self.config.real_label)
        total = loss
        if penalise:
            penalties = gradient_penalty(real_logits, real) + gradient_penalty(fake_logits, fake)
            total = loss + self.config.gradient_penalty * self.config.penalty_every * penalties
        means = {"real": real_logits.sigmoid().mean(), "fake": fake_logits.sigmoid().mean()}
        return {"total": total, "discriminator": loss, **means}

    @property
    def _penalises(self) -> bool:
        """Whether this discriminator step is one of those with a gradient penalty."""
        return bool(self.config.gradient_penalty) and self._discriminated % self.config.penalty_every == 0

    def _generate(self, shares: Sequence[Share], rate: float) -> Mapping[str, Tensor]:
        self.discriminator.requires_grad_(False)  # its gradients here would be thrown away
        learning_rate = rate * self.config.learning_rate
        found = self._descend(self.optimiser_g, shares, self._generator_losses, learning_rate, "generator")
        self.discriminator.requires_grad_(True)
        return {name: value for name, value in found.items() if name != "total"}

    def _generator_losses(self, share: Share) -> Mapping[str, Tensor]:
        config, video = self.config, share.video
        indices, times = self._times(share)
        generated, mean = self._sample(share.view, self._latent(share), self._with_ends(times))
        ends = self._ends_error(generated[:, len(times) :], video, config.ends_norm)
        generated, mean, real = generated[:, : len(times)], mean[:, : len(times)], video[:, indices]
        seen = self._seen(share)
        with torch.no_grad():
            real_logits = self._judge(seen, real)[1]
        fooled = generator_loss(real_logits, self._judge(seen, generated)[1], config.adversary)
        reconstruction = self._distance(mean, real, video[:, [0, -1]], times)
        ratio = l2_ratio(generated, real, mean.detach(), self.world.mean)
        total = fooled + config.lambda_ends * ends + config.lambda_reconstruction * reconstruction
        texture = fooled.new_zeros(())
        if config.lambda_texture:
            texture = texture_error(generated, real, self.world.mean)
            total = total + config.lambda_texture * texture
        if config.l2_budget:  # the device decides, and nobody waits for it
            beyond = self.world.mean(ratio.detach()[None]) > config.l2_budget
            total = total + beyond * config.budget_weight * (ratio - config.l2_budget)
        return {
            "total": total, "generator": fooled, "reconstruction": reconstruction, "sample over mean": ratio,
            "texture": texture, "ends": ends,
        }  # fmt: skip

    def _latent(self, share: Share) -> Tensor:
        """Latents from N(0, I); for our networks of any smaller spread too, as users may ask for with `variation`."""
        z = share.draws.normal(self.config.z_video)
        if self.networks.generator.exact_ends:
            z = z * share.draws.uniform(1)
        return z.to(share.video.device, non_blocking=True)

    def _make(self, view: View, z: Tensor, times: Tensor) -> Tensor:
        with self.precision.networks():
            return self.networks.generator.make(view, z, times)

    def _sample(self, view: View, z: Tensor, times: Tensor) -> tuple[Tensor, Tensor]:
        """A sample for the discriminator and the mean for the distance; a poster's sample is both."""
        generator = self.networks.generator
        if not isinstance(generator, MotionGenerator):
            sample = self._make(view, z, times)
            return sample, sample
        with self.precision.networks():
            mean, motion = generator.mean_and_sample(view, z)
        return render(view.ends, view.layers, motion, times), render(view.ends, view.layers, mean, times)

    def _seen(self, share: Share) -> tuple[CriticView | None, Tensor, Tensor]:
        """How the discriminator sees some clips, and both their images as it sees them, (B, 3, H, W)."""
        first, last = share.video[:, 0], share.video[:, -1]
        if not self.config.augment_critic:
            return None, first, last
        view = CriticView.random(share.draws, first.device)
        return view, view.of(first[:, None])[:, 0], view.of(last[:, None])[:, 0]

    def _judge(
        self, seen: tuple[CriticView | None, Tensor, Tensor], video: Tensor, *, watched: bool = False
    ) -> tuple[Tensor, Tensor]:
        """What the discriminator sees of (B, T, 3, H, W), and its logits (B,).

        `watched`: with gradients to what it sees, whose squares are summed: all in full precision.
        """
        view, first, last = seen
        shown = video if view is None else view.of(video)
        if watched:
            shown = shown.detach().requires_grad_()
            return shown, self.discriminator(shown, first, last)
        with self.precision.networks():
            return shown, self.discriminator(shown, first, last)

    @override
    def _trained(self) -> dict[str, Stateful]:
        return {
            "discriminator": self.discriminator, "optimiser_g": self.optimiser_g, "optimiser_d": self.optimiser_d,
        }  # fmt: skip
