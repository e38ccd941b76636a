"""The reports of earlier evaluations, the newest first."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from f2v_app.widgets.evaluate_files import ReportRow, read_report_rows
from f2v_app.widgets.folder_list import FolderList
from f2v_app.widgets.folder_model import FolderEntry
from f2v_app.widgets.run_state import count


class ReportList(FolderList[ReportRow]):
    """A list to choose a report from."""

    def __init__(self, root: Path | None = None, parent: QWidget | None = None) -> None:
        """Reports lie below `root`; None: where the user's own lie."""
        super().__init__(self.tr("Reports"), self.tr("Reports are kept here."), parent)
        self._root = root

    @override
    def _question(self) -> Callable[[], Sequence[ReportRow]]:
        root = self._root
        return lambda: read_report_rows(root)

    @override
    def _entry(self, row: ReportRow) -> FolderEntry:
        made = QDateTime.fromSecsSinceEpoch(int(row.made.timestamp()))
        when = self.locale().toString(made, "d MMM yyyy, HH:mm")
        words = self.tr("{0}, {1} clips").format(when, count(row.clips)) if row.clips else when
        return FolderEntry(row.folder, row.title, words)

    @override
    def _loss(self) -> str:
        return self.tr("Its figures, charts and contact sheets go with it; models and datasets stay.")
