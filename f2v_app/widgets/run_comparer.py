"""Reads the histories of runs in a thread, to lie over the shown one's."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from f2v_app.widgets.background import Background
from f2v_app.widgets.run_files import read_columns
from f2v_app.widgets.run_watcher import Columns
from f2v_core.runs import Run


class RunComparer(QObject):
    """Answers the newest question alone.

    Signals:
        compared: the histories, a mapping of their columns by the names of the runs.
    """

    compared = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._background.answered.connect(self.compared)

    def compare(self, runs: Sequence[Run]) -> None:
        """Read these runs."""

        def read() -> Mapping[str, Columns]:
            return {run.folder.name: read_columns(run) for run in runs}

        self._background.ask(read)
