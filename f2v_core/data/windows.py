"""Windows of footage: random ones for training, fixed ones for validation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.augment import Look, random_look
from f2v_core.data.folder import Footage
from f2v_core.errors import DataError
from f2v_core.media.fitting import resize_frame

GAP_S = (0.5, 3.6)
"""Seconds between the first and the last frame of an augmented window of 3 seconds: a random gap in this range."""
LONGEST_S = 60.0
"""A video counts as this long at most when one is drawn, so that one film does not own the training."""


@dataclass(frozen=True)
class Window:
    """Where a clip lies: the footage, its frames' numbers, and the square that is cut out.

    Attributes:
        indices: (T,) frame numbers, evenly spaced in time.
        corner: (x, y) of the square in pixels.
        side: the square's side in pixels.
    """

    footage: Footage
    indices: NDArray[np.int64]
    corner: tuple[int, int]
    side: int

    def read(self, size: int) -> NDArray[np.uint8]:
        """The clip, (T, size, size, 3) uint8 RGB."""
        (x, y), side = self.corner, self.side
        square = self.footage.frames[self.indices, y : y + side, x : x + side]
        return np.stack([resize_frame(frame, (size, size)) for frame in square])


class Sampler:
    """Random windows of footage: batch k depends on the seed and k alone, so a run resumes exactly.

    Raises:
        DataError: no footage holds a window of the shortest gap within one shot.
    """

    def __init__(
        self, footage: list[Footage], *, size: int, frames: int, seconds: float, seed: int, augment: bool
    ) -> None:
        self._footage = [each for each in footage if each.longest_shot_s >= GAP_S[0]]
        if not self._footage:
            raise DataError("No video has half a second without a cut.", "Add longer videos.")
        weights = np.array([min(each.longest_shot_s, LONGEST_S) for each in self._footage])
        self._weights = weights / weights.sum()
        self._size, self._frames, self._seconds = size, frames, seconds
        self._seed, self._augment = seed, augment

    def batch(self, number: int, clips: int) -> NDArray[np.uint8]:
        """Batch `number`, (clips, T, size, size, 3) uint8 RGB."""
        rng = np.random.default_rng([self._seed, number])
        return np.stack([self._clip(rng) for _ in range(clips)])

    def _clip(self, rng: np.random.Generator) -> NDArray[np.uint8]:
        footage = self._footage[rng.choice(len(self._footage), p=self._weights)]
        look = random_look(rng) if self._augment else Look()
        gap = rng.uniform(*GAP_S) * (self._seconds / 3.0) if self._augment else self._seconds
        indices = _random_indices(footage, gap, self._frames, rng)
        height, width = footage.frames.shape[1:3]
        side = max(1, round(min(height, width) * look.scale))
        x, y = round((width - side) * look.place[0]), round((height - side) * look.place[1])
        return look.apply(Window(footage, indices, (x, y), side).read(self._size))


def fixed_windows(footage: list[Footage], frames: int, seconds: float, count: int) -> list[Window]:
    """About `count` central windows of `seconds` (or the longest shot, if shorter), spread over all footage."""
    per_video = -(-count // len(footage))
    windows: list[Window] = []
    for each in footage:
        gap = min(seconds, each.longest_shot_s)
        starts = _starts(each, gap)
        chosen = starts[np.linspace(0, len(starts) - 1, min(per_video, len(starts))).round().astype(int)]
        windows += [_central(each, _indices(each, start, gap, frames)) for start in chosen]
    keep = np.linspace(0, len(windows) - 1, min(count, len(windows))).round().astype(int)
    return [windows[i] for i in keep]


def _central(footage: Footage, indices: NDArray[np.int64]) -> Window:
    height, width = footage.frames.shape[1:3]
    side = min(height, width)
    return Window(footage, indices, ((width - side) // 2, (height - side) // 2), side)


def _random_indices(footage: Footage, gap: float, frames: int, rng: np.random.Generator) -> NDArray[np.int64]:
    gap = min(gap, footage.longest_shot_s)
    starts = _starts(footage, gap)
    return _indices(footage, int(rng.choice(starts)), gap, frames)


def _starts(footage: Footage, gap: float) -> NDArray[np.int64]:
    """The frames from which `gap` seconds lie within one shot."""
    ends = np.searchsorted(footage.times, footage.times + gap - 1e-6)
    inside = ends < len(footage.times)
    same = footage.shots[np.minimum(ends, len(ends) - 1)] == footage.shots
    return np.flatnonzero(inside & same)


def _indices(footage: Footage, start: int, gap: float, frames: int) -> NDArray[np.int64]:
    """Frame numbers nearest to `frames` evenly spaced times."""
    times = footage.times[start] + np.linspace(0, gap, frames)
    right = np.searchsorted(footage.times, times).clip(1, len(footage.times) - 1)
    left = right - 1
    later = times - footage.times[left] > footage.times[right] - times
    nearest: NDArray[np.int64] = left + later
    return nearest
