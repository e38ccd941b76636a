"""What the Train page asks of runs, done away from the window's thread: start, resume, queue, and every request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QObject, Signal, SignalInstance

from f2v_app.tasks import Task
from f2v_app.widgets.run_actions import Action
from f2v_core.config import TrainConfig
from f2v_core.errors import F2vError
from f2v_core.runs import Run, change_run, create_run
from f2v_core.runs.launch import start_training
from f2v_core.runs.queue import move_up, queue_run, start_next, unqueue_run
from f2v_core.runs.requests import RequestKind, send_request

Start = Callable[[Run], None]
"""Starts a trainer for a run, and returns at once."""


@dataclass(frozen=True)
class _Outcome:
    """How a command went: the run as it is now, the signal that tells it, or what was in its way."""

    run: Run
    told: SignalInstance
    error: F2vError | None


class RunCommands(QObject):
    """Does one thing after the other is asked, each in a thread of its own.

    Signals:
        done: what was asked is under way; the run, with the settings it has now.
        arranged: the queue is as was asked; the run.
        failed: it could not be done; the run (None where a bug was in the way), and an F2vError.
    """

    done = Signal(object)
    arranged = Signal(object)
    failed = Signal(object, object)

    def __init__(self, start: Start = start_training, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start

    def do(self, action: Action, run: Run) -> None:
        """Do what the user wants of a run that exists."""
        match action:
            case "resume" | "start":
                self.resume(run)
            case "queue":
                self.queue(run)
            case "unqueue":
                self._arrange(run, unqueue_run)
            case "up":
                self._arrange(run, move_up)
            case "pause" | "stop" | "discard" | "save" | "sample":
                self.ask(run, action)
            case "use" | "duplicate":
                raise ValueError(f"{action} asks nothing of a run.")
            case _:
                assert_never(action)

    def begin(self, run: Run) -> None:
        """Make a new run's folder and train it."""

        def work() -> Run:
            made = create_run(run.folder, run.config)
            self._start(made)
            return made

        self._do(run, work, self.done)

    def resume(self, run: Run, **changes: object) -> None:
        """Train a run on, with other settings if need be."""

        def work() -> Run:
            config = TrainConfig.from_json({**run.config.to_json(), **changes})
            changed = change_run(run, config) if changes else run
            self._start(changed)
            return changed

        self._do(run, work, self.done)

    def ask(self, run: Run, kind: RequestKind) -> None:
        """Ask a run's trainer for something."""

        def work() -> Run:
            send_request(run, kind)
            return run

        self._do(run, work, self.done)

    def queue(self, run: Run, *, new: bool = False) -> None:
        """Let a run wait for its turn, which comes at once where nothing trains; a `new` one is made first."""

        def work() -> Run:
            made = create_run(run.folder, run.config) if new else run
            queue_run(made)
            start_next(made.folder.parent, self._start)
            return made

        self._do(run, work, self.arranged)

    def _arrange(self, run: Run, change: Callable[[Run], None]) -> None:
        def work() -> Run:
            change(run)
            return run

        self._do(run, work, self.arranged)

    def _do(self, run: Run, work: Callable[[], Run], told: SignalInstance) -> None:
        task = Task(lambda: _outcome(run, work, told))
        task.progressed.connect(self._on_outcome)
        task.failed.connect(self._on_bug)
        task.start()

    def _on_outcome(self, outcome: _Outcome) -> None:
        if outcome.error is None:
            outcome.told.emit(outcome.run)
        else:
            self.failed.emit(outcome.run, outcome.error)

    def _on_bug(self, error: F2vError) -> None:
        self.failed.emit(None, error)


def _outcome(run: Run, work: Callable[[], Run], told: SignalInstance) -> Iterator[_Outcome]:
    try:
        yield _Outcome(work(), told, None)
    except F2vError as error:
        yield _Outcome(run, told, error)
