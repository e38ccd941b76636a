"""Our network: a correction of the cross-fade that is continuous in time and exact at both ends.

One pass of a 2-D network gives, for every pixel, a few coefficients over smooth functions of time. They say where
each image's pixels travel, which image is trusted when, and what neither image shows. All heads are zero when
training starts, so an untrained network *is* linear interpolation; the form makes both ends exact whatever the
weights (see `render`).
"""

from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.errors import InputError
from f2v_core.models.blocks import ConvBlock, GaussianHead, ModulatedBlock, split_gaussian

ORDER = 3
"""Functions of time: the shifted Legendre polynomials of degree 0, 1 and 2."""
STRIDE = 8
"""The network's sides are multiples of this."""
SPATIAL_CHANNELS, SPATIAL_SIDE = 9, 8
SPATIAL = SPATIAL_CHANNELS * SPATIAL_SIDE**2
"""576 of z_video's 600 values lie on an 8x8 grid; the rest speak for the whole picture."""
_FLOW_UNIT = 8.0
"""Pixels of the network's own grid that a flow coefficient of 1 stands for."""
_CHANNELS = 8
"""For each function of time: flow_first 2, flow_last 2, mask 1, residual 3."""


@dataclass(frozen=True)
class Motion:
    """What happens between two images: coefficients over `time_basis`, on the network's grid (h, w).

    Attributes:
        flow_first: (B, ORDER, 2, h, w), in pixels of that grid, x before y: where the first image is read.
        flow_last: the same for the last image.
        mask: (B, ORDER, h, w), added to the logit of the first image's share 1 - t.
        residual: (B, ORDER, 3, h, w), in units of brightness 0..1.
    """

    flow_first: Tensor
    flow_last: Tensor
    mask: Tensor
    residual: Tensor


def time_basis(times: Tensor) -> Tensor:
    """(T,) times in 0..1 to (T, ORDER): the shifted Legendre polynomials, each within -1..1."""
    u = 2 * times - 1
    return torch.stack([torch.ones_like(u), u, 1.5 * u**2 - 0.5], dim=1)


class MotionImageEncoder(nn.Module):
    """Features of one image at four scales, and the vector z_first or z_last.

    (B, 3, H, W) in 0..1 to [(B, w, H, W), (B, 2w, H/2, W/2), (B, 3w, H/4, W/4), (B, 4w, H/8, W/8)] and (B, z).
    """

    def __init__(self, width: int, z_image: int) -> None:
        super().__init__()
        channels = [width * k for k in (1, 2, 3, 4)]
        self.stem = nn.Sequential(ConvBlock(3, width), ConvBlock(width, width))
        self.levels = nn.ModuleList(
            nn.Sequential(ConvBlock(a, b, stride=2), ConvBlock(b, b)) for a, b in pairwise(channels)
        )
        self.pool = nn.Linear(channels[-1], z_image)

    @override
    def forward(self, image: Tensor) -> tuple[list[Tensor], Tensor]:
        features = [self.stem(image * 2 - 1)]
        for level in self.levels:
            features.append(level(features[-1]))
        return features, self.pool(features[-1].mean(dim=(2, 3)))


class MotionDecoder(nn.Module):
    """Both images' features and the latents to a `Motion`: a U-Net; its skips hold both images and the difference."""

    def __init__(self, width: int, condition: int) -> None:
        super().__init__()
        channels = [width * k for k in (1, 2, 3, 4)]
        deepest = channels[-1]
        self.condition = nn.Sequential(nn.Linear(condition, 128), nn.SiLU())
        self.merge = ConvBlock(3 * deepest + SPATIAL_CHANNELS, deepest)
        self.trunk = nn.ModuleList(ModulatedBlock(deepest, 128) for _ in range(2))
        pairs = list(pairwise(reversed(channels)))
        self.skips = nn.ModuleList(nn.Conv2d(3 * out, out, 1) for _, out in pairs)
        self.ups = nn.ModuleList(ConvBlock(below + out, out) for below, out in pairs)
        self.modulated = nn.ModuleList(ModulatedBlock(out, 128) for _, out in pairs)
        self.heads = nn.Conv2d(width, ORDER * _CHANNELS, 3, padding=1)
        for parameter in self.heads.parameters():
            nn.init.zeros_(parameter)

    @override
    def forward(self, first: list[Tensor], last: list[Tensor], z_grid: Tensor, z_vector: Tensor) -> Motion:
        """Features from `MotionImageEncoder`, z_grid (B, 9, 8, 8), z_vector (B, condition)."""
        both = [torch.cat([a, b, (a - b).abs()], dim=1) for a, b in zip(first, last, strict=True)]
        condition = self.condition(z_vector)
        grid = F.interpolate(z_grid, both[-1].shape[2:], mode="bilinear", align_corners=False)
        x = self.merge(torch.cat([both[-1], grid], dim=1))  # (B, 4w, h/8, w/8)
        for block in self.trunk:
            x = block(x, condition)
        for side, skip, up, block in zip(both[-2::-1], self.skips, self.ups, self.modulated, strict=True):
            x = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
            x = block(up(torch.cat([x, skip(side)], dim=1)), condition)
        return _motion(self.heads(x))


