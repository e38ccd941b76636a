"""One optimiser step of each objective: networks and a batch in, named losses out."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from math import inf

import torch
from torch import Tensor, nn
from torch.optim import Adam, Optimizer
from typing_extensions import override

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.models.networks import Networks
from f2v_core.training.objectives import (
    discriminator_loss,
    ends_error,
    generator_loss,
    kl_to_standard_normal,
    squared_error,
)

NextBatch = Callable[[], Tensor]
"""Gives the next batch of real clips, (B, T, 3, H, W) float in 0..1 with all T frames."""


class Step(ABC):
    """The optimisers of a run and what one step does with them.

    Attributes:
        loss_names: the names of the losses that `run` returns.
    """

    loss_names: tuple[str, ...]

    def __init__(self, networks: Networks, config: TrainConfig) -> None:
        self.networks = networks
        self.config = config

    @abstractmethod
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        """Make one generator step at `rate` times the learning rates; returns losses as 0-d tensors.

        `done` is the share of the run's steps that lie behind, 0..1.

        Raises:
            RunError: a loss is not finite; no weights have been changed by it.
        """

    @abstractmethod
    def parts(self) -> dict[str, nn.Module | Optimizer]:
        """Everything with a state, by name, for checkpoints."""

    def _adam(self, modules: list[nn.Module], learning_rate: float) -> Adam:
        parameters = [p for module in modules for p in module.parameters()]
        betas = (self.config.beta1, self.config.beta2)
        return Adam(parameters, lr=learning_rate, betas=betas, fused=True)

    def _descend(self, optimiser: Adam, loss: Tensor, learning_rate: float, name: str) -> None:
        _check_finite(name, "loss", loss)  # first: the gradient of a warp along NaN reads outside its memory
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        group = optimiser.param_groups[0]
        _check_finite(
            name, "gradient", nn.utils.clip_grad_norm_(group["params"], self.config.clip_norm or inf)
        )
        group["lr"] = learning_rate
        optimiser.step()

    def _times(self, video: Tensor) -> tuple[Tensor, Tensor]:
        """Numbers (K,) of the `frames_per_step` frames that this step renders, and their exact times; 0: all.

        They are evenly spread from a random start (systematic sampling): every frame comes equally often, and
        neighbours stay about equally far apart, which the discriminator needs to see motion.
        """
        count = video.shape[1]
        wanted = min(self.config.frames_per_step or count, count)
        places = (torch.arange(wanted) + torch.rand(())) * (count / wanted)
        indices = places.long().clamp(max=count - 1).to(video.device)
        return indices, indices / (count - 1)


def _noise(clips: int, values: int, device: torch.device) -> Tensor:
    """(clips, values) from N(0, I), drawn on the CPU: its random state is then the only one to save and resume."""
    return torch.randn(clips, values).to(device)


def _detached(**losses: Tensor) -> dict[str, Tensor]:
    return {name: value.detach() for name, value in losses.items()}


def _check_finite(name: str, what: str, value: Tensor) -> None:
    if not torch.isfinite(value):
        raise RunError(
            f"The {what} of the {name} became {value.item():g}; no weight was changed by it.",
            "Resume with a lower learning rate: the last checkpoint is good.",
        )


class CvaeStep(Step):
    """Objective (1); a share of each batch may be trained at the latent's mean, which is what users see first."""

    loss_names = ("loss", "reconstruction", "kl", "ends")

    def __init__(self, networks: Networks, config: TrainConfig) -> None:
        super().__init__(networks, config)
        if networks.video_encoder is None:
            raise RunError("A CVAE needs a video encoder.")
        self.encoder = networks.video_encoder
        self.optimiser = self._adam([networks.generator, self.encoder], config.learning_rate)

    @override
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        config, video = self.config, next_batch()
        indices, times = self._times(video)
        first, last = video[:, 0], video[:, -1]
        mean, std = self.encoder(video)
        z = mean + std * _noise(len(std), config.z_video, std.device)
        at_mean = round(len(z) * config.prior_mean_share)
        z = torch.cat([torch.zeros_like(z[:at_mean]), z[at_mean:]])
        generated = self.networks.generator(first, last, z, torch.cat([times, times.new_tensor([0.0, 1.0])]))
        kl = kl_to_standard_normal(mean, std).mean()
        reconstruction = squared_error(generated[:, :-2], video[:, indices], config.frames).mean()
        ends = ends_error(generated[:, -2:], first, last, "squared").mean()
        ramp = min(1.0, done / config.kl_ramp) if config.kl_ramp else 1.0
        loss = ramp * kl + config.lambda1 * reconstruction + config.lambda2 * ends
        self._descend(self.optimiser, loss, rate * config.learning_rate, "CVAE")
        return _detached(loss=loss, reconstruction=reconstruction, kl=kl, ends=ends)

    @override
    def parts(self) -> dict[str, nn.Module | Optimizer]:
        return {"encoder": self.encoder, "optimiser": self.optimiser}


