"""The posterior of the motion CVAE: what a whole video says about the latent."""

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.blocks import ConvBlock, GaussianHead, split_gaussian
from f2v_core.models.motion import SPATIAL, SPATIAL_CHANNELS, SPATIAL_SIDE


class MotionVideoEncoder(nn.Module):
    """The posterior q(z | x), from what the cross-fade gets wrong: (B, T, 3, 64, 64) to two of (B, z_video).

    Takes any T >= 3; the sides must be 64, the resolution that training uses, or a multiple of 16.
    """

    def __init__(self, z_video: int) -> None:
        super().__init__()
        self.space_time = nn.Sequential(
            nn.Conv3d(3, 24, (3, 4, 4), (1, 4, 4)), nn.SiLU(),
            nn.Conv3d(24, 48, (3, 3, 3), (1, 2, 2), padding=1), nn.GroupNorm(8, 48), nn.SiLU(),
        )  # fmt: skip
        self.mix = nn.Sequential(ConvBlock(3 * 48, 64), ConvBlock(64, 64))
        self.grid_head = nn.Conv2d(64, 2 * SPATIAL_CHANNELS, 1)
        self.vector_head = GaussianHead(64, z_video - SPATIAL)

    @override
    def forward(self, video: Tensor) -> tuple[Tensor, Tensor]:
        """`video` in 0..1 with frames evenly spaced over the clip."""
        times = torch.linspace(0, 1, video.shape[1], device=video.device).view(1, -1, 1, 1, 1)
        error = video - torch.lerp(video[:, :1], video[:, -1:], times)
        x = self.space_time(error.movedim(2, 1) * 4)  # (B, 48, T - 2, 8, 8); errors are small: about 0.1
        thirds = F.adaptive_avg_pool3d(x, (3, SPATIAL_SIDE, SPATIAL_SIDE)).flatten(1, 2)  # (B, 144, 8, 8)
        y = self.mix(thirds)
        grid_mean, grid_std = split_gaussian(self.grid_head(y))
        mean, std = self.vector_head(y.mean(dim=(2, 3)))
        return torch.cat([grid_mean.flatten(1), mean], 1), torch.cat([grid_std.flatten(1), std], 1)
