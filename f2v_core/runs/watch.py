"""Watching a run: what is new in its folder since the last look, whoever trains it, wherever."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from f2v_core.runs.events import RunEvent, parse_event
from f2v_core.runs.folder import Run, step_of
from f2v_core.runs.history import number
from f2v_core.runs.state import RunState, read_state


@dataclass(frozen=True)
class RunNews:
    """What a look found.

    Attributes:
        state: where the run stands.
        afresh: the rows begin anew: those told before are no longer true (the run went back to a checkpoint).
        rows: new rows of the history, the numbers by name.
        events: new events.
        samples, checkpoints: the steps that have some, all of them.
    """

    state: RunState
    afresh: bool
    rows: tuple[dict[str, float], ...]
    events: tuple[RunEvent, ...]
    samples: tuple[int, ...]
    checkpoints: tuple[int, ...]


class RunWatch:
    """Reads a run's folder as it grows; each look costs what is new."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._history = Tail(run.history_file)
        self._events = Tail(run.events_file)
        self._names: list[str] = []

    def look(self) -> RunNews:
        """What is new; the first look tells everything."""
        state = read_state(self.run)  # first: what it says must not be older than the rest
        afresh, lines = self._history.read()
        events = self._events.read()[1]
        return RunNews(
            state,
            afresh,
            tuple(self._rows(lines, afresh=afresh)),
            tuple(event for line in events if (event := parse_event(line))),
            tuple(self.run.samples()),
            tuple(map(step_of, self.run.checkpoints())),
        )

    def _rows(self, lines: list[str], *, afresh: bool) -> list[dict[str, float]]:
        cells = (
            line.split(",") for line in lines
        )  # one at a time: lists by the thousand keep Python's collector busy
        if afresh:
            self._names = []
        if not self._names:
            self._names = next(cells, [])
        return [
            dict(zip(self._names, map(number, row), strict=True))
            for row in cells
            if len(row) == len(self._names)  # else a power cut damaged it
        ]


class Tail:
    """The new whole lines of a growing text file, also when it is replaced by another."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place, self._file, self._last = 0, (0, 0), b""

    def read(self) -> tuple[bool, list[str]]:
        """Whether the file begins anew (also at the first look), and its lines since the last one."""
        try:
            with self._path.open("rb") as file:
                found = _identity(file.fileno())
                afresh = found != self._file or not self._goes_on(file)
                self._place, self._file = 0 if afresh else self._place, found
                file.seek(self._place)
                new = file.read()
        except FileNotFoundError:
            afresh, self._place, self._file = self._file != (0, 0), 0, (0, 0)
            return afresh, []
        lines = new[: new.rfind(b"\n") + 1].splitlines(keepends=True)
        self._place += sum(map(len, lines))
        self._last = lines[-1] if lines else self._last
        return afresh, [line.decode("utf-8", errors="replace").rstrip("\r\n") for line in lines]

    def _goes_on(self, file: IO[bytes]) -> bool:
        """Whether the line read last still ends where it did: a file's number may have been given to its successor."""
        file.seek(max(0, self._place - len(self._last)))
        return not self._place or file.read(len(self._last)) == self._last


def _identity(handle: int) -> tuple[int, int]:
    found = os.fstat(handle)
    return found.st_dev, found.st_ino
