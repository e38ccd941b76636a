"""The two images as the motion network wants them: with the classical motion between them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from os import cpu_count

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor

from f2v_core.frames import Frame
from f2v_core.media.optical_flow import agreement, dense_flow
from f2v_core.models.tensors import to_frames

BANDS = 3
"""Bands of an image: what averaging over 2x2, 4x4 and 8x8 pixels takes away, each beyond the one before."""
NOISE = 2 / 255
"""Bands weaker than this are noise: what is alike in them by chance says nothing, they count as unlike."""


@dataclass(frozen=True)
class Ends:
    """First and last image of clips on the network's grid, and the optical flow between them.

    Attributes:
        first, last: (B, 3, h, w) in 0..1; the sides are multiples of 8.
        there, back: (B, 3, h, w): flow from the first to the last image and from the last to the first, x and y in
            pixels of the grid, and how far each agrees with the other, 0..1.
    """

    first: Tensor
    last: Tensor
    there: Tensor
    back: Tensor


def find_ends(first: Tensor, last: Tensor) -> Ends:
    """Look for the motion between images (B, 3, h, w) in 0..1: dense inverse search on the CPU, whatever the device."""
    pairs = zip(to_frames(first), to_frames(last), strict=True)
    found = np.stack(list(_threads().map(lambda pair: _ways(*pair), pairs)))  # (B, 2, h, w, 3)
    ways = torch.from_numpy(found).movedim(-1, 2).to(first.device)
    return Ends(first, last, ways[:, 0], ways[:, 1])


def _ways(first: Frame, last: Frame) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    there, back = dense_flow(first, last), dense_flow(last, first)
    return np.stack([np.dstack([there, agreement(there, back)]), np.dstack([back, agreement(back, there)])])


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cpu_count())


def split_bands(image: Tensor) -> list[Tensor]:
    """(B, C, h, w) as `BANDS` bands, finest first, and the rest; they add up to the image."""
    parts, finer = [], image
    for band in range(BANDS):
        side = 2 ** (band + 1)
        coarse = F.interpolate(
            F.avg_pool2d(image, side), scale_factor=float(side), mode="bilinear", align_corners=False
        )
        parts.append(finer - coarse)
        finer = coarse
    return [*parts, finer]


def finest_band(image: Tensor) -> Tensor:
    """The first of `split_bands`: (..., C, h, w) to the same shape."""
    flat = image.flatten(0, -4)
    coarse = F.interpolate(F.avg_pool2d(flat, 2), scale_factor=2.0, mode="bilinear", align_corners=False)
    return (flat - coarse).view(image.shape)


def unlikeness(one: Tensor, other: Tensor) -> Tensor:
    """Where a band of the first image is not that of the last: (B, C, h, w) twice to (B, 1, h, w) in 0..1.

    One minus the local correlation, at most 1: near 0 where a texture stayed, 1 where anything may have happened, or
    where there is nothing but noise.
    """
    both = _around((one * other).mean(dim=1, keepdim=True))
    power = _around(((one.square() + other.square()) / 2).mean(dim=1, keepdim=True))
    return (1 - both / (power + NOISE**2)).clamp(0, 1)


def _around(values: Tensor) -> Tensor:
    return F.avg_pool2d(values, 5, 1, padding=2, count_include_pad=False)
