"""What the window is told while a folder is scanned: how far it is, and how long and large some videos are."""

from collections.abc import Iterator
from math import inf
from pathlib import Path
from time import monotonic

from f2v_core.errors import MediaError
from f2v_core.media.videos import probe_video
from f2v_core.messages import StageProgress

SAMPLE = 200
"""Videos opened to say how long and how large they are."""
TICK_S = 0.2
"""Seconds between two events of progress, at least."""


def progress(stage: str, counts: Iterator[int], total: int = 0) -> Iterator[StageProgress]:
    """Turn running counts into events, at most five a second but for the last."""
    start = said = monotonic()
    count = 0
    for count in counts:
        now = monotonic()
        if now - said >= TICK_S:
            said = now
            yield _event(stage, count, total, now - start)
    yield _event(stage, count, total, monotonic() - start)


def _event(stage: str, count: int, total: int, elapsed: float) -> StageProgress:
    rate = count / elapsed if elapsed > 0 else 0.0
    return StageProgress(stage, count, total, rate, (total - count) / rate if total and rate else inf)


class Sample:
    """Lengths and sizes of some videos.

    Attributes:
        paths: the videos, below the root.
        seconds, sizes: length and (width, height) of each that can be read.
        unreadable: path and reason of each other one.
    """

    def __init__(self, root: Path, paths: list[str]) -> None:
        self.paths = paths
        self.seconds: list[float] = []
        self.sizes: list[tuple[int, int]] = []
        self.unreadable: list[tuple[str, str]] = []
        self._root = root

    def read(self) -> Iterator[int]:
        """Open one after the other; yields how many lie behind."""
        for number, path in enumerate(self.paths, 1):
            try:
                info = probe_video(self._root / path)
                self.seconds.append(info.seconds)
                self.sizes.append(info.size)
            except MediaError as error:
                self.unreadable.append((path, error.message))
            yield number
