"""The motion CGAN's second branch: what is put back of the images' detail, driven by z."""

import torch
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.blocks import ConvBlock, ModulatedBlock
from f2v_core.models.motion import (
    CONDITION,
    SPATIAL,
    SPATIAL_CHANNELS,
    STRIDE,
    Motion,
    latent_grid,
    motion_head,
    split_motion,
)
from f2v_core.models.time_basis import LEGENDRE, TimeBasis

_NOISE = 8
"""Channels of noise that z becomes on half the grid."""

KEPT = 0.25
"""Of the sum of two independent textures; (sqrt(2) - 1) / 2 = 0.21 makes their mean as strong as either, and the
network's grid takes a little."""


class MotionDetail(nn.Module):
    """The mean's features (B, 2 width, h/2, w/2) and z (B, z_video) to a `Motion` that is added to the mean's.

    It can sharpen, soften and shift the images' own bands of detail and the trust in their flow, in a different way
    for each z. Begins at what keeps the strength of the finest band where the images are unlike: a cross-fade of two
    independent textures has but half the power of either in its middle. Its functions of time are the mean's.
    """

    def __init__(self, width: int, z_video: int, basis: TimeBasis = LEGENDRE) -> None:
        super().__init__()
        self.basis = basis
        channels, up = 2 * width, STRIDE // 2
        self.noise = nn.Sequential(
            nn.Conv2d(SPATIAL_CHANNELS, up**2 * _NOISE, 3, padding=1), nn.PixelShuffle(up)
        )
        self.condition = nn.Sequential(nn.Linear(z_video - SPATIAL, CONDITION), nn.SiLU())
        self.enter = ConvBlock(channels + _NOISE, channels)
        self.blocks = nn.ModuleList(ModulatedBlock(channels, CONDITION) for _ in range(2))
        self.heads = motion_head(channels, basis)
        bias = dict(self.heads.named_parameters())["bias"].data
        start = split_motion(bias[None, :, None, None], basis)
        start.layers[:, :, 0] = KEPT * torch.tensor(basis.constant).view(1, -1, 1, 1)

    @override
    def forward(self, features: Tensor, z: Tensor) -> Motion:
        height, width = features.shape[2:]
        grid = latent_grid(z, (height * 2 // STRIDE, width * 2 // STRIDE))
        condition = self.condition(z[:, SPATIAL:])
        x = self.enter(torch.cat([features, self.noise(grid)], dim=1))
        for block in self.blocks:
            x = block(x, condition)
        return split_motion(self.heads(x), self.basis)
