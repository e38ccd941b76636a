"""Mixing two frames: by one share for all pixels, or by a share for each."""

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


def local_mean(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Average (H, W) float32 over a square of `side` pixels around each place."""
    import cv2  # noqa: PLC0415 - as above

    return cast("NDArray[np.float32]", cv2.blur(values, (side, side)))
