"""Dense optical flow between two frames, and warping along it."""

from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from f2v_core.frames import Frame
from f2v_core.media.fitting import resize_array, resize_frame

LARGEST_SIDE = 512
"""Flow is computed with a short side of at most this many pixels, and scaled up for larger frames."""
SMALLEST_SIDE = 16
"""DIS refuses pictures smaller than its patches; these are computed enlarged."""

Picture = TypeVar("Picture", NDArray[np.uint8], NDArray[np.float32])


def dense_flow(first: Frame, last: Frame) -> NDArray[np.float32]:
    """(H, W, 2) float32: where each pixel of `first` lies in `last`, as (x, y) offsets in pixels.

    Dense inverse search, Kroeger et al. 2016, "Fast optical flow using dense inverse search", OpenCV's "medium".

    Args:
        first, last: (H, W, 3) uint8 RGB of one shape.
    """
    import cv2  # noqa: PLC0415 - slow to import, and the window shows before it is needed

    height, width = first.shape[:2]
    scale = min(1.0, LARGEST_SIDE / min(height, width))
    small = max(SMALLEST_SIDE, round(width * scale)), max(SMALLEST_SIDE, round(height * scale))
    grey = [cv2.cvtColor(resize_frame(frame, small), cv2.COLOR_RGB2GRAY) for frame in (first, last)]
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(*grey, None)  # type: ignore[call-overload]
    back = np.array([width / small[0], height / small[1]], np.float32)
    return resize_array(flow * back, (width, height))


def warp(picture: Picture, flow: NDArray[np.float32]) -> Picture:
    """Backward warping: output(x, y) = picture(x + flow_x, y + flow_y), bilinear, the border repeated.

    Args:
        picture: (H, W) or (H, W, C), uint8 or float32.
        flow: (H, W, 2) float32 offsets (x, y) in pixels.
    """
    import cv2  # noqa: PLC0415 - as above

    rows, columns = np.indices(flow.shape[:2], dtype=np.float32, sparse=True)
    warped = cv2.remap(
        picture, flow[..., 0] + columns, flow[..., 1] + rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return cast("Picture", warped)