class CganStep(Step):
    """Objective (2): `discriminator_steps` steps of D, each on its own batch, then one of G."""

    loss_names = ("generator", "discriminator", "real", "fake", "reconstruction", "ends")

    def __init__(self, networks: Networks, config: TrainConfig) -> None:
        super().__init__(networks, config)
        if networks.discriminator is None:
            raise RunError("A CGAN needs a discriminator.")
        self.discriminator = networks.discriminator
        self.optimiser_g = self._adam([networks.generator], config.learning_rate)
        self.optimiser_d = self._adam([self.discriminator], config.discriminator_rate)

    @override
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        for _ in range(self.config.discriminator_steps - 1):
            self._discriminate(next_batch(), rate)
        video = next_batch()
        return {**self._discriminate(video, rate), **self._generate(video, rate)}

    def _latent(self, video: Tensor) -> Tensor:
        return _noise(len(video), self.config.z_video, video.device)

    def _discriminate(self, video: Tensor, rate: float) -> Mapping[str, Tensor]:
        first, last = video[:, 0], video[:, -1]
        indices, times = self._times(video)
        with torch.no_grad():
            generated = self.networks.generator(first, last, self._latent(video), times)
        real = self.discriminator(video[:, indices], first, last)
        fake = self.discriminator(generated, first, last)
        loss = discriminator_loss(real, fake, self.config.real_label)
        self._descend(self.optimiser_d, loss, rate * self.config.discriminator_rate, "discriminator")
        return _detached(discriminator=loss, real=real.sigmoid().mean(), fake=fake.sigmoid().mean())

    def _generate(self, video: Tensor, rate: float) -> Mapping[str, Tensor]:
        config, first, last = self.config, video[:, 0], video[:, -1]
        indices, times = self._times(video)
        times = torch.cat([times, times.new_tensor([0.0, 1.0])])
        generated = self.networks.generator(first, last, self._latent(video), times)
        self.discriminator.requires_grad_(False)  # its gradients here would be thrown away
        fooled = generator_loss(self.discriminator(generated[:, :-2], first, last))
        reconstruction = squared_error(generated[:, :-2], video[:, indices], config.frames).mean()
        ends = ends_error(generated[:, -2:], first, last, config.ends_norm).mean()
        loss = fooled + config.lambda_ends * ends + config.lambda_reconstruction * reconstruction
        self._descend(self.optimiser_g, loss, rate * config.learning_rate, "generator")
        self.discriminator.requires_grad_(True)
        return _detached(generator=fooled, reconstruction=reconstruction, ends=ends)

    @override
    def parts(self) -> dict[str, nn.Module | Optimizer]:
        return {
            "discriminator": self.discriminator, "optimiser_g": self.optimiser_g, "optimiser_d": self.optimiser_d,
        }  # fmt: skip


def make_step(networks: Networks, config: TrainConfig) -> Step:
    """The step that trains a configuration's model."""
    return CvaeStep(networks, config) if config.model == "cvae" else CganStep(networks, config)
