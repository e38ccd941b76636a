"""One optimiser step of objective (1)."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from typing_extensions import override

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.models.networks import Networks
from f2v_core.models.view import View
from f2v_core.training.objectives import kl_divergence
from f2v_core.training.steps import NextBatch, Step, detached, noise


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
        view = View(video[:, 0], video[:, -1])
        z, kl = self._latent(video, self.networks.generator.prior_of(view))
        generated = self.networks.generator.decode(view, z, self._with_ends(times))
        reconstruction = self._distance(
            generated[:, : len(times)], video[:, indices], video[:, [0, -1]], times
        )
        ends = self._ends_error(generated[:, len(times) :], video, "squared")
        ramp = min(1.0, done / config.kl_ramp) if config.kl_ramp else 1.0
        loss = ramp * kl + config.lambda1 * reconstruction + config.lambda2 * ends
        self._descend(self.optimiser, loss, rate * config.learning_rate, "CVAE")
        return detached(loss=loss, reconstruction=reconstruction, kl=kl, ends=ends)

    def _latent(self, video: Tensor, prior: tuple[Tensor, Tensor] | None) -> tuple[Tensor, Tensor]:
        """(B, z_video): the prior's mean for the batch's first clips, samples of the posterior for others; their KL."""
        at_mean = round(len(video) * self.config.prior_mean_share)
        centre = video.new_zeros(at_mean, self.config.z_video) if prior is None else prior[0][:at_mean]
        if at_mean == len(video):
            return centre, video.new_zeros(())
        mean, std = self.encoder(video[at_mean:])
        z = mean + std * noise(len(std), self.config.z_video, std.device)
        rest = None if prior is None else (prior[0][at_mean:], prior[1][at_mean:])
        kl = kl_divergence((mean, std), rest, self.config.free_bits).mean()
        return torch.cat([centre, z]), kl

    @override
    def parts(self) -> dict[str, nn.Module | Optimizer]:
        return {"encoder": self.encoder, "optimiser": self.optimiser}
