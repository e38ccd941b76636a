"""The conditional prior of the motion CVAE: what the two images alone say about the latent."""

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.blocks import ConvBlock, split_gaussian
from f2v_core.models.motion import SEEN, SPATIAL, SPATIAL_CHANNELS, SPATIAL_SIDE

_ONE = 0.5413
"""softplus of this is 1: the prior begins as N(0, I)."""


class MotionPrior(nn.Module):
    """p(z | first, last): what `motion.seen` shows, (B, 19, h, w), to mean and std, (B, z_video) each."""

    def __init__(self, z_video: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(ConvBlock(SEEN, 64), ConvBlock(64, 64))
        self.grid_head = nn.Conv2d(64, 2 * SPATIAL_CHANNELS, 1)
        self.vector_head = nn.Linear(64, 2 * (z_video - SPATIAL))
        for head in (self.grid_head, self.vector_head):
            nn.init.zeros_(head.weight)
            mean, raw = head.bias.data.chunk(2)  # type: ignore[union-attr]
            nn.init.zeros_(mean)
            nn.init.constant_(raw, _ONE)

    @override
    def forward(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        x = self.mix(F.adaptive_avg_pool2d(seen, (SPATIAL_SIDE, SPATIAL_SIDE)))
        grid_mean, grid_std = split_gaussian(self.grid_head(x))
        mean, std = split_gaussian(self.vector_head(x.mean(dim=(2, 3))))
        return torch.cat([grid_mean.flatten(1), mean], 1), torch.cat([grid_std.flatten(1), std], 1)
