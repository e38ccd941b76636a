"""What a folder of videos holds, and what comes out while a dataset is made of it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.data_summary import DataSummary
from f2v_app.widgets.data_words import found_words
from f2v_app.widgets.dataset_contents import found_measures
from f2v_app.widgets.fresh_clips import FreshView
from f2v_app.widgets.run_log import RunLog
from f2v_app.widgets.text_table import TextTable
from f2v_core.messages import FolderScanned

LOG = 96
"""Pixels of the log's height."""
TALLEST = 440
"""Pixels of the summary's height at most."""
LOOK_EVERY_S = 1.5
"""Seconds between two looks for finished clips."""


class FoundView(QWidget):
    """Counts, lengths and sizes, files of no use, notices; what there is none of is not shown.

    Attributes:
        summary, unusable, fresh, log: its parts.
    """

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked_s = 0.0
        self.summary = DataSummary(self)
        self.summary.setMaximumHeight(TALLEST)
        self.unusable = TextTable(
            {self.tr("File"): "path", self.tr("Why it is no use"): "text"}, self.tr("Files of no use"), self
        )
        self.fresh = FreshView(self)
        self.log = RunLog(clock, self)
        self.log.setPlaceholderText("")
        self.log.setMaximumHeight(LOG)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(self.summary, stretch=2)
        column.addWidget(self.unusable, stretch=2)
        column.addWidget(self.fresh, stretch=3)
        column.addStretch(0)
        column.addWidget(self.log)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.summary.hide()
        self.begin()

    def begin(self) -> None:
        """A dataset is begun: keep what is known of the folder, forget all else."""
        self.unusable.hide()
        self.fresh.clear()
        self.log.clear()
        self.log.hide()
        self._looked_s = -LOOK_EVERY_S

    def look(self, folder: Path, elapsed_s: float) -> None:
        """Show the clips that are finished, not too often."""
        if elapsed_s - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = elapsed_s
            self.fresh.look(folder)

    def show_found(self, found: FolderScanned) -> None:
        """Show what a scan found."""
        self.summary.show_counts(found.counts, self.tr("Videos"), found_words(found))
        self.summary.show_measures(found_measures(found))
        self.unusable.show_rows([(path, _from(path, reason)) for path, reason in found.unreadable])
        self.unusable.setVisible(bool(found.unreadable))
        self.summary.show()

    def add_notice(self, text: str) -> None:
        """Tell something with the time of day."""
        self.log.add(text)
        self.log.show()


def _from(path: str, reason: str) -> str:
    """The reason without the folders before the file that it names: the file's column tells them."""
    return reason[max(0, reason.find(path)) :]
