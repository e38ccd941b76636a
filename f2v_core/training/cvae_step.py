"""One optimiser step of objective (1)."""

from collections.abc import Mapping

import torch
from torch import Tensor
from typing_extensions import override

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.models.networks import Networks
from f2v_core.training.objectives import kl_divergence
from f2v_core.training.shares import NextBatch, Share
from f2v_core.training.steps import Stateful, Step
from f2v_core.training.world import ALONE, World


class CvaeStep(Step):
    """Objective (1); a share of each batch may be trained at the latent's mean, which is what users see first."""

    loss_names = ("loss", "reconstruction", "kl", "ends")

    def __init__(self, networks: Networks, config: TrainConfig, world: World = ALONE) -> None:
        super().__init__(networks, config, world)
        if networks.video_encoder is None:
            raise RunError("A CVAE needs a video encoder.")
        self.encoder = networks.video_encoder
        self.optimiser = self._adam([networks.generator, self.encoder], config.learning_rate)

    @override
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        ramp = min(1.0, done / self.config.kl_ramp) if self.config.kl_ramp else 1.0
        learning_rate = rate * self.config.learning_rate
        return self._descend(
            self.optimiser, next_batch(), lambda share: self._losses(share, ramp), learning_rate, "CVAE"
        )

    def _losses(self, share: Share, ramp: float) -> Mapping[str, Tensor]:
        config, video, view = self.config, share.video, share.view
        indices, times = self._times(share)
        with self.precision.networks():
            z, kl = self._latent(share, self.networks.generator.prior_of(view))
            generated = self.networks.generator.decode(view, z, self._with_ends(times))
        reconstruction = self._distance(
            generated[:, : len(times)], video[:, indices], video[:, [0, -1]], times
        )
        ends = self._ends_error(generated[:, len(times) :], video, "squared")
        loss = ramp * kl + config.lambda1 * reconstruction + config.lambda2 * ends
        return {"loss": loss, "reconstruction": reconstruction, "kl": kl, "ends": ends}

    def _latent(self, share: Share, prior: tuple[Tensor, Tensor] | None) -> tuple[Tensor, Tensor]:
        """(B, z_video): the prior's mean for the batch's first clips, samples of the posterior for others; their KL.

        The KL term is the mean over the batch's others, in this share's part of it.
        """
        video = share.video
        least = round(share.whole * self.config.prior_mean_share)
        at_mean, others = share.before(least), share.whole - least
        centre = video.new_zeros(at_mean, self.config.z_video) if prior is None else prior[0][:at_mean]
        noise = share.draws.normal(self.config.z_video)[at_mean:].to(video.device, non_blocking=True)
        if at_mean == len(video):
            return centre, video.new_zeros(())
        mean, std = self.encoder(video[at_mean:])
        rest = None if prior is None else (prior[0][at_mean:], prior[1][at_mean:])
        kl = (
            kl_divergence((mean, std), rest, self.config.free_bits).mean()
            * len(mean)
            / (others * share.weight)
        )
        return torch.cat([centre, mean + std * noise]), kl

    @override
    def _trained(self) -> dict[str, Stateful]:
        return {"encoder": self.encoder, "optimiser": self.optimiser}
