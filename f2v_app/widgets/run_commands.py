"""What the Train page asks of runs, done away from the window's thread: start, resume, and every request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from f2v_app.tasks import Task
from f2v_core.config import TrainConfig
from f2v_core.errors import F2vError
from f2v_core.runs import Run, change_run, create_run
from f2v_core.runs.launch import start_training
from f2v_core.runs.requests import RequestKind, send_request

Start = Callable[[Run], None]
"""Starts a trainer for a run, and returns at once."""


@dataclass(frozen=True)
class _Outcome:
    """How a command went: the run as it is now, or what was in its way."""

    run: Run
    error: F2vError | None


class RunCommands(QObject):
    """Does one thing after the other is asked, each in a thread of its own.

    Signals:
        done: what was asked is under way; the run, with the settings it has now.
        failed: it could not be done; the run (None where a bug was in the way), and an F2vError.
    """

    done = Signal(object)
    failed = Signal(object, object)

    def __init__(self, start: Start = start_training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start

    def begin(self, run: Run) -> None:
        """Make a new run's folder and train it."""

        def work() -> Run:
            made = create_run(run.folder, run.config)
            self._start(made)
            return made

        self._do(run, work)

    def resume(self, run: Run, **changes: object) -> None:
        """Train a run on, with other settings if need be."""

        def work() -> Run:
            config = TrainConfig.from_json({**run.config.to_json(), **changes})
            changed = change_run(run, config) if changes else run
            self._start(changed)
            return changed

        self._do(run, work)

    def ask(self, run: Run, kind: RequestKind) -> None:
        """Ask a run's trainer for something."""

        def work() -> Run:
            send_request(run, kind)
            return run

        self._do(run, work)

    def _do(self, run: Run, work: Callable[[], Run]) -> None:
        task = Task(lambda: _outcome(run, work))
        task.progressed.connect(self._on_outcome)
        task.failed.connect(self._on_bug)
        task.start()

    def _on_outcome(self, outcome: _Outcome) -> None:
        if outcome.error is None:
            self.done.emit(outcome.run)
        else:
            self.failed.emit(outcome.run, outcome.error)

    def _on_bug(self, error: F2vError) -> None:
        self.failed.emit(None, error)


def _outcome(run: Run, work: Callable[[], Run]) -> Iterator[_Outcome]:
    try:
        yield _Outcome(work(), None)
    except F2vError as error:
        yield _Outcome(run, error)