def _motion(raw: Tensor) -> Motion:
    """(B, ORDER * 8, h, w) as the four quantities."""
    channels = raw.view(len(raw), ORDER, _CHANNELS, *raw.shape[2:])
    flows = channels[:, :, :4] * _FLOW_UNIT
    return Motion(flows[:, :, :2], flows[:, :, 2:], channels[:, :, 4], channels[:, :, 5:])


class MotionNetwork(nn.Module):
    """Images and latent to `Motion`: about a million weights at width 16.

    z keeps the poster's interface: z_video (24 values for the whole clip, 9x8x8 on a grid), z_first and z_last
    (pooled from the images, they modulate; pixels travel through the spatial skips).

    Raises:
        InputError: z_video leaves nothing beside the 9x8x8 grid, or z_first differs from z_last.
    """

    def __init__(self, width: int, z_video: int, z_first: int, z_last: int) -> None:
        super().__init__()
        if z_video <= SPATIAL or z_first != z_last:
            raise InputError(
                f"The motion network cannot take z = {z_video} + {z_first} + {z_last}.",
                f"z_video must be above {SPATIAL}, z_first equal to z_last.",
            )
        self.z_video = z_video
        self.encoder = MotionImageEncoder(width, z_first)
        self.decoder = MotionDecoder(width, z_video - SPATIAL + z_first + z_last)

    @override
    def forward(self, first: Tensor, last: Tensor, z: Tensor) -> Motion:
        """Images (B, 3, H, W) in 0..1 with sides that are multiples of 8, z (B, z_video)."""
        features_first, z_first = self.encoder(first)
        features_last, z_last = self.encoder(last)
        z_grid = z[:, :SPATIAL].reshape(len(z), SPATIAL_CHANNELS, SPATIAL_SIDE, SPATIAL_SIDE)
        vector = torch.cat([z[:, SPATIAL:], z_first, z_last], dim=1)
        return self.decoder(features_first, features_last, z_grid, vector)  # type: ignore[no-any-return]


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


class MotionDiscriminator(nn.Module):
    """Real or generated, seeing both images too: (B, T, 3, H, W) and two of (B, 3, H, W) to logits (B,).

    The poster's convolutions (16, 32, 64, kernel 3x4x4, stride 1x2x2) with spectral normalisation (Miyato et al.
    2018) in place of batch norm; the head averages over space and time, so any T >= 1 and size will do.
    """

    def __init__(self) -> None:
        super().__init__()
        spectral = nn.utils.parametrizations.spectral_norm
        self.layers = nn.Sequential(
            spectral(nn.Conv3d(9, 16, (3, 4, 4), (1, 2, 2), padding=1)), nn.LeakyReLU(0.2),
            spectral(nn.Conv3d(16, 32, (3, 4, 4), (1, 2, 2), padding=1)), nn.LeakyReLU(0.2),
            spectral(nn.Conv3d(32, 64, (3, 4, 4), (1, 2, 2), padding=1)), nn.LeakyReLU(0.2),
            spectral(nn.Conv3d(64, 1, 1)),
        )  # fmt: skip

    @override
    def forward(self, video: Tensor, first: Tensor, last: Tensor) -> Tensor:
        ends = torch.cat([first, last], dim=1)[:, :, None].expand(-1, -1, video.shape[1], -1, -1)
        seen = torch.cat([video.movedim(2, 1), ends], dim=1)  # (B, 9, T, H, W)
        return self.layers(seen * 2 - 1).mean(dim=(1, 2, 3, 4))  # type: ignore[no-any-return]
