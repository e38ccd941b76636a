"""At most one long work at a time: a newer one makes the older worthless, and all are waited for at the end."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from f2v_app.tasks import Task


class CurrentTask(QObject):
    """Runs one iterator of events after the other in threads, and tells what the newest one does.

    Signals:
        progressed, done, cancelled, failed: as of `Task`.
    """

    progressed = Signal(object)
    done = Signal()
    cancelled = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._alive: list[Task] = []

    @property
    def running(self) -> bool:
        """Whether the newest work has not told its end."""
        return self._task is not None

    def start(self, make: Callable[[], Iterator[object]]) -> None:
        """Begin a work; the one before is cancelled and tells nothing any more."""
        self.drop()
        task = Task(make)  # without a parent: its thread keeps it alive until it has told its end
        task.progressed.connect(self._on_progressed)
        task.done.connect(self._on_done)
        task.cancelled.connect(self._on_cancelled)
        task.failed.connect(self._on_failed)
        self._task = task
        self._alive.append(task)
        task.start()

    def cancel(self) -> None:
        """Ask the newest work to stop; `cancelled` tells when it has."""
        if self._task is not None:
            self._task.cancel()

    def drop(self) -> None:
        """Cancel the newest work and hear no more of it."""
        self.cancel()
        self._task = None

    def close(self) -> None:
        """Cancel everything and wait until it has stopped."""
        self.drop()
        for task in self._alive:
            task.wait()
        self._alive.clear()

    def _ended(self) -> bool:
        """Note that a work has ended; whether it is the newest one."""
        task = self.sender()
        self._alive = [each for each in self._alive if each is not task]
        if self._task is None or task is not self._task:
            return False
        self._task = None
        return True

    def _on_progressed(self, event: object) -> None:
        if self._task is not None and self.sender() is self._task:
            self.progressed.emit(event)

    def _on_done(self) -> None:
        if self._ended():
            self.done.emit()

    def _on_cancelled(self) -> None:
        if self._ended():
            self.cancelled.emit()

    def _on_failed(self, error: object) -> None:
        if self._ended():
            self.failed.emit(error)
