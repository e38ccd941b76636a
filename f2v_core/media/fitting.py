"""Bringing frames to a size: by area where they shrink, bicubic where they grow."""

from typing import Any, cast, get_args

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import Fit
from f2v_core.errors import InputError
from f2v_core.frames import Frame


def resize_frame(frame: Frame, size: tuple[int, int]) -> Frame:
    """Scale a frame: by area where it shrinks, bicubic where it grows, each axis for itself.

    Args:
        frame: (H, W, 3) uint8.
        size: (width, height) in pixels. The frame's own size gives back the same array.

    Raises:
        InputError: a side below 1 pixel.
    """
    import cv2  # noqa: PLC0415 - slow to import, and the window shows before it is needed

    return cast("Frame", _resize(frame, size, cv2.INTER_CUBIC))


def halve(frame: Frame, times: int) -> Frame:
    """Take the mean of each 2 x 2 pixels, `times` over: ten times as fast as any other scale.

    Args:
        frame: (H, W, 3) uint8. An odd last row or column is left out.
        times: so often that no side gets shorter than 1 pixel.
    """
    import cv2  # noqa: PLC0415 - as above

    for _ in range(times):
        height, width = frame.shape[0] // 2, frame.shape[1] // 2
        even = frame[: 2 * height, : 2 * width]
        frame = cast("Frame", cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA))
    return frame


def resize_array(values: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Scale a field of numbers: by area where it shrinks, bilinear (never beyond its values) where it grows.

    Args:
        values: (H, W) or (H, W, C) float32.
        size: (width, height) in pixels; pixel centres are aligned as in `resize_frame`.

    Raises:
        InputError: a side below 1 pixel.
    """
    import cv2  # noqa: PLC0415 - as above

    return cast("NDArray[np.float32]", _resize(values, size, cv2.INTER_LINEAR))


def resize_smooth(values: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Scale a field of numbers without visible edges of its places: by area where it shrinks, bicubic where it grows.

    Args:
        values: (H, W) or (H, W, C) float32.
        size: (width, height) in pixels; pixel centres are aligned as in `resize_frame`.

    Raises:
        InputError: a side below 1 pixel.
    """
    import cv2  # noqa: PLC0415 - as above

    return cast("NDArray[np.float32]", _resize(values, size, cv2.INTER_CUBIC))


def enlarge(values: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    """Make each place of (H, W) float32 a square of `step` pixels, by straight lines: (H * step, W * step)."""
    height, width = values.shape
    return resize_array(values, (width * step, height * step))


def padded(frame: Frame, size: tuple[int, int]) -> Frame:
    """Repeat the last column and row until a frame (H, W, 3) has a `size` of (width, height), at least its own.

    A frame of that size is given back as it is.
    """
    if size == (frame.shape[1], frame.shape[0]):
        return frame
    return np.pad(frame, ((0, size[1] - frame.shape[0]), (0, size[0] - frame.shape[1]), (0, 0)), "edge")


def _check_size(size: tuple[int, int]) -> None:
    if min(size) < 1:
        raise InputError(f"{size[0]}x{size[1]} pixels is no picture.", "Give 1 pixel or more for each side.")


def _resize(values: NDArray[Any], size: tuple[int, int], growing: int) -> NDArray[Any]:
    import cv2  # noqa: PLC0415 - as above

    _check_size(size)
    height, width = values.shape[:2]
    smaller = min(width, size[0]), min(height, size[1])
    if smaller != (width, height):
        values = cv2.resize(values, smaller, interpolation=cv2.INTER_AREA)
    if smaller != size:
        values = cv2.resize(values, size, interpolation=growing)
    return values


def fit_frame(frame: Frame, size: tuple[int, int], rule: Fit) -> Frame:
    """Bring a frame of any shape to `size`.

    Args:
        frame: (H, W, 3) uint8.
        size: (width, height) in pixels.
        rule: "fill" cuts off what is too much, centrally; "fit" adds black bars; "stretch" distorts.

    Raises:
        InputError: a side below 1 pixel, or another rule.
    """
    _check_size(size)
    if rule not in get_args(Fit):
        raise InputError(
            f"{rule!r} is no way to fit a picture.", f"Choose one of: {', '.join(get_args(Fit))}."
        )
    match rule:
        case "fill":
            return resize_frame(_cropped(frame, size), size)
        case "fit":
            return _barred(frame, size)
        case "stretch":
            return resize_frame(frame, size)


def _cropped(frame: Frame, size: tuple[int, int]) -> Frame:
    """The largest central part with the shape of `size`."""
    height, width = frame.shape[:2]
    keep_w = max(1, min(width, round(height * size[0] / size[1])))
    keep_h = max(1, min(height, round(width * size[1] / size[0])))
    left, top = (width - keep_w) // 2, (height - keep_h) // 2
    return np.ascontiguousarray(frame[top : top + keep_h, left : left + keep_w])


def _barred(frame: Frame, size: tuple[int, int]) -> Frame:
    height, width = frame.shape[:2]
    scale = min(size[0] / width, size[1] / height)
    inner = resize_frame(frame, (max(1, round(width * scale)), max(1, round(height * scale))))
    left, top = (size[0] - inner.shape[1]) // 2, (size[1] - inner.shape[0]) // 2
    whole = np.zeros((size[1], size[0], 3), np.uint8)
    whole[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return whole
