"""Clips as one picture: a row each, its frames from left to right; and such a picture as clips again."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import MediaError
from f2v_core.frames import Frame
from f2v_core.media.images import read_image


def join_filmstrips(clips: NDArray[np.uint8]) -> Frame:
    """(n, T, H, W, 3) uint8 to one picture of (n H, T W, 3)."""
    n, count, height, width, _ = clips.shape
    return clips.transpose(0, 2, 1, 3, 4).reshape(n * height, count * width, 3)


def split_filmstrips(picture: Frame, frames: int) -> NDArray[np.uint8]:
    """One picture of square frames, `frames` in a row, to (n, T, H, W, 3) uint8.

    Raises:
        MediaError: the picture does not divide so.
    """
    height, width = picture.shape[:2]
    side = width // frames
    if not side or width % frames or height % side:
        raise MediaError(f"A picture of {width}x{height} is no strip of {frames} frames a row.")
    return picture.reshape(height // side, side, frames, side, 3).transpose(0, 2, 1, 3, 4)


def read_filmstrips(path: Path, frames: int) -> NDArray[np.uint8]:
    """The clips of a file that holds strips, (n, T, H, W, 3) uint8 RGB.

    Raises:
        MediaError: the file cannot be read, or holds none.
    """
    return split_filmstrips(read_image(path), frames)
