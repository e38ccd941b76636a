"""What the eye sees in a clip's greys: structural similarity, and how much fine detail there is."""

from functools import lru_cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import InputError

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""Shares of red, green and blue in a grey (ITU-R BT.601), as in the authors' code of SSIM."""
WINDOW, SIGMA = 11, 1.5
STEADY = (0.01 * 255) ** 2, (0.03 * 255) ** 2
"""C1 and C2, which keep SSIM's quotients finite where both pictures are dark or flat."""
MID = 128.0
"""Greys are moments about this one: sums of squares of values near 255 would cost single precision its last digits."""


def luma(clip: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(T, H, W, 3) uint8 RGB to (T, H, W) float32 greys in 0..255, not rounded."""
    return clip.astype(np.float32) @ LUMA


def ssim(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Structural similarity of two grey clips, 1 where they are equal: the mean over all frames and places.

    Wang, Bovik, Sheikh and Simoncelli 2004, "Image quality assessment: from error visibility to structural
    similarity", section III: an 11x11 Gaussian window of sigma 1.5 where it lies inside the frame, K 0.01 and 0.03.
    The authors' shrinking of larger pictures before is left out: ours are 64 pixels wide.

    Args:
        a, b: (T, H, W) greys in 0..255 of one shape.

    Raises:
        InputError: the frames are smaller than the window.
    """
    if min(a.shape[1:]) < WINDOW:
        raise InputError(
            f"Frames of {a.shape[2]}x{a.shape[1]} are too small for SSIM's window.",
            f"Compare clips of {WINDOW} pixels or more a side.",
        )
    x, y = a - np.float32(MID), b - np.float32(MID)
    mean_x, mean_y, mean_xx, mean_yy, mean_xy = _local_means(np.stack([x, y, x * x, y * y, x * y]))
    covariance = mean_xy - mean_x * mean_y
    variances = (mean_xx - mean_x * mean_x) + (mean_yy - mean_y * mean_y)
    x, y = mean_x + np.float32(MID), mean_y + np.float32(MID)
    alike = (2 * x * y + STEADY[0]) * (2 * covariance + STEADY[1])
    return float((alike / ((x * x + y * y + STEADY[0]) * (variances + STEADY[1]))).mean(dtype=np.float64))


def _local_means(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of (..., H, W) under the window at each place where it fits, (..., H - 10, W - 10)."""
    height, width = values.shape[-2:]
    means = (
        _band(height) @ values @ _band(width).T
    )  # two products with a band matrix beat eleven shifted sums
    return cast("NDArray[np.float32]", means)


@lru_cache(maxsize=8)
def _band(length: int) -> NDArray[np.float32]:
    """(length - 10, length): each row holds the window's weights at one place."""
    away = np.arange(WINDOW) - WINDOW // 2
    weights = np.exp(-(away**2) / (2 * SIGMA**2))
    band = np.zeros((length - WINDOW + 1, length), np.float32)
    for place, row in enumerate(band):
        row[place : place + WINDOW] = weights / weights.sum()
    return band


def detail(greys: NDArray[np.float32]) -> float:
    """Energy of the Laplacian (4 neighbours), its mean square over the inside of all frames of (T, H, W) greys.

    One of the measures of focus of Subbarao and Tyan 1998, "Selecting the optimal focus measure for autofocusing and
    depth-from-focus".
    """
    around = greys[:, :-2, 1:-1] + greys[:, 2:, 1:-1] + greys[:, 1:-1, :-2] + greys[:, 1:-1, 2:]
    away = (4 * greys[:, 1:-1, 1:-1] - around).ravel()
    return float(away @ away) / away.size
