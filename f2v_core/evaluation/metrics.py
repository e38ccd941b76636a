"""Figures that compare a generated clip with the real one.

Three of them are quotients of something in the generated clip and the same in the real clip, or in linear
interpolation's. Where the divisor vanishes (a scene that stands still, a flat wall) the quotient would be infinite, and
where it nearly does, it would be noise that outweighs all other clips in a mean. So all three are written as

    1 + (made - reference) / max(reference, floor)

which is made / reference where the reference is above its floor, exactly 1 where both are equal, finite everywhere, and
without a jump between. The floor is what rounding to whole levels alone would make of the quantity: rounding is off by
1/12 of a squared level in the mean.
"""

from collections.abc import Sequence
from math import log10, sqrt

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.cutting.measures import (
    l2_distance,  # there, because each clip of a dataset is measured with it
)
from f2v_core.errors import InputError
from f2v_core.evaluation.records import ClipFigures
from f2v_core.evaluation.structure import LUMA, detail, luma, ssim
from f2v_core.media.comparing import sum_of_changes, sum_of_squares

__all__ = ["l2_distance", "measure_clip", "ratio_to_linear"]

ROUNDING = 1 / 12
"""Mean square of what rounding to whole levels leaves out, in squared levels of 0..255."""
CHANGE_FLOOR = 1 / 3
"""Mean absolute change between two frames that differ by nothing but their rounding, in levels."""
DETAIL_FLOOR = ROUNDING * float(LUMA @ LUMA) * (4**2 + 4)
"""Energy of the Laplacian of rounding alone: its weights are 4 and four times -1."""
BEST_PSNR = 10 * log10(255**2 / ROUNDING)
"""58.9 dB: a clip no further from the real one than rounding gets no more, and an exact one no infinite figure."""

Draw = NDArray[np.uint8]
"""A clip (T, H, W, 3) uint8 RGB."""


def measure_clip(
    key: str,
    source: str,
    category: str,
    *,
    real: Draw,
    linear_l2: float,
    made: Draw,
    at_mean: Draw | None = None,
    draws: Sequence[Draw] = (),
) -> ClipFigures:
    """Measure one clip that a method made; 30 frames of 64x64 take about 8 ms, and 2 more for each draw.

    Args:
        key, source, category: the clip's, see `data.records.ClipRecord`.
        real: (T, H, W, 3) uint8 RGB, T >= 3, frames of 11 pixels or more a side.
        linear_l2: L2 distance to it of linear interpolation, i/(T-1).
        made: the method's primary draw, of the same shape.
        at_mean, draws: the same at the latent's mean, and D draws ((D, T, H, W, 3) will do); none for methods without
            a latent.

    Raises:
        InputError: the shapes differ, or are smaller than said.
    """
    l2 = l2_distance(made, real)
    if len(real) < 3:
        raise InputError(f"The clip {key} has {len(real)} frames.", "Compare clips of 3 frames or more.")
    curve = error_curve(made, real)
    greys, real_greys = luma(made), luma(real)
    return ClipFigures(
        key=key,
        source=source,
        category=category,
        l2=l2,
        ratio=ratio_to_linear(l2, linear_l2, real.size),
        psnr=psnr(made[1:-1], real[1:-1]),
        ssim=ssim(greys[1:-1], real_greys[1:-1]),
        sharpness=sharpness(greys, real_greys),
        temporal=temporal(made, real),
        endpoint=max(curve[0], curve[-1]),
        curve=curve,
        mean_l2=0.0 if at_mean is None else l2_distance(at_mean, real),
        draws=tuple(l2_distance(draw, real) for draw in draws),
        draws_mean=l2_of_mean(draws, real) if len(draws) else 0.0,
        diversity=diversity(draws) if len(draws) else 0.0,
    )


def ratio_to_linear(l2: float, linear_l2: float, values: int) -> float:
    """A clip's L2 distance over that of linear interpolation, for clips of so many values (T*H*W*3).

    Below what rounding costs such a clip (0.69 for 30x64x64x3) linear interpolation counts as exact, and the
    excess over it is weighed against that cost: 1 where the method is exact too, above it otherwise, see above.
    """
    return _relative(l2, linear_l2, sqrt(values * ROUNDING) / 255)


def psnr(made: Draw, real: Draw) -> float:
    """Peak signal-to-noise ratio in dB, of the mean square error over all values; at most `BEST_PSNR`."""
    error = sum_of_squares(made, real) / real.size
    return 10 * log10(255**2 / max(error, ROUNDING))


def sharpness(made: NDArray[np.float32], real: NDArray[np.float32]) -> float:
    """Energy of the Laplacian over the real clip's, of (T, H, W) greys, in the inner two thirds of the frames.

    Frames 5 to 24 of 30: near the ends every method can copy its detail from the two frames it was given.
    """
    skipped = max(1, round(len(real) / 6))
    inner = slice(skipped, len(real) - skipped)
    return _relative(detail(made[inner]), detail(real[inner]), DETAIL_FLOOR)


def temporal(made: Draw, real: Draw) -> float:
    """Mean absolute change from frame to frame over the real clip's: below 1 is too still, above 1 flickers."""
    return _relative(_change(made), _change(real), CHANGE_FLOOR)


def error_curve(made: Draw, real: Draw) -> tuple[float, ...]:
    """(T,) root mean square error of each frame, in 0..1."""
    sums = [sum_of_squares(one, other) for one, other in zip(made, real, strict=True)]
    return tuple(sqrt(each / real[0].size) / 255 for each in sums)


def l2_of_mean(draws: Sequence[Draw], real: Draw) -> float:
    """L2 distance of the mean of D draws, which is not rounded to levels again."""
    away = (_mean(draws) - real).ravel()
    return sqrt(float(away @ away)) / 255


def diversity(draws: Sequence[Draw]) -> float:
    """Root mean square difference, in 0..1, between two different ones of D draws; 0 where there is only one.

    Over all pairs it is twice the draws' variance about their mean, so D differences do for D (D - 1) / 2 pairs.
    """
    if len(draws) < 2:
        return 0.0
    mean, total = _mean(draws), 0.0
    for draw in draws:
        away = (draw - mean).ravel()
        total += float(away @ away)
    return sqrt(2 * total / (len(draws) - 1) / mean.size) / 255


def _mean(draws: Sequence[Draw]) -> NDArray[np.float32]:
    """(T, H, W, 3) float32 in 0..255."""
    total = np.zeros(draws[0].shape, np.uint32)
    for draw in draws:
        total += draw
    return (total / len(draws)).astype(np.float32)


def _change(clip: Draw) -> float:
    """Mean absolute change of a value from frame to frame, in levels of 0..255."""
    return sum_of_changes(clip[:-1], clip[1:]) / clip[1:].size


def _relative(made: float, reference: float, floor: float) -> float:
    """The quotient made / reference with a floor, see the module's docstring."""
    return 1 + (made - reference) / max(reference, floor)
