"""What training, preparing and evaluating say on the way: bars on a terminal, one line a report elsewhere."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from time import monotonic
from typing import TYPE_CHECKING, assert_never

from f2v_core.messages import (
    DatasetReady,
    EvaluateEvent,
    EvaluationReady,
    Notice,
    PrepareEvent,
    StageProgress,
)
from f2v_core.train_messages import (
    CheckpointSaved,
    DiskFull,
    SampleSaved,
    StepDone,
    TrainEstimate,
    TrainEvent,
    TrainProgress,
)

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


ShownEvent = TrainEvent | PrepareEvent | EvaluateEvent
LINE_EVERY_S = 10.0
"""How often a long stage says where it is when nobody sees a bar."""


@contextmanager
def event_display() -> Iterator[Callable[[ShownEvent], None]]:
    """Yield a function that shows an event: on a terminal as bars, elsewhere as lines on stdout."""
    if not sys.stderr.isatty():
        yield _Lines().show
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[facts]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield _Bars(bars).show


class _Lines:
    """One line an event; of a stage its end, and where it is now and then."""

    def __init__(self) -> None:
        self._shown = monotonic()
        self._ended = ""

    def show(self, event: ShownEvent) -> None:
        """Print what lasts."""
        match event:
            case StageProgress():
                self._show_stage(event)
            case TrainProgress(step, steps):
                _say(f"step {step}/{steps}  {_losses(event.losses)}  {_pace(event.rate, event.eta_s)}")
            case SampleSaved(step, ratio):
                _say(f"step {step}: samples at {ratio:.4f} of linear interpolation's distance")
            case CheckpointSaved(step, folder):
                _say(f"step {step}: saved {folder}")
            case Notice() | TrainEstimate() | DiskFull() | DatasetReady() | EvaluationReady():
                if words := _words(event):
                    _say(words)
            case StepDone():
                pass
            case _:
                assert_never(event)

    def _show_stage(self, event: StageProgress) -> None:
        ended, now = event.done == event.total, monotonic()
        if ended and self._ended != event.stage:
            self._ended = event.stage
            _say(f"{event.stage}: {event.total}")
        elif not ended and now - self._shown >= LINE_EVERY_S:
            self._shown = now
            _say(f"{event.stage}: {_count(event)}  {_pace(event.rate, event.eta_s)}")


def _words(event: Notice | TrainEstimate | DiskFull | DatasetReady | EvaluationReady) -> str:
    """What is said of an event wherever it is shown; nothing of a wait that was told already."""
    match event:
        case DiskFull(message, remedy, waited_s):
            return "" if waited_s else f"{message} {remedy}"
        case DatasetReady(folder):
            return f"Dataset: {folder}"
        case EvaluationReady(folder):
            return f"Report: {folder}"
        case Notice(text) | TrainEstimate(text=text):
            return text


def _say(text: str) -> None:
    print(text, flush=True)


class _Bars:
    """A bar for each stage and one for the training itself; what lasts is printed above them."""

    def __init__(self, bars: "Progress") -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def show(self, event: ShownEvent) -> None:
        """Move the event's bar, or print it."""
        match event:
            case StageProgress(stage, done, total):
                self._move(stage, done, total, _count(event), _pace(event.rate, event.eta_s))
            case TrainProgress(step, steps):
                facts = f"{_losses(event.losses)}  {_pace(event.rate, event.eta_s)}"
                self._move("Training", step, steps, f"{step}/{steps}", facts)
            case SampleSaved(step, ratio):
                self._print(f"Samples of step {step}: {ratio:.4f} of linear interpolation's distance")
            case CheckpointSaved(step, folder):
                self._print(f"Saved step {step}: {folder}")
            case Notice() | TrainEstimate() | DiskFull() | DatasetReady() | EvaluationReady():
                if words := _words(event):
                    self._print(words)
            case StepDone():
                pass
            case _:
                assert_never(event)

    def _print(self, text: str) -> None:
        self._bars.console.print(text, highlight=False, markup=False)

    def _move(self, title: str, done: int, total: int, count: str, facts: str) -> None:
        if title not in self._tasks:
            self._tasks[title] = self._bars.add_task(title, total=None, count="", facts="")
        self._bars.update(self._tasks[title], completed=done, total=total or None, count=count, facts=facts)


def _count(event: StageProgress) -> str:
    return f"{event.done}/{event.total}" if event.total else str(event.done)


def _losses(losses: Mapping[str, float]) -> str:
    return "  ".join(f"{name} {value:.4g}" for name, value in losses.items())


def _pace(rate: float, eta_s: float) -> str:
    left = f"{clock(eta_s)} left" if isfinite(eta_s) else ""
    pace = f"{rate:.2f}/s" if rate or not left else ""
    return ", ".join(filter(None, (pace, left)))


def clock(seconds: float) -> str:
    """A duration as a clock shows it: 0:07, 1:06:40."""
    minutes, whole = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{whole:02}" if hours else f"{minutes}:{whole:02}"
