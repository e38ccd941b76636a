"""The runs on disk, newest first, each with what it is and where it stands."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from f2v_app.widgets.folder_list import FolderList
from f2v_app.widgets.folder_model import FolderEntry
from f2v_app.widgets.run_files import RunRow, check_run_idle, read_run_rows
from f2v_app.widgets.run_state import row_words


class RunList(FolderList[RunRow]):
    """A list to choose a run from, and to tick those that are compared with it."""

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        """Runs lie below `root`."""
        super().__init__(
            self.tr("Runs"),
            self.tr("Runs that you start are kept here, to go on from or to use."),
            parent,
            tickable=True,
        )
        self._root = root

    def look(self) -> None:
        """Read the runs anew, unless they are being read: an answer that is slow to come is waited for."""
        if not self._background.asking:
            self.refresh()

    @override
    def _question(self) -> Callable[[], Sequence[RunRow]]:
        return lambda: read_run_rows(self._root)

    @override
    def _entry(self, row: RunRow) -> FolderEntry:
        hint = self.tr("Tick it to compare its curves.")
        return FolderEntry(row.folder, row.folder.name, row_words(row.state), hint=hint)

    @override
    def _check(self, folder: Path) -> None:
        check_run_idle(folder)

    @override
    def _loss(self) -> str:
        return self.tr(
            "Its checkpoints, losses and samples go with it; a model that you added to the library stays."
        )
