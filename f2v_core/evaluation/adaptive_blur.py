"""Adaptive blur cross-fade: 24 numbers that win in L2 by blur alone; what a network has to beat to be worth it.

Each frame is the cross-fade plus a sum of both images at three widths of blur. Their weights follow a few curves in
time that vanish at both ends, and grow with the mean difference of the images, so that still pictures stay as they
are. Time may run either way: the last image weighs at t what the first one weighs at 1 - t. Nothing knows of places.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from f2v_core.evaluation.simple import NATIVE, PairByPair, Prepare, nothing_to_prepare
from f2v_core.frames import FramePair, frame_times
from f2v_core.media.blending import add_light, cross_fade
from f2v_core.media.warping import blur

WIDTHS = (0.0, 2.0, 6.0)
"""Blurs, in pixels of frames with a short side of 64."""
GATES = (0.05, 0.1)
"""Mean differences of the images, in 0..1, at which the two gates are half open."""
CURVES = 4
RIDGE = 1.0
"""Weight of the squared coefficients; keeps those small that the clips say little about."""
ROUNDS = 40
"""Rounds of reweighting; the coefficients have settled long before."""
LEAST = 1.0
"""Distances below this weigh as this: clips that hardly move would own the fit."""

Coefficients = NDArray[np.float64]
"""(gates, widths, curves)."""
SHAPE = len(GATES), len(WIDTHS), CURVES


class AdaptiveBlur(PairByPair):
    """The method with given coefficients, which are asked for when the first clip is made."""

    def __init__(
        self,
        coefficients: Callable[[], Coefficients],
        fingerprint: str,
        prepare: Prepare = nothing_to_prepare,
    ) -> None:
        title = "cross-fade with fitted blur, blend and easing; no network"
        super().__init__("abx", title, fingerprint, prepare)
        self._coefficients = coefficients

    @override
    def fill(self, clip: NDArray[np.uint8], pair: FramePair, times: NDArray[np.float64]) -> None:
        images = _blurred_images(pair) * 255
        weights = np.einsum("g,gwc,ecT->Tew", _gates(pair), self._coefficients(), _curves(times))
        for frame, t, weight in zip(clip, times, weights, strict=True):
            light = np.tensordot(weight.astype(np.float32), images, 2)
            frame[:] = add_light(cross_fade(pair.first, pair.last, t), light)
        clip[0], clip[-1] = pair.first, pair.last


def _gates(pair: FramePair) -> NDArray[np.float64]:
    """(gates,) how far each is open, 0 for equal images, 1 for very different ones."""
    change = float(np.abs(pair.first.astype(np.int16) - pair.last).mean()) / 255
    return np.array([change**2 / (change**2 + half**2) for half in GATES])


def _curves(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2, CURVES, T): what the curves of the first and of the last image are at (T,) times; 0 at both ends."""
    parabola, tilt = times * (1 - times), 1 - 2 * times
    root = np.sqrt(parabola)
    first = np.stack([parabola, parabola * tilt, root, root * tilt])
    last = np.stack([parabola, -parabola * tilt, root, -root * tilt])
    return np.stack([first, last])


def _blurred_images(pair: FramePair) -> NDArray[np.float32]:
    """(2, widths, H, W, 3) float32 in 0..1: both images at each width of blur."""
    scale = min(pair.size) / NATIVE
    images = [image.astype(np.float32) / np.float32(255) for image in (pair.first, pair.last)]
    return np.stack(
        [[blur(image, width * scale) if width else image for width in WIDTHS] for image in images]
    )


@dataclass(frozen=True, eq=False)
class Sums:
    """All that the fit needs of one clip, whose squared L2 distance is then error - 2 pull c + c gram c.

    Attributes:
        error: squared L2 distance of the cross-fade.
        pull: (P,) products of what each coefficient adds with what the cross-fade lacks.
        gram: (P, P) products of what they add with each other.
    """

    error: float
    pull: NDArray[np.float64]
    gram: NDArray[np.float64]

    def distance(self, flat: NDArray[np.float64]) -> float:
        """L2 distance with these (P,) coefficients."""
        squared = float(self.error - 2 * self.pull @ flat + flat @ self.gram @ flat)
        return sqrt(max(0.0, squared))


def clip_sums(clip: NDArray[np.uint8]) -> Sums:
    """Sums over a clip (T, H, W, 3) uint8 RGB: curves and images factor, so that frames need not be made."""
    pair, times = FramePair(clip[0], clip[-1]), frame_times(len(clip))
    faded = np.stack([cross_fade(pair.first, pair.last, t) for t in times])
    lack = (clip.astype(np.float64) - faded).reshape(len(clip), -1) / 255  # (T, HW3)
    images = _blurred_images(pair).astype(np.float64).reshape(2, len(WIDTHS), -1)
    curves, gates = _curves(times), _gates(pair)
    pull = np.einsum("ewp,Tp,ecT->wc", images, lack, curves, optimize=True)
    alike = np.einsum("ewp,fvp->ewfv", images, images, optimize=True)
    gram = np.einsum("ewfv,ecT,fdT->wcvd", alike, curves, curves, optimize=True)
    open_both = np.outer(gates, gates)
    return Sums(
        float(np.square(lack).sum()),
        np.multiply.outer(gates, pull).ravel(),
        np.einsum("gh,wcvd->gwchvd", open_both, gram).reshape(len(gates) * pull.size, -1),
    )


def fit_coefficients(sums: Sequence[Sums]) -> Coefficients:
    """The coefficients with the least mean L2 distance (not squared) to clips, plus a small ridge.

    By least squares over and over, each clip weighed by one over its distance (Weiszfeld 1937). Rounded, so that the
    order in which a processor adds numbers is of no effect.

    Args:
        sums: `clip_sums` of each clip, of one at least.
    """
    flat = np.zeros(len(sums[0].pull))
    pulls, grams = np.stack([each.pull for each in sums]), np.stack([each.gram for each in sums])
    for _ in range(ROUNDS):
        weights = 1 / np.maximum(LEAST, [each.distance(flat) for each in sums])
        ridge = RIDGE * weights.sum() * np.eye(len(flat))
        flat = np.linalg.solve(np.tensordot(weights, grams, 1) + ridge, weights @ pulls)
    return flat.reshape(SHAPE).round(4)
