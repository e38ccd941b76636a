"""What the window is told while a folder is scanned: how far it is, and how long and large some videos are."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from f2v_core.data.stage import Stage
from f2v_core.errors import MediaError
from f2v_core.media.videos import probe_video
from f2v_core.messages import StageProgress

SAMPLE = 200
"""Videos opened to say how long and how large they are."""
TICK_S = 0.2
"""Seconds between two events of progress, at least."""


def progress(name: str, counts: Iterator[int], total: int = 0) -> Iterator[StageProgress]:
    """Turn a stage's running counts into events, at most five a second but for the last."""
    stage, said = Stage(name, total), monotonic()
    for stage.done in counts:
        if monotonic() - said >= TICK_S:
            said = monotonic()
            yield stage.progress()
    yield stage.progress()


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
