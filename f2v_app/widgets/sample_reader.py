"""Reads a run's sample clips in a thread: what is wanted now first, then what lies beside it."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from f2v_app.widgets.background import Background
from f2v_core.errors import F2vError
from f2v_core.runs import Run

Clips = NDArray[np.uint8]
"""(n, T, H, W, 3) uint8 RGB."""
CACHE_BYTES = 160_000_000
"""Clips that are kept: some hundred steps of the usual samples."""
AHEAD = 6
"""Steps on each side of the wanted one that are read before they are asked for."""


@dataclass(frozen=True, eq=False)
class _Read:
    """Clips that came from a file."""

    path: Path
    clips: Clips


class SampleReader(QObject):
    """One file at a time; while one is read, the newest wish waits and older ones are forgotten.

    Signals:
        arrived: clips are there: the file, (n, T, H, W, 3) uint8.
        failed: an F2vError about a file that was wanted.
    """

    arrived = Signal(object, object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._cache: OrderedDict[Path, Clips] = OrderedDict()
        self._wanted: list[Path] = []
        self._reading: Path | None = None
        self._background = Background(self)
        self._background.answered.connect(self._on_answered)
        self._background.failed.connect(self._on_failed)

    def set_run(self, run: Run | None) -> None:
        """Read of another run from now on."""
        self._run = run
        self._cache.clear()
        self.forget()

    def forget(self) -> None:
        """Want nothing."""
        self._background.drop()
        self._wanted, self._reading = [], None

    def drop_after(self, step: int) -> None:
        """Steps beyond this one are made anew: forget what they were."""
        if self._run is not None:
            kept = self._run.sample_file(step).name
            for path in [path for path in self._cache if path.name > kept and path != self._run.real_file]:
                del self._cache[path]

    def want(self, files: Sequence[Path]) -> None:
        """Read these in this order; of the first two, those that are known are told at once."""
        for path in files[:2]:
            if path in self._cache:
                self._cache.move_to_end(path)
                self.arrived.emit(path, self._cache[path])
        self._wanted = [path for path in files if path not in self._cache]
        self._go_on()

    def _go_on(self) -> None:
        if self._reading is None and self._wanted and self._run is not None:
            path, frames = self._wanted.pop(0), self._run.config.frames
            self._reading = path
            self._background.ask(lambda: _Read(path, _read(path, frames)))

    def _on_answered(self, read: _Read) -> None:
        self._reading = None
        self._cache[read.path] = read.clips
        while sum(each.nbytes for each in self._cache.values()) > CACHE_BYTES:
            self._cache.popitem(last=False)
        self.arrived.emit(read.path, read.clips)
        self._go_on()

    def _on_failed(self, error: F2vError) -> None:
        self._reading = None
        self.failed.emit(error)
        self._go_on()


def _read(path: Path, frames: int) -> Clips:
    from f2v_core.media.filmstrips import read_filmstrips  # noqa: PLC0415 - loads the picture libraries

    return np.ascontiguousarray(read_filmstrips(path, frames))


def nearest(steps: Sequence[int], index: int) -> list[int]:
    """Steps around a place, the nearest first."""
    around = range(max(0, index - AHEAD), min(len(steps), index + AHEAD + 1))
    return [steps[i] for i in sorted(around, key=lambda i: (abs(i - index), -i))]
