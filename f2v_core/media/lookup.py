"""Bytes to other values by a table."""

import cv2
import numpy as np
from numpy.typing import NDArray


def look_up(values: NDArray[np.uint8], table: NDArray[np.float32], out: NDArray[np.float32]) -> None:
    """Write table[value] for each value, (H, W) uint8 and (256,), into `out`, (H, W) and contiguous."""
    cv2.LUT(values, table, dst=out)
