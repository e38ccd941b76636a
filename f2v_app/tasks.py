"""Long work inside the app process, such as exporting: an iterator of events read by a thread, told as signals."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event as Flag
from threading import Thread

from PySide6.QtCore import QObject, Signal

from f2v_core.errors import F2vError

log = logging.getLogger(__name__)

_UNDER_WAY: set["Task"] = set()
"""Tasks whose thread has not ended: a QObject must not be destroyed in a thread that is not its own."""


class Task(QObject):
    """Reads one iterator of events to its end, or until cancelled.

    Exactly one of `done`, `cancelled` and `failed` is emitted, as the last signal.

    Signals:
        progressed: an event.
        done: the iterator came to its end.
        cancelled: the iterator was closed because `cancel` was called.
        failed: an F2vError that says what happened and what to do.
    """

    progressed = Signal(object)
    done = Signal()
    cancelled = Signal()
    failed = Signal(object)
    _ended = Signal()

    def __init__(self, make: Callable[[], Iterator[object]], parent: QObject | None = None) -> None:
        """`make` starts the work; it is called in the thread."""
        super().__init__(parent)
        self._make = make
        self._stop = Flag()
        self._thread = Thread(target=self._run, name="task", daemon=True)
        self._ended.connect(self._on_ended)

    def start(self) -> None:
        """Begin; a task runs once, and lives on until it has told its end."""
        _UNDER_WAY.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """Close the iterator after the event it works on, and emit `cancelled`."""
        self._stop.set()

    def wait(self) -> None:
        """Block until the thread has ended: before the task is deleted and at exit."""
        if self._thread.ident is not None:
            self._thread.join()

    def _on_ended(self) -> None:
        self._thread.join()
        _UNDER_WAY.discard(self)

    def _run(self) -> None:
        try:
            self._work()
        finally:
            self._ended.emit()

    def _work(self) -> None:
        try:
            whole = self._read()
        except F2vError as error:
            self.failed.emit(error)
        except Exception as error:  # a bug: it is logged and told, and the app lives on
            log.exception("task")
            message = self.tr("Something unexpected went wrong: {0}").format(error)
            self.failed.emit(F2vError(message, self.tr("Please report this.")))
        else:
            (self.done if whole else self.cancelled).emit()

    def _read(self) -> bool:
        """Whether the work came to its end."""
        with closing(self._make()) as events:  # type: ignore[type-var]
            for event in events:
                self.progressed.emit(event)
                if self._stop.is_set():
                    return False
        return True
