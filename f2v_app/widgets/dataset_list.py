"""The datasets that there are, the newest first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.dataset_files import DatasetRow, read_rows
from f2v_app.widgets.run_state import count
from f2v_app.widgets.two_line_delegate import SECOND_LINE, TwoLineDelegate

FOLDER = Qt.ItemDataRole.UserRole
"""Where an item keeps its dataset's folder."""


class DatasetList(QWidget):
    """A list to choose a dataset from.

    Signals:
        chosen: the user chose a dataset; its folder.
        new_wanted: the user wants to make another one.
        listed: the datasets were read; a list of DatasetRow.
    """

    chosen = Signal(object)
    new_wanted = Signal()
    listed = Signal(object)

    def __init__(self, root: Path, others: Sequence[Path], parent: QWidget | None = None) -> None:
        """Datasets lie below `root`, and `others` elsewhere."""
        super().__init__(parent)
        self._root, self._others = root, list(others)
        self._wanted: Path | None = None
        self._background = Background(self)
        self._background.answered.connect(self._on_read)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Datasets"))
        self._list.setItemDelegate(TwoLineDelegate(self._list))
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.itemSelectionChanged.connect(self._on_selected)
        theme.set_role(self._list, "plain")
        self._empty = QLabel(
            self.tr("Datasets that you prepare are kept here, to look at or to train on."), self
        )
        self._empty.setWordWrap(True)
        theme.set_role(self._empty, "muted")
        self._new = push_button(self.tr("New"), self, "quiet", self.tr("Make another dataset"))
        self._new.clicked.connect(self.new_wanted)
        self._open = push_button(
            self.tr("Open another…"), self, "quiet", self.tr("Look at a dataset that lies elsewhere")
        )
        self._open.clicked.connect(self._on_open)
        self._lay_out()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Datasets"), self)
        for label in (heading, self._empty):
            label.setIndent(theme.S)
        top = QHBoxLayout()
        top.addWidget(heading, stretch=1)
        top.addWidget(self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addWidget(self._list, stretch=1)
        column.addStretch(0)
        foot = QHBoxLayout()
        foot.addWidget(self._open)
        foot.addStretch(1)
        column.addLayout(foot)

    @property
    def others(self) -> list[Path]:
        """Datasets that lie elsewhere and were opened."""
        return self._others

    def set_root(self, root: Path) -> None:
        """List the datasets below another folder."""
        self._root = root
        self.refresh()

    def add(self, folder: Path) -> None:
        """List a dataset, wherever it lies."""
        if folder.parent != self._root and folder not in self._others:
            self._others.append(folder)
        self.refresh()

    def refresh(self) -> None:
        """Read the datasets anew; `listed` tells when they are there."""
        root, others = self._root, list(self._others)
        self._background.ask(lambda: read_rows(root, others))

    def select(self, folder: Path | None) -> None:
        """Mark a dataset as the one that is shown, now or once it is listed; `chosen` is not emitted."""
        self._wanted = folder
        with QSignalBlocker(self._list):
            self._list.setCurrentItem(None)  # type: ignore[call-overload]
            for item in self._items():
                item.setSelected(item.data(FOLDER) == folder)

    def set_choosing(self, possible: bool) -> None:
        """Whether another dataset may be chosen: not while one is being prepared."""
        for widget in (self._list, self._new, self._open):
            widget.setEnabled(possible)
        self._list.setToolTip("" if possible else self.tr("Cancel the preparing to look at others."))

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(line) for line in range(self._list.count())]

    def _on_read(self, rows: Sequence[DatasetRow]) -> None:
        with QSignalBlocker(self._list):
            self._list.clear()
            for row in rows:
                self._list.addItem(self._item(row))
        self._empty.setVisible(not rows)
        self._list.setVisible(bool(rows))
        self.select(self._wanted)
        self.listed.emit(rows)

    def _item(self, row: DatasetRow) -> QListWidgetItem:
        item = QListWidgetItem(row.folder.name)
        item.setData(FOLDER, row.folder)
        item.setData(SECOND_LINE, self._words(row))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.folder.name}, {self._words(row)}")
        item.setToolTip(row.problem or str(row.folder))
        return item

    def _words(self, row: DatasetRow) -> str:
        match row.state:
            case "ready":
                return self.tr("1 clip") if row.clips == 1 else self.tr("{0} clips").format(count(row.clips))
            case "unfinished":
                return self.tr("Not complete yet")
            case "damaged":
                return self.tr("⚠ Damaged")

    def _on_selected(self) -> None:
        for item in self._list.selectedItems():
            self._wanted = item.data(FOLDER)
            self.chosen.emit(item.data(FOLDER))

    def _on_open(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open a dataset"), str(self._root))
        if chosen:
            self.chosen.emit(Path(chosen))
