"""Goes on with the queue of runs while the window is open, should a trainer be killed that would have done it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from f2v_app.widgets.background import Background
from f2v_core.runs import Run
from f2v_core.runs.queue import start_next

LOOK_MS = 5000
"""Time between two looks."""


class QueueKeeper(QObject):
    """Looks now and then, in a thread, whether the next queued run can start.

    Signals:
        started: a Run that was its turn.
    """

    started = Signal(object)

    def __init__(self, root: Path, start: Callable[[Run], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root, self._start = root, start
        self._background = Background(self)
        self._background.answered.connect(self._on_answered)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look, unless the look before is not over."""
        if not self._background.asking:
            self._background.ask(lambda: start_next(self._root, self._start))

    def _on_answered(self, run: Run | None) -> None:
        if run is not None:
            self.started.emit(run)
