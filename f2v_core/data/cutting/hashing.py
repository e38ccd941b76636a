"""Perceptual hashes: 64 bits that stay nearly the same when a frame is scaled, re-encoded or brightened.

The signs of the lowest frequencies of the frame's grey values (Zauner 2010, "Implementation and Benchmarking of
Perceptual Image Hash Functions", section 3.2.1; signs instead of a comparison with their median, so that a mirrored
frame's hash follows from the frame's own).
"""

import numpy as np
from numpy.typing import NDArray

from f2v_core.frames import Frame
from f2v_core.media.fitting import resize_frame

SIDE = 32
"""Frames are scaled to so many rows and columns first."""
FRAMES = 12
"""Frames of a clip that are hashed, spread evenly over it: one every 0.25 s, so that a copy which begins elsewhere has
each of its frames within 0.125 s of one of these."""
FLAT = 6.0
"""Frames whose grey values deviate less than this from their mean (root mean square, of 255) have no hash."""
GREY = np.array([0.299, 0.587, 0.114])
"""Weights of red, green and blue in grey, as in BT.601."""
PLACES = [(row, column) for row in range(8) for column in range(8) if row + column] + [(0, 8)]
"""Frequencies (down, across) of the bits, the highest bit first: an 8x8 corner whose mean value is replaced."""


def _cosines() -> NDArray[np.float64]:
    """(9, SIDE): the DCT-II's lowest frequencies."""
    frequency, place = np.mgrid[0:9, 0:SIDE]
    cosines: NDArray[np.float64] = np.cos(np.pi * frequency * (place + 0.5) / SIDE)
    return cosines


COSINES = _cosines()
ROWS, COLUMNS = np.array(PLACES).T
MIRRORED = sum(1 << 63 - bit for bit, (_, column) in enumerate(PLACES) if column % 2)
"""The bits that change when a frame is mirrored: left and right swap the signs of odd frequencies."""


NOISE = 1e-6
"""A wave that should be 0 is rounding noise below this, of either sign, on one kind of processor or another."""


def hash_frame(frame: Frame) -> int | None:
    """The hash of a frame (H, W, 3) uint8 RGB, 0..2^64-1; None where it is too flat to be told from others.

    It is that of the middle square, which clips have in common however they are cropped.
    """
    return _hash_all([frame])[0]


def hash_clip(clip: NDArray[np.uint8]) -> tuple[int, ...]:
    """The hashes of frames spread over a clip (T, H, W, 3) uint8 RGB; flat ones are left out."""
    chosen = ((np.arange(FRAMES) + 0.5) * len(clip) / FRAMES).astype(int)
    return tuple(each for each in _hash_all([clip[index] for index in chosen]) if each is not None)


def _hash_all(frames: list[Frame]) -> list[int | None]:
    grey = (
        np.stack([resize_frame(_square(frame), (SIDE, SIDE)) for frame in frames]) @ GREY
    )  # (N, SIDE, SIDE)
    waves = COSINES @ grey @ COSINES.T  # (N, 9, 9)
    bits = np.packbits(waves[:, ROWS, COLUMNS] > NOISE, axis=1)  # (N, 8)
    hashes = [int.from_bytes(each.tobytes(), "big") for each in bits]
    flat = grey.std(axis=(1, 2)) < FLAT
    return [None if dull else value for value, dull in zip(hashes, flat, strict=True)]


def _square(frame: Frame) -> Frame:
    height, width = frame.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return frame[top : top + side, left : left + side]


def mirror_hash(value: int) -> int:
    """The hash that the frame would have with left and right swapped."""
    return value ^ MIRRORED


def hash_distance(a: int, b: int) -> int:
    """How many of their 64 bits differ: around 32 for unrelated frames."""
    return (a ^ b).bit_count()
