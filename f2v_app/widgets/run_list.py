"""The runs on disk, newest first, each with what it is and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.run_state import row_words
from f2v_app.widgets.tick_list import TickList
from f2v_app.widgets.two_line_delegate import SECOND_LINE
from f2v_core.config import TrainConfig
from f2v_core.runs import Run, list_runs
from f2v_core.runs.state import RunState, read_state

ROW = Qt.ItemDataRole.UserRole
"""Where an item keeps its RunRow."""


@dataclass(frozen=True)
class RunRow:
    """A run as the list knows it."""

    folder: Path
    config: TrainConfig
    state: RunState


def read_rows(root: Path) -> list[RunRow]:
    """All readable runs below `root`, the one that was last written to first."""
    found = sorted(list_runs(root), key=_last_written, reverse=True)
    return [RunRow(run.folder, run.config, read_state(run)) for run in found]


def _last_written(run: Run) -> float:
    checkpoints = run.checkpoints()
    try:
        return (checkpoints[-1] if checkpoints else run.folder).stat().st_mtime
    except FileNotFoundError:  # it was deleted between two looks
        return 0.0


class RunList(QWidget):
    """A list to choose a run from.

    Signals:
        chosen: the user chose a run; its RunRow.
        listed: the runs were read; a list of RunRow.
        ticked: the user ticked or unticked a run to compare it.

    Attributes:
        rows: the runs, as they were last read.
    """

    chosen = Signal(object)
    listed = Signal(object)
    ticked = Signal()

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._wanted = Path()
        self._background = Background(self)
        self._background.answered.connect(self._on_read)
        self._background.failed.connect(lambda _error: self._on_ended())
        self._reading = self._again = False
        self._ticks: set[Path] = set()
        self.rows: Sequence[RunRow] = ()
        self._list = TickList(self)
        self._list.setAccessibleName(self.tr("Runs"))
        self._list.itemChanged.connect(self._on_item_changed)
        self._list.itemSelectionChanged.connect(self._on_selected)
        self._empty = QLabel(self.tr("Runs that you start are kept here, to go on from or to use."), self)
        self._empty.setWordWrap(True)
        theme.set_role(self._empty, "muted")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.L, theme.M, theme.L)
        column.setSpacing(theme.S)
        heading = QLabel(self.tr("Runs"), self)
        heading.setIndent(theme.S)
        self._empty.setIndent(theme.S)
        column.addWidget(heading)
        column.addWidget(self._empty)
        column.addWidget(self._list, stretch=1)
        column.addStretch(0)
        theme.set_role(self._list, "plain")
        self._list.setFrameShape(QListWidget.Shape.NoFrame)

    def refresh(self) -> None:
        """Read the runs anew; `listed` tells when they are there."""
        self._again = self._reading  # an answer that is slow to come is waited for, not dropped
        if not self._reading:
            self._reading = True
            self._background.ask(lambda: read_rows(self._root))

    def select(self, folder: Path) -> None:
        """Mark a run as the one that is shown, now or once it is listed; `chosen` is not emitted."""
        self._wanted = folder
        with QSignalBlocker(self._list):
            for item in self._items():
                item.setSelected(item.data(ROW).folder == folder)

    @property
    def compared(self) -> list[RunRow]:
        """The runs that are ticked."""
        return [row for row in self.rows if row.folder in self._ticks]

    def _show_ticks(self) -> None:
        for item, row in zip(self._items(), self.rows, strict=True):
            on = row.folder in self._ticks
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        folder = item.data(ROW).folder
        if on != (folder in self._ticks):
            self._ticks ^= {folder}
            self.ticked.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(line) for line in range(self._list.count())]

    def _on_read(self, rows: Sequence[RunRow]) -> None:
        self.rows = rows
        with QSignalBlocker(self._list):
            if [item.data(ROW).folder for item in self._items()] != [row.folder for row in rows]:
                self._list.clear()
                for row in rows:
                    self._list.addItem(row.folder.name)
                self._show_ticks()
            for item, row in zip(self._items(), rows, strict=True):
                self._fill(item, row)
        self._empty.setVisible(not rows)
        self._list.setVisible(bool(rows))
        self.select(self._wanted)
        self.listed.emit(rows)
        self._on_ended()

    def _on_ended(self) -> None:
        self._reading = False
        if self._again:
            self.refresh()

    def _fill(self, item: QListWidgetItem, row: RunRow) -> None:
        if item.data(ROW) == row:
            return
        item.setData(ROW, row)
        item.setData(SECOND_LINE, row_words(row.state))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.folder.name}, {row_words(row.state)}")
        item.setToolTip(self.tr("{0}\nTick it to compare its curves.").format(row.folder))

    def _on_selected(self) -> None:
        for item in self._list.selectedItems():
            self._wanted = item.data(ROW).folder
            self.chosen.emit(item.data(ROW))
