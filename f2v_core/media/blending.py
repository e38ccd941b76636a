"""Mixing two frames: by one share for all pixels, or by a share for each."""

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from f2v_core.frames import Frame


def cross_fade(first: Frame, last: Frame, t: float) -> Frame:
    """The cross-fade first + t (last - first), rounded to the nearest value.

    Args:
        first, last: (H, W, 3) uint8 of the same shape.
        t: the last frame's share, 0..1.
    """
    import cv2  # noqa: PLC0415 - slow to import, and the window shows before it is needed

    return cast("Frame", cv2.addWeighted(first, 1.0 - t, last, t, 0.0))


def blend(one: Frame, other: Frame, share: NDArray[np.float32]) -> Frame:
    """Mix pixel by pixel, share * one + (1 - share) * other, rounded to the nearest value.

    Args:
        one, other: (H, W, 3) uint8 of the same shape.
        share: (H, W) float32 in 0..1.
    """
    import cv2  # noqa: PLC0415 - as above

    return cast("Frame", cv2.blendLinear(one, other, share, 1.0 - share))


def add_light(frame: Frame, light: NDArray[np.float32]) -> Frame:
    """Make each value brighter or darker, rounded to the nearest value and clipped.

    Args:
        frame: (H, W, 3) uint8.
        light: (H, W, 3) float32 in levels of 0..255, of either sign.
    """
    import cv2  # noqa: PLC0415 - as above

    return cast("Frame", cv2.add(frame, light, dtype=cv2.CV_8U))


def accumulate(
    total: Sequence[NDArray[np.float32]], planes: Iterable[NDArray[np.uint8]], share: NDArray[np.float32]
) -> None:
    """Add share * plane to each total, in place: (H, W) float32, with (H, W) uint8 planes."""
    import cv2  # noqa: PLC0415 - as above

    values = np.empty_like(share)  # one for all planes: it stays in the cache
    for sum_, plane in zip(total, planes, strict=True):
        np.copyto(values, plane)
        cv2.accumulateProduct(values, share, sum_)


def to_levels(planes: Sequence[NDArray[np.float32]], frame: Frame) -> None:
    """Write three planes (H, W) float32 into a frame (H, W, 3), rounded to the nearest value and clipped."""
    import cv2  # noqa: PLC0415 - as above

    levels = [cv2.add(plane, 0.0, dtype=cv2.CV_8U) for plane in planes]  # type: ignore[call-overload]
    cv2.merge(levels, frame)


def local_mean(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Average (H, W) float32 over a square of `side` pixels around each place."""
    import cv2  # noqa: PLC0415 - as above

    return cast("NDArray[np.float32]", cv2.blur(values, (side, side)))
