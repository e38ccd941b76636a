"""Figures that compare a generated clip with the real one."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import InputError


def l2_distance(generated: NDArray[np.uint8], real: NDArray[np.uint8]) -> float:
    """The poster's figure: sqrt of the sum of squared differences over all values, scaled to 0..1.

    Args:
        generated, real: two clips of one shape, (T, H, W, 3) uint8 RGB.

    Raises:
        InputError: the shapes differ.
    """
    if generated.shape != real.shape:
        raise InputError(
            f"A clip of shape {generated.shape} cannot be compared with one of shape {real.shape}."
        )
    total = 0.0  # summed frame by frame: a float copy of a long clip would be large
    for a, b in zip(generated, real, strict=True):
        total += float(np.square(a.astype(np.float32) - b).sum(dtype=np.float64))
    return sqrt(total) / 255
