"""Our network: a correction of the cross-fade that is continuous in time and exact at both ends.

One pass of a 2-D network gives, for every place, a few coefficients over smooth functions of time. They say how far
the optical flow between the images is followed, how much of each of their bands of detail is left when, and what
neither image shows. All heads are zero when training starts, so an untrained network *is* linear interpolation; the
form makes both ends exact whatever the weights, and corrects nothing where the images do not differ (see `render`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.errors import InputError
from f2v_core.models.blocks import ConvBlock, ModulatedBlock
from f2v_core.models.ends import BANDS, Ends, split_bands, unlikeness
from f2v_core.models.exact import full
from f2v_core.models.time_basis import LEGENDRE, TimeBasis

STRIDE = 8
"""The network's sides are multiples of this."""
SPATIAL_CHANNELS, SPATIAL_SIDE = 9, 8
SPATIAL = SPATIAL_CHANNELS * SPATIAL_SIDE**2
"""576 of z_video's 600 values lie on an 8x8 grid; the rest speak for the whole picture."""
LAYERS = 2 * BANDS + 1
"""For each band the sum of both images' and their difference; then the difference of what is left."""
_CHANNELS = 2 + LAYERS + 3
"""For each function of time: trust 2, layers, residual 3."""
SEEN = 9 + (BANDS + 1) + 6
"""Channels of what the network looks at, see `seen`."""
CONDITION = 128
"""Values that modulate the blocks."""
_FLOW_UNIT = 1 / 16
"""Flow in pixels of the grid times this goes into the network."""


@dataclass(frozen=True)
class Motion:
    """What happens between two images: coefficients over functions of time, on a grid (h, w).

    Attributes:
        trust: (B, K, 2, h, w): how far the flow is followed, from the first and from the last image.
        layers: (B, K, LAYERS, h, w): how much of each of `make_layers` is added.
        residual: (B, K, 3, h, w): what is added beside, in units of brightness 0..1.
        basis: the K functions of time.
        gain: (B, K, 1, h, w): by how much the finest band of the images, moved as far as their flow agrees, is made
            stronger where they are unlike; None: the finest band is what the rest makes of it.
        share: how much of the finest band is that of the moved images, 0..1.
    """

    trust: Tensor
    layers: Tensor
    residual: Tensor
    basis: TimeBasis = LEGENDRE
    gain: Tensor | None = None
    share: float = 0.0

    def detached(self) -> "Motion":
        """The same values, through which no gradient passes."""
        return replace(
            self, trust=self.trust.detach(), layers=self.layers.detach(), residual=self.residual.detach()
        )

    def with_detail(self, gain: Tensor, share: float) -> "Motion":
        """Let a gain own a share of the finest band."""
        return replace(self, gain=gain, share=share)


@dataclass(frozen=True)
class Layers:
    """What is mixed: all of it vanishes where the two images are the same.

    Attributes:
        parts: (B, LAYERS, 3, h, w).
        unlike: (B, BANDS + 1, h, w): the `unlikeness` of each band and the images' difference, both in 0..1.
    """

    parts: Tensor
    unlike: Tensor


CHANGE = 0.05
"""Images that differ by this much brightness (0..1), here or on the whole, may have any residual."""


def make_layers(ends: Ends) -> Layers:
    """The layers of two images: sums of bands where they are unlike, differences of bands, difference of the rest."""
    ones, others = split_bands(ends.first), split_bands(ends.last)
    bands = list(zip(ones[:-1], others[:-1], strict=True))
    unlike = [unlikeness(a, b) for a, b in bands]
    sums = [(a + b) * u for (a, b), u in zip(bands, unlike, strict=True)]
    differences = [a - b for a, b in zip(ones, others, strict=True)]
    distance = (ends.first - ends.last).abs().mean(dim=1, keepdim=True)
    near = F.avg_pool2d(distance, 5, 1, padding=2, count_include_pad=False)
    change = ((near + distance.mean(dim=(2, 3), keepdim=True)) / CHANGE).clamp(max=1)
    return Layers(torch.stack([*sums, *differences], dim=1), torch.cat([*unlike, change], dim=1))


class ImageEncoder(nn.Module):
    """The vector z_first or z_last of an image: (B, 3, H, W) in 0..1 to (B, z)."""

    def __init__(self, width: int, z_image: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(4), ConvBlock(48, 3 * width), ConvBlock(3 * width, 4 * width, stride=2)
        )
        self.pool = nn.Linear(4 * width, z_image)

    @override
    def forward(self, image: Tensor) -> Tensor:
        vector: Tensor = self.pool(self.layers(image * 2 - 1).mean(dim=(2, 3)))
        return vector


