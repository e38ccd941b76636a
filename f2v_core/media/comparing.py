"""How far apart two pictures, or two clips, are: exact sums, at the speed of memory."""

import numpy as np
from numpy.typing import NDArray


def sum_of_changes(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> int:
    """The sum of |a - b| over all values of two uint8 arrays of one shape."""
    import cv2  # noqa: PLC0415 - slow to import, and the window shows before it is needed

    return round(cv2.norm(_rows(a), _rows(b), cv2.NORM_L1))


def sum_of_squares(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> int:
    """The sum of (a - b)^2 over all values of two uint8 arrays of one shape."""
    import cv2  # noqa: PLC0415 - as above

    return round(cv2.norm(_rows(a), _rows(b), cv2.NORM_L2SQR))


def _rows(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What OpenCV takes for a picture of one channel: two axes, and none of them longer than it can count."""
    return values.reshape(values.shape[0], -1)
