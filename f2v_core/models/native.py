"""Motion to frames at the images' own size, one after the other, on the CPU.

The same sum as in `render`, sorted by what it is made of: both images, both images moved along the flow, and a small
picture for all that is coarser than the network's grid,

    out(t) = (1 - t) A(t) + t B(t) + (g(t) + h(t)) first + (g(t) - h(t)) last + low(t);

g and h are the coefficients of the finest band's sum and difference, which so keep all detail that is finer than the
grid. The flow is looked for in larger images than the network's, up to 512 pixels on the short side, and its agreement
is known there; the network says how far it is followed. On images as small as the grid this is `render`; on larger
ones, fully from twice the grid on, motion that the larger images show to be certain is followed whole: what the
network was trained for does not see their fine edges doubled.

A motion with a gain owns a share a of the finest band, and with it all detail that is finer than the grid. With M the
cross-fade of both images, moved as far as the flow agrees, g its gain, and L what of a small picture is coarser than
that band, a frame is

    (1 - a) out(t) + a g M(t) + a (L(out(t)) - g L(M(t))).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from f2v_core.frames import Frame, FramePair
from f2v_core.media.fitting import padded, resize_array, resize_frame
from f2v_core.media.mixing import Mixer, Shares
from f2v_core.media.optical_flow import LARGEST, Way, find_ways
from f2v_core.models.ends import BANDS, Ends, finest_band
from f2v_core.models.motion import Motion
from f2v_core.models.render import (
    enlarged,
    gain_at,
    images_over_time,
    moved_frames,
    soft_frames,
    swell,
)
from f2v_core.models.view import View

Map = NDArray[np.float32]


@dataclass(frozen=True)
class PairWays:
    """The motion between two images, on a grid of squares of their pixels.

    Attributes:
        step: the squares' side in pixels; those on the right and below may pass beyond the images.
        there, back: from the first to the last image, and from the last to the first, in squares.
    """

    step: int
    there: Way
    back: Way

    @classmethod
    def between(cls, pair: FramePair) -> Self:
        """Look for it, once for a clip."""
        step = max(1, round(min(pair.size) / LARGEST))
        return cls(step, *find_ways(*(_averaged(image, step) for image in (pair.first, pair.last))))

    def ends(self, first: Tensor, last: Tensor) -> Ends:
        """What the network sees of it, between small copies (1, 3, h, w) of the two images in 0..1."""
        size = first.shape[3], first.shape[2]
        return Ends(
            first, last, *(_averaged_way(way, size).to(first.device) for way in (self.there, self.back))
        )


def _averaged(image: Frame, step: int) -> Frame:
    height, width = image.shape[:2]
    size = -(-width // step), -(-height // step)
    return resize_frame(padded(image, (size[0] * step, size[1] * step)), size)


def _averaged_way(way: Way, size: tuple[int, int]) -> Tensor:
    """(1, 3, h, w): averages over the grid's places, the flow in its pixels."""
    height, width = way.x.shape
    planes = np.stack([resize_array(plane, size) for plane in (way.x, way.y, way.agreement)])
    scale = np.array([size[0] / width, size[1] / height, 1], np.float32)
    return torch.from_numpy(planes * scale[:, None, None])[None]


@dataclass(frozen=True)
class Fields:
    """A clip's coefficients over K functions of time on the network's grid, float32.

    Attributes:
        trust: (K, 2, h, w), in the first and in the last image's flow.
        still: (K, 2, h, w), g + h and g - h before the swell.
        low: (K, 3, h, w), what is added beside, before the swell, in levels of 0..255.
    """

    trust: Map
    still: Map
    low: Map

    @classmethod
    def of(cls, view: View, motion: Motion) -> Self:
        """Bring one clip's (B = 1) coefficients to the grid, and take the share of both whole images out of `low`."""
        ends, size = view.ends, view.ends.first.shape[2:]
        layers = enlarged(motion.layers, size)
        g = layers[:, :, :1] * view.layers.unlike[:, None, :1]
        h = layers[:, :, BANDS : BANDS + 1]
        still = torch.cat([g + h, g - h], dim=2)
        images = still[:, :, :1] * ends.first[:, None] + still[:, :, 1:] * ends.last[:, None]
        low = 255 * (images_over_time(view.layers, motion) - images)
        parts = (enlarged(motion.trust, size), still, low)
        return cls(*(part[0].float().cpu().numpy() for part in parts))

    def at(self, t: float, basis: Map) -> Shares:
        """The sums over the functions of time, (K,) at t."""
        trust, still, low = (np.tensordot(basis, part, 1) for part in (self.trust, self.still, self.low))
        return Shares(trust, np.float32(swell(t)) * still, np.float32(swell(t)) * low)


def _sharpened(shares: Shares, view: View, motion: Motion, gain: Tensor, t: float) -> Shares:
    """The shares of a motion with a gain at a time, from those without."""
    times, own = torch.tensor([t]), np.float32(motion.share)
    soft, sharp = soft_frames(view.ends, view.layers, motion, times), moved_frames(view.ends, times)
    strength = gain_at(view.layers, gain, motion.basis, times)
    coarse: Map = (255 * (_coarse(soft) - strength * _coarse(sharp)))[0, 0].cpu().numpy()
    fade = np.array([1 - t, t], np.float32)[:, None, None]
    return Shares(
        (1 - own) * shares.trust,
        (1 - own) * shares.still - own * fade,
        (1 - own) * shares.light + own * coarse,
        own * fade * strength[0, 0].cpu().numpy(),
    )


def _coarse(frames: Tensor) -> Tensor:
    return frames - finest_band(frames)


def render_frames(
    pair: FramePair, ways: PairWays, view: View, motion: Motion, times: Sequence[float]
) -> Iterator[Frame]:
    """One frame after the other at the pair's own size; view and motion are of one clip (B = 1) on any grid."""
    grid = min(view.ends.first.shape[2:])
    certain = min(max(min(pair.size) / grid - 1, 0.0), 1.0)
    fields, mixer = Fields.of(view, motion), Mixer(pair, (ways.there, ways.back), ways.step, certain)
    for t in times:
        shares = fields.at(t, motion.basis(torch.tensor([t]))[0].numpy())
        if motion.gain is not None:
            shares = _sharpened(shares, view, motion, motion.gain, t)
        yield mixer.frame(t, shares)
