"""A folder of videos, decoded once into memory at training size."""

import logging
import random
from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import DataError, MediaError
from f2v_core.media.videos import read_frames
from f2v_core.messages import Notice, StageProgress

log = logging.getLogger(__name__)

ENDINGS = frozenset(
    ".264 .3gp .avi .flv .gif .h264 .m2ts .m4v .mjpeg .mkv .mov .mp4 .mpeg .mpg .mts .ogv .ts .webm .wmv".split()
)
MAX_FPS = 30.0
"""Frames closer together than this are skipped: training resamples to 10 fps anyway."""
MIN_FRAMES = 12
"""Videos with fewer frames teach nothing about motion."""
TICK = 100
"""Frames of one video between two reports of progress."""


@dataclass(frozen=True, eq=False)
class Footage:
    """One video at training size.

    Attributes:
        path: the file.
        frames: (N, h, w, 3) uint8 RGB.
        times: (N,) seconds from the first frame, rising.
        shots: (N,) the number of the shot each frame lies in, from 0: a cut starts a new one.
    """

    path: Path
    frames: NDArray[np.uint8]
    times: NDArray[np.float64]
    shots: NDArray[np.int64]

    @property
    def seconds(self) -> float:
        """From the first to the last frame."""
        return float(self.times[-1])

    @cached_property
    def longest_shot_s(self) -> float:
        """Seconds of the longest stretch without a cut."""
        bounds = np.flatnonzero(np.diff(self.shots, prepend=-1, append=self.shots[-1] + 1))
        return max(float(self.times[end - 1] - self.times[start]) for start, end in pairwise(bounds))


def find_videos(folder: Path) -> list[Path]:
    """All video files below `folder`, by path.

    Raises:
        DataError: no such folder, or no video in it.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder.", "Choose the folder that holds your training videos.")
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS and not p.name.startswith("."))
    if not found:
        raise DataError(f"{folder} holds no video.", f"Known endings are {' '.join(sorted(ENDINGS))}.")
    return found


def split_videos(videos: list[Path], seed: int) -> tuple[list[Path], list[Path]]:
    """A tenth of the videos, at least one, for validation; by seed, whole videos only.

    Raises:
        DataError: fewer than two videos.
    """
    if len(videos) < 2:
        raise DataError(
            f"{videos[0].parent} holds one video only.", "Add a second one, or name a validation folder."
        )
    held_out = set(random.Random(seed).sample(videos, max(1, len(videos) // 10)))
    return [v for v in videos if v not in held_out], [v for v in videos if v in held_out]


class Stage:
    """How far the reading of a folder is.

    Attributes:
        done: videos read or skipped so far.
    """

    def __init__(self, name: str, total: int) -> None:
        self.done = 0
        self._name, self._total, self._start = name, total, perf_counter()

    def progress(self) -> StageProgress:
        """The event that says so."""
        elapsed = perf_counter() - self._start
        left = elapsed / max(1, self.done) * (self._total - self.done)
        return StageProgress(self._name, self.done, self._total, self.done / elapsed, left)


def read_footage(
    videos: list[Path], short_side: int, memory_gb: float, seed: int, stage: str
) -> Generator[StageProgress | Notice, None, list[Footage]]:
    """Decode videos at `short_side` pixels, in a seeded order, until they fill `memory_gb` (1e9 bytes each).

    Yields progress, and a notice for each file that is skipped with its reason; returns what was read.

    Raises:
        DataError: not one video could be used.
    """
    order = random.Random(seed).sample(videos, len(videos))
    footage: list[Footage] = []
    state, room = Stage(stage, len(order)), memory_gb * 1e9
    for path in order:
        if room <= 0:
            yield Notice(
                f"Used {state.done} of {len(videos)} videos: they fill the {memory_gb:g} GB allowed for them."
            )
            break
        try:
            footage.append((yield from read_one(path, short_side, int(room), state)))
            room -= footage[-1].frames.nbytes
        except (DataError, MediaError) as error:
            yield Notice(f"Skipped: {error}")
        state.done += 1
        yield state.progress()
    if not footage:
        raise DataError(f"None of the {len(videos)} videos could be used.", "See the reasons in the log.")
    return sorted(footage, key=lambda each: each.path)


def read_one(
    path: Path, short_side: int, room_bytes: int, stage: Stage
) -> Generator[StageProgress, None, Footage]:
    """Decode one video at up to 30 frames a second, its first frames if all do not fit `room_bytes`.

    Yields the progress of the stage every `TICK` frames, so that a long film can be cancelled.

    Raises:
        MediaError: not a readable video. DataError: fewer than 12 frames.
    """
    frames, times = np.empty((0, 0, 0, 3), np.uint8), list[float]()
    try:
        for time, frame in read_frames(path, short_side):
            if times and time - times[-1] < 0.9 / MAX_FPS:
                continue
            full = times and (len(times) + 1) * frame.nbytes > max(room_bytes, MIN_FRAMES * frame.nbytes)
            if full or (times and frame.shape != frames.shape[1:]):  # some films change their size midway
                break
            _put(frames, len(times), frame)
            times.append(time)
            if len(times) % TICK == 0:
                yield stage.progress()
    except MediaError as error:
        if len(times) < MIN_FRAMES:
            raise
        log.warning("%s: used the %d frames before the damage: %s", path, len(times), error)
    if len(times) < MIN_FRAMES:
        raise DataError(f"{path} has {len(times)} frames.", f"At least {MIN_FRAMES} are needed.")
    frames.resize((len(times), *frames.shape[1:]), refcheck=False)
    return Footage(path, frames, np.asarray(times), number_shots(frames))


def _put(frames: NDArray[np.uint8], index: int, frame: NDArray[np.uint8]) -> None:
    """Write a frame; the array grows in place by a quarter: a list and its copy would hold a film twice."""
    if index == len(frames):
        frames.resize((index + index // 4 + 64, *frame.shape), refcheck=False)
    frames[index] = frame


def number_shots(frames: NDArray[np.uint8]) -> NDArray[np.int64]:
    """(N, h, w, 3) to (N,) shot numbers: a cut is a jump far above the changes around it.

    A change is the mean absolute difference of tiny grey pictures; a cut changes more than 25 of 255 levels and
    four times the median of the ten changes around it.
    """
    step = max(1, frames.shape[1] // 16)
    tiny = frames[:, ::step, ::step].mean(axis=3, dtype=np.float32)
    change = np.abs(np.diff(tiny, axis=0)).mean(axis=(1, 2))  # (N - 1,)
    padded = np.pad(change, 5, mode="reflect") if len(change) > 5 else np.pad(change, 5, mode="edge")
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, 11), axis=1)
    cuts = (change > 25) & (change > 4 * around)
    return np.concatenate([[0], np.cumsum(cuts)])