class PairTrunk(nn.Module):
    """What the motion and the recurrent network begin with: images and latent to features on three grids.

    z keeps the poster's interface: z_video (24 values for the whole clip, 9x8x8 on a grid), z_first and z_last
    (pooled from the images, they modulate; pixels travel through the network's own input).

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
        fine, middle, deep = 2 * width, 4 * width, 6 * width
        self.z_video = z_video
        self.image = ImageEncoder(width, z_first)
        self.condition = nn.Sequential(nn.Linear(z_video - SPATIAL + z_first + z_last, CONDITION), nn.SiLU())
        self.stem = nn.Sequential(nn.PixelUnshuffle(2), ConvBlock(4 * SEEN, fine), ConvBlock(fine, fine))
        self.down_middle = nn.Sequential(ConvBlock(fine, middle, stride=2), ConvBlock(middle, middle))
        self.down_deep = nn.Sequential(ConvBlock(middle, deep, stride=2), ConvBlock(deep, deep))
        self.latent = nn.Conv2d(SPATIAL_CHANNELS, deep, 1)
        self.trunk = nn.ModuleList(ModulatedBlock(deep, CONDITION) for _ in range(2))

    def read(self, ends: Ends, layers: Layers, z: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Features at a half, a quarter and an eighth of the grid, and the vector that modulates, (B, CONDITION).

        Their channels are 2, 4 and 6 times the width; the deepest have read `z`, (B, z_video).
        """
        vector = torch.cat([z[:, SPATIAL:], self.image(ends.first), self.image(ends.last)], dim=1)
        condition = self.condition(vector)
        fine = self.stem(seen(ends, layers))  # (B, 2w, h/2, w/2)
        middle = self.down_middle(fine)
        deep = self.down_deep(middle)
        deep = deep + self.latent(latent_grid(z, deep.shape[2:]))
        for block in self.trunk:
            deep = block(deep, condition)
        return fine, middle, deep, condition


class MotionNetwork(PairTrunk):
    """Images and latent to `Motion`, a U-Net at a half, a quarter and an eighth of the grid.

    The latent's grid is also read straight into coefficients: what the posterior says pays from the first steps on, and
    is not forgotten (the usual way into posterior collapse).
    """

    def __init__(self, width: int, z_video: int, z_first: int, z_last: int) -> None:
        super().__init__(width, z_video, z_first, z_last)
        fine, middle, deep = 2 * width, 4 * width, 6 * width
        self.up_middle, self.up_fine = ConvBlock(deep + middle, middle), ConvBlock(middle + fine, fine)
        self.modulated_middle, self.modulated_fine = (
            ModulatedBlock(channels, CONDITION) for channels in (middle, fine)
        )
        self.heads = motion_head(fine, LEGENDRE)
        self.latent_heads = motion_head(SPATIAL_CHANNELS, LEGENDRE)

    @override
    def forward(self, ends: Ends, layers: Layers, z: Tensor) -> tuple[Motion, Tensor]:
        """Give the motion on half the grid, and the features (B, 2 width, h/2, w/2) that it was read from.

        `z` is (B, z_video).
        """
        fine, middle, deep, condition = self.read(ends, layers, z)
        x = self.modulated_middle(self.up_middle(torch.cat([twice(deep), middle], dim=1)), condition)
        x = self.modulated_fine(self.up_fine(torch.cat([twice(x), fine], dim=1)), condition)
        direct = self.latent_heads(latent_grid(z, deep.shape[2:]))
        direct = F.interpolate(direct, x.shape[2:], mode="bilinear", align_corners=False)
        return split_motion(self.heads(x) + direct, LEGENDRE), x


def motion_head(inputs: int, basis: TimeBasis | None = None) -> nn.Conv2d:
    """Features (B, inputs, h, w) to what `split_motion` takes, of a basis or of one time alone; begins at zero."""
    conv = nn.Conv2d(inputs, (basis.count if basis else 1) * _CHANNELS, 3, padding=1)
    for parameter in conv.parameters():
        nn.init.zeros_(parameter)
    return conv


def latent_grid(z: Tensor, shape: Sequence[int]) -> Tensor:
    """The spatial values of z (B, z_video), spread over a shape (h, w): (B, 9, h, w)."""
    grid = z[:, :SPATIAL].reshape(len(z), SPATIAL_CHANNELS, SPATIAL_SIDE, SPATIAL_SIDE)
    return F.interpolate(grid, tuple(shape), mode="bilinear", align_corners=False)


def split_motion(raw: Tensor, basis: TimeBasis) -> Motion:
    """(B, K * 12, h, w) as the three quantities, float32."""
    channels = full(raw).view(len(raw), -1, _CHANNELS, *raw.shape[2:])
    return Motion(channels[:, :, :2], channels[:, :, 2 : 2 + LAYERS], channels[:, :, 2 + LAYERS :], basis)


def seen(ends: Ends, layers: Layers) -> Tensor:
    """What the network looks at, (B, 19, h, w): both images, their difference, unlikeness, flow and its agreement."""
    images = torch.cat([ends.first, ends.last], dim=1) * 2 - 1
    ways = [torch.cat([way[:, :2] * _FLOW_UNIT, way[:, 2:]], dim=1) for way in (ends.there, ends.back)]
    return torch.cat([images, ends.first - ends.last, layers.unlike, *ways], dim=1)


def twice(x: Tensor) -> Tensor:
    """(B, C, h, w) at twice the size, between the places by straight lines."""
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
