"""What a training run says on the way: bars on a terminal, one line a report elsewhere."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from typing import TYPE_CHECKING, assert_never

from f2v_core.messages import (
    CheckpointSaved,
    Notice,
    Preview,
    StageProgress,
    StepDone,
    TrainEvent,
    TrainProgress,
)

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def training_display() -> Iterator[Callable[[TrainEvent], None]]:
    """Yield a function that shows an event: on a terminal as bars, elsewhere as lines on stdout."""
    if not sys.stderr.isatty():
        yield show_line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[facts]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield _Bars(bars).show


def show_line(event: TrainEvent) -> None:
    """Print an event as one line; of a stage only its end."""
    match event:
        case StageProgress(stage, done, total):
            if done == total:
                print(f"{stage}: {total}", flush=True)
        case TrainProgress(step, steps):
            print(
                f"step {step}/{steps}  {_losses(event.losses)}  {_pace(event.rate, event.eta_s)}", flush=True
            )
        case Preview(step):
            print(f"step {step}: preview written", flush=True)
        case CheckpointSaved(step, folder):
            print(f"step {step}: saved {folder}", flush=True)
        case Notice(text):
            print(text, flush=True)
        case StepDone():
            pass
        case _:
            assert_never(event)


class _Bars:
    """A bar for each stage and one for the training itself; what lasts is printed above them."""

    def __init__(self, bars: "Progress") -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def show(self, event: TrainEvent) -> None:
        """Move the event's bar, or print it."""
        match event:
            case StageProgress(stage, done, total):
                self._move(stage, done, total, _pace(event.rate, event.eta_s))
            case TrainProgress(step, steps):
                facts = f"{_losses(event.losses)}  {_pace(event.rate, event.eta_s)}"
                self._move("Training", step, steps, facts)
            case Preview():
                self._bars.console.print(f"Preview of step {event.step}", highlight=False, markup=False)
            case CheckpointSaved(step, folder):
                self._bars.console.print(f"Saved step {step}: {folder}", highlight=False, markup=False)
            case Notice(text):
                self._bars.console.print(text, highlight=False, markup=False)
            case StepDone():
                pass
            case _:
                assert_never(event)

    def _move(self, title: str, done: int, total: int, facts: str) -> None:
        if title not in self._tasks:
            self._tasks[title] = self._bars.add_task(title, total=total, facts="")
        self._bars.update(self._tasks[title], completed=done, total=total, facts=facts)


def _losses(losses: Mapping[str, float]) -> str:
    return "  ".join(f"{name} {value:.4g}" for name, value in losses.items())


def _pace(rate: float, eta_s: float) -> str:
    if not isfinite(eta_s):
        return f"{rate:.2f}/s"
    minutes, seconds = divmod(round(eta_s), 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{rate:.2f}/s, {clock} left"
