"""How far apart two pictures, or two clips, are: exact sums and pictures of it, at the speed of memory."""

from typing import cast

import numpy as np
from numpy.typing import NDArray

from f2v_core.frames import Frame


def sum_of_changes(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> int:
    """The sum of |a - b| over all values of two uint8 arrays of one shape."""
    import cv2  # noqa: PLC0415 - slow to import, and the window shows before it is needed

    return round(cv2.norm(_rows(a), _rows(b), cv2.NORM_L1))


def sum_of_squares(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> int:
    """The sum of (a - b)^2 over all values of two uint8 arrays of one shape."""
    import cv2  # noqa: PLC0415 - as above

    return round(cv2.norm(_rows(a), _rows(b), cv2.NORM_L2SQR))


def difference_frame(a: Frame, b: Frame, gain: int) -> Frame:
    """min(255, gain |a - b|) of two (H, W, 3) uint8 RGB frames of one shape: black where they are equal."""
    import cv2  # noqa: PLC0415 - as above

    apart = cv2.absdiff(a, b)
    return cast("Frame", cv2.convertScaleAbs(apart, alpha=gain) if gain != 1 else apart)


def _rows(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What OpenCV takes for a picture of one channel: two axes, and none of them longer than it can count."""
    return values.reshape(values.shape[0], -1)
