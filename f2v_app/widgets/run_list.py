"""The runs on disk, newest first, each with what it is and where it stands."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from f2v_app.widgets.folder_list import FolderList
from f2v_app.widgets.folder_model import FolderEntry
from f2v_app.widgets.run_files import RunRow, check_run_idle, read_run_rows
from f2v_app.widgets.run_state import count


class RunList(FolderList[RunRow]):
    """A list to choose a run from."""

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        """Runs lie below `root`."""
        super().__init__(
            self.tr("Runs"), self.tr("Runs that you start are kept here, to go on from or to use."), parent
        )
        self._root = root

    @override
    def _question(self) -> Callable[[], Sequence[RunRow]]:
        return lambda: read_run_rows(self._root)

    @override
    def _entry(self, row: RunRow) -> FolderEntry:
        steps = count(row.state.steps)
        words = self.tr("Finished, {0} steps").format(steps)
        if row.state.phase != "finished":
            words = self.tr("Stopped at {0} of {1}").format(count(row.state.step), steps)
        return FolderEntry(row.folder, row.folder.name, words)

    @override
    def _check(self, folder: Path) -> None:
        check_run_idle(folder, busy=folder == self.busy)

    @override
    def _loss(self) -> str:
        return self.tr(
            "Its checkpoints, losses and previews go with it; a model that you added to the library stays."
        )
