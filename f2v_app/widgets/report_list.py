"""The reports of earlier evaluations, the newest first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.evaluate_files import ReportRow, read_report_rows
from f2v_app.widgets.run_state import count
from f2v_app.widgets.two_line_delegate import SECOND_LINE, TwoLineDelegate

FOLDER = Qt.ItemDataRole.UserRole
"""Where an item keeps its report's folder."""


class ReportList(QWidget):
    """A list to choose a report from.

    Signals:
        chosen: the user chose a report; its folder.
        listed: the reports were read; a list of ReportRow.
    """

    chosen = Signal(object)
    listed = Signal(object)

    def __init__(self, root: Path | None = None, parent: QWidget | None = None) -> None:
        """Reports lie below `root`; None: where the user's own lie."""
        super().__init__(parent)
        self._root = root
        self._wanted: Path | None = None
        self._background = Background(self)
        self._background.answered.connect(self._on_read)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Reports"))
        self._list.setItemDelegate(TwoLineDelegate(self._list))
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.itemSelectionChanged.connect(self._on_selected)
        theme.set_role(self._list, "plain")
        self._empty = QLabel(self.tr("Reports are kept here."), self, wordWrap=True)
        theme.set_role(self._empty, "muted")
        self._lay_out()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Reports"), self)
        for label in (heading, self._empty):
            label.setIndent(theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.M, theme.S, theme.S)
        column.setSpacing(theme.S)
        column.addWidget(heading)
        column.addWidget(self._empty)
        column.addWidget(self._list, stretch=1)
        column.addStretch(0)

    def refresh(self) -> None:
        """Read the reports anew; `listed` tells when they are there."""
        root = self._root
        self._background.ask(lambda: read_report_rows(root))

    def select(self, folder: Path | None) -> None:
        """Mark a report as the one that is shown, now or once it is listed; `chosen` is not emitted."""
        self._wanted = folder
        with QSignalBlocker(self._list):
            self._list.setCurrentItem(None)  # type: ignore[call-overload]
            for line in range(self._list.count()):
                item = self._list.item(line)
                if item.data(FOLDER) == folder:
                    self._list.setCurrentItem(item)

    def _on_read(self, rows: Sequence[ReportRow]) -> None:
        with QSignalBlocker(self._list):
            self._list.clear()
            for row in rows:
                self._list.addItem(self._item(row))
        self._empty.setVisible(not rows)
        self._list.setVisible(bool(rows))
        self.select(self._wanted)
        self.listed.emit(rows)

    def _item(self, row: ReportRow) -> QListWidgetItem:
        item = QListWidgetItem(row.title)
        made = QDateTime.fromSecsSinceEpoch(int(row.made.timestamp()))
        when = self.locale().toString(made, "d MMM yyyy, HH:mm")
        words = self.tr("{0}, {1} clips").format(when, count(row.clips)) if row.clips else when
        item.setData(FOLDER, row.folder)
        item.setData(SECOND_LINE, words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {words}")
        item.setToolTip(str(row.folder))
        return item

    def _on_selected(self) -> None:
        for item in self._list.selectedItems():
            self._wanted = item.data(FOLDER)
            self.chosen.emit(item.data(FOLDER))
