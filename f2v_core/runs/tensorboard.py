"""A run's losses as TensorBoard event files, for those who live there; needs the extra `tensorboard`."""

import bisect
import datetime as dt
import math
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from f2v_core.errors import ExportError, InputError
from f2v_core.runs.folder import Run
from f2v_core.runs.watch import RunNews, RunWatch

if TYPE_CHECKING:
    from tensorboardX.event_file_writer import EventsWriter

MARK = ".f2v-export"
"""Says that a folder of event files was made here, and may be made anew."""
EVENTS = "events.out.tfevents.*"
_MEASURED = ("ratio to linear", "posterior ratio", "kl of validation")
"""Columns of the history that are validation's, not losses."""


def export_scalars(run: Run, folder: Path) -> Generator[RunNews, None, None]:
    """Write a run's losses into `folder`, and what is new in it each time that the iterator is read on.

    Yields what was found, once it is written; closing the iterator ends the file. Where the run goes back to a
    checkpoint, the file is begun anew. A folder that an earlier export made is made anew.

    Raises:
        InputError: tensorboardX is not installed. ExportError: the folder holds something else, or cannot be written.
    """
    writer = _writer_class()
    watch, seen = RunWatch(run), _Clock()
    try:
        _check(folder)
        board = _begin(writer, folder)
        try:
            while True:
                news = watch.look()
                if news.afresh and seen.steps:
                    board.close()
                    board, seen = _begin(writer, folder), _Clock()
                seen.learn(news)
                for row in news.rows:
                    _write(board, row, seen)
                board.flush()
                yield news
        finally:
            board.close()
    except OSError as error:
        raise ExportError(
            f"{folder} cannot be written: {error.strerror}.", "Choose another folder."
        ) from error


def _writer_class() -> "type[EventsWriter]":
    """What writes event files, at once and in this thread."""
    try:
        from tensorboardX.event_file_writer import EventsWriter  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(
            "TensorBoard's files are written by tensorboardX, which is not installed.",
            "Install it: pip install 'f2v[tensorboard]'.",
        ) from error
    found: type[EventsWriter] = EventsWriter
    return found


def _check(folder: Path) -> None:
    """Refuse a folder with something else in it."""
    if folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise ExportError(f"{folder} holds something else.", "Choose another folder, or empty that one.")


def _begin(writer: "type[EventsWriter]", folder: Path) -> "EventsWriter":
    """A file with nothing in it, in place of earlier ones."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    for old in folder.glob(EVENTS):
        old.unlink()
    return writer(str(folder / "events"))


class _Clock:
    """When each step was: between events, whose time is known, by the seconds of training in the history."""

    def __init__(self) -> None:
        self.steps: list[float] = []
        self._seconds: list[float] = []
        self._events: list[tuple[float, float]] = []

    def learn(self, news: RunNews) -> None:
        """Take up what a look found."""
        for row in news.rows:
            self.steps.append(row.get("step", math.nan))
            self._seconds.append(row.get("seconds", math.nan))
        for event in news.events:
            try:
                time = dt.datetime.fromisoformat(event.time).timestamp()
            except ValueError:  # half a line after a power cut
                continue
            self._events.append((event.step, time))

    def time_of(self, step: float, seconds: float) -> float:
        """When a step was, in seconds since 1970; 0 where nothing is known."""
        place = bisect.bisect_right(self._events, step, key=lambda each: each[0]) - 1
        if place < 0:
            return 0.0
        event_step, time = self._events[place]
        passed = seconds - self._seconds_at(event_step)
        return time + passed if passed > 0 else time

    def _seconds_at(self, step: float) -> float:
        """Seconds of training at a step, or at the last row before it."""
        place = bisect.bisect_right(self.steps, step) - 1
        return self._seconds[place] if place >= 0 else 0.0

    def rate(self, step: float, seconds: float) -> float:
        """Steps a second since the row before; NaN for the first."""
        place = bisect.bisect_left(self.steps, step) - 1
        if place < 0 or seconds <= self._seconds[place]:
            return math.nan
        return (step - self.steps[place]) / (seconds - self._seconds[place])


def _write(board: "EventsWriter", row: dict[str, float], clock: _Clock) -> None:
    """A row of the history as scalars; what it does not hold is left out."""
    from tensorboardX.proto.event_pb2 import Event  # noqa: PLC0415 - an extra
    from tensorboardX.summary import scalar  # noqa: PLC0415

    step, seconds = row.get("step", math.nan), row.get("seconds", math.nan)
    values = {_tag(name): value for name, value in row.items() if name not in {"step", "seconds"}}
    values["speed/steps_per_second"] = clock.rate(step, seconds)
    for tag, value in values.items():
        if math.isfinite(value) and math.isfinite(step):
            time = clock.time_of(step, seconds)
            board.write_event(Event(wall_time=time, step=int(step), summary=scalar(tag, value)))


def _tag(name: str) -> str:
    """TensorBoard groups by what stands before the stroke, and knows no spaces."""
    return f"{'validation' if name in _MEASURED else 'loss'}/{name.replace(' ', '_')}"
