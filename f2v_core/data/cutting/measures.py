"""What is measured on a clip, and the flags that tell windows which teach nothing about motion."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import PrepareConfig
from f2v_core.errors import InputError
from f2v_core.media.blending import cross_fade
from f2v_core.media.comparing import sum_of_changes, sum_of_squares
from f2v_core.media.fitting import resize_frame

KEEPABLE = ("static", "frozen", "letterboxed")
"""Flags that keep a window out of a dataset unless the settings name them."""
BLOCKS = 8
"""Rows and columns of the grid of mean colours in which movement is looked for: large enough to average noise away."""
STILL = 5
"""Where no block's colour varies by more levels of 0..255 over a clip, nothing moves in it."""
COPY = 1
"""Where no block's colour differs by more levels of 0..255, a frame is a copy of the other, but for compression."""
FROZEN_SHARE = 0.2
"""A clip is frozen when at least this share of it, at its end, is copies of one frame."""
BLACK = 24
"""No brighter than this are black bars, in levels of 0..255, compression's ringing included."""
LIT = 36
"""Brighter than this, at some time, is most of the edge of a picture beside a bar: night scenes fade out."""
BAR_SHARE = 0.03
"""Bars take at least this share of a side, each."""


def check_keep(config: PrepareConfig) -> frozenset[str]:
    """The flags that `config.keep` names.

    Raises:
        InputError: a word that is no such flag.
    """
    words = frozenset(word.strip() for word in config.keep.split(",") if word.strip())
    unknown = sorted(words - {*KEEPABLE})
    if unknown:
        raise InputError(
            f"There are no windows flagged {', '.join(unknown)} to keep.",
            f"Choose some of: {', '.join(KEEPABLE)}.",
        )
    return words


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
    return sqrt(sum_of_squares(generated, real)) / 255


def linear_l2(clip: NDArray[np.uint8]) -> float:
    """L2 distance of linear interpolation to a clip (T, H, W, 3), T >= 2, in the frames that `linear` makes of it.

    Place i/(T-1), values rounded as in a cross-fade: what `f2v compare` and the tables print for the same clip.
    """
    last = len(clip) - 1
    faded = [cross_fade(clip[0], clip[-1], i / last) for i in range(len(clip))]
    return l2_distance(np.stack(faded), clip)


def motion(clip: NDArray[np.uint8], fps: float) -> float:
    """Mean absolute change of a value (0..1) a second, over all values of a clip (T, H, W, 3), T >= 2."""
    return sum_of_changes(clip[:-1], clip[1:]) / clip[1:].size / 255 * fps


def find_flags(clip: NDArray[np.uint8]) -> tuple[str, ...]:
    """Which of `KEEPABLE` hold for a clip (T, H, W, 3) uint8 RGB.

    static: nothing moves; frozen: its last fifth or more is copies of one frame, after something moved;
    letterboxed: black bars at two opposite borders in all frames.
    """
    blocks = np.stack([resize_frame(frame, (BLOCKS, BLOCKS)) for frame in clip]).astype(np.int16)
    found = (is_static(blocks), is_frozen(blocks), is_letterboxed(clip))
    return tuple(flag for flag, holds in zip(KEEPABLE, found, strict=True) if holds)


def is_static(blocks: NDArray[np.int16]) -> bool:
    """Whether nothing moves, from a clip's (T, BLOCKS, BLOCKS, 3) mean colours."""
    return int(np.ptp(blocks, axis=0).max()) <= STILL


def is_frozen(blocks: NDArray[np.int16]) -> bool:
    """Whether the clip ends in copies of one frame after something moved, from its mean colours as above."""
    away = np.abs(blocks - blocks[-1]).max(axis=(1, 2, 3))  # (T,), the last is 0
    moving = np.flatnonzero(away > COPY)
    tail = len(blocks) - (moving[-1] + 1 if len(moving) else 0)
    return tail >= FROZEN_SHARE * len(blocks) and not is_static(blocks)


def is_letterboxed(clip: NDArray[np.uint8]) -> bool:
    """Whether there are black bars above and below, or left and right, in all frames of a clip (T, H, W, 3)."""
    brightest: NDArray[np.uint8] = clip.max(axis=0).max(
        axis=2
    )  # (H, W); both axes at once take ten times as long
    return _has_bars(brightest) or _has_bars(brightest.T)


def _has_bars(brightest: NDArray[np.uint8]) -> bool:
    """Whether the first and last rows stay black and end at a sharp edge along most of their length."""
    dark: NDArray[np.bool_] = brightest.max(axis=1) <= BLACK
    if dark.all():
        return False
    ends = int(np.argmin(dark)), int(np.argmin(dark[::-1]))
    if min(ends) < max(1, round(BAR_SHARE * len(dark))):
        return False
    return all(_ends_sharply(side, end) for side, end in zip((brightest, brightest[::-1]), ends, strict=True))


def _ends_sharply(brightest: NDArray[np.uint8], end: int) -> bool:
    """The second row of the picture: the first one may be half bar."""
    return bool((brightest[min(end + 1, len(brightest) - 1)] > LIT).mean() > 0.5)
