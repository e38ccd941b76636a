"""Filters that are known by what they do to frequencies."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray


def filter_frequencies(values: NDArray[np.float32], factors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Multiply the Fourier transform of a periodic field.

    Args:
        values: (H, W) float32.
        factors: (H, W, 2) float32: real factors, once for each part of the spectrum's complex numbers; the same for a
            frequency and its opposite; in the order of `numpy.fft.fftfreq`.

    Returns:
        (H, W) float32.
    """
    spectrum = cv2.dft(values, flags=cv2.DFT_COMPLEX_OUTPUT)
    flags = cv2.DFT_INVERSE | cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT
    return cast("NDArray[np.float32]", cv2.dft(cv2.multiply(spectrum, factors), flags=flags))
