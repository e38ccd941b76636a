"""The motion CGAN's second branch: what is put back of the images' detail, driven by z."""

import torch
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.blocks import ConvBlock, ModulatedBlock
from f2v_core.models.exact import full
from f2v_core.models.motion import (
    CONDITION,
    SPATIAL,
    SPATIAL_CHANNELS,
    STRIDE,
    latent_grid,
)
from f2v_core.models.render import swell
from f2v_core.models.time_basis import LEGENDRE, TimeBasis

_NOISE = 8
"""Channels of noise that z becomes on half the grid."""

BLURRED = 0.25
"""What reading between pixels takes of the finest band, about."""


def lost_power(times: Tensor) -> Tensor:
    """(T,) times to the gain, before the swell, that a cross-fade of two independent textures needs.

    Their mean with shares 1 - t and t has the power (1 - t)^2 + t^2 of either.
    """
    strength: Tensor = ((1 - times) ** 2 + times**2).sqrt()
    return ((1 + BLURRED * swell(times)) / strength - 1) / swell(times)


class MotionDetail(nn.Module):
    """The mean's features (B, 2 width, h/2, w/2) and z (B, z_video) to `Motion.gain`, (B, K, 1, h/2, w/2).

    It owns the finest band of detail: that of both images, each moved as far as the flow agrees whatever the trust,
    and made stronger where they are unlike, as the mean of two independent textures has but half the power of either.
    Coarser bands stay the mean's: what a critic makes of them costs more L2 than it gains in looks. The gain differs
    with z; it begins at what restores the power lost. Its functions of time are the mean's.
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
        self.gain = nn.Conv2d(channels, basis.count, 3, padding=1)
        nn.init.zeros_(self.gain.weight)
        with torch.no_grad():
            dict(self.gain.named_parameters())["bias"].copy_(basis.fit(lost_power))

    @override
    def forward(self, features: Tensor, z: Tensor) -> Tensor:
        height, width = features.shape[2:]
        grid = latent_grid(z, (height * 2 // STRIDE, width * 2 // STRIDE))
        condition = self.condition(z[:, SPATIAL:])
        x = self.enter(torch.cat([features, self.noise(grid)], dim=1))
        for block in self.blocks:
            x = block(x, condition)
        return full(self.gain(x))[:, :, None]
