"""A clip as one PNG: its frames one below the other, every value kept."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import MediaError

LEVEL = 1
"""zlib's effort: higher ones save 2 to 4 % of the bytes and cost a third more time."""


def encode_strip(clip: NDArray[np.uint8]) -> bytes:
    """(T, H, W, 3) uint8 RGB as a PNG of T x H rows, losslessly; the same clip gives the same bytes."""
    frames, height, width, _ = clip.shape
    strip = clip.reshape(frames * height, width, 3)[..., ::-1]
    done, data = cv2.imencode(".png", strip, [cv2.IMWRITE_PNG_COMPRESSION, LEVEL])
    if not done:
        raise MediaError(f"A clip of shape {clip.shape} cannot be written as one PNG.", "Make it shorter.")
    return data.tobytes()


def decode_strip(data: bytes, frames: int) -> NDArray[np.uint8]:
    """What `encode_strip` was given, (T, H, W, 3) uint8 RGB, of `frames` frames.

    Raises:
        MediaError: the bytes are no such PNG.
    """
    strip = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if strip is None or strip.shape[0] % frames:
        raise MediaError(f"{len(data)} bytes are no strip of {frames} frames.", "Prepare the dataset again.")
    rgb = cast("NDArray[np.uint8]", cv2.cvtColor(strip, cv2.COLOR_BGR2RGB))
    return rgb.reshape(frames, -1, *rgb.shape[1:])
