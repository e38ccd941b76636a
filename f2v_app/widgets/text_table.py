"""A table of texts that can be searched and copied, such as the rejected files with their reasons."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.run_state import count

AnyIndex = QModelIndex | QPersistentModelIndex
Row = tuple[str, ...]
Kind = Literal["path", "short", "text"]
"""Of a column: paths keep both ends, short texts are never cut, and the last other column takes what is left."""


class TextModel(QAbstractTableModel):
    """Rows of texts under headings; those that hold what is searched for."""

    def __init__(self, headings: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._headings = list(headings)
        self._all: list[Row] = []
        self._shown: list[Row] = []

    @property
    def shown(self) -> list[Row]:
        """The rows that are shown."""
        return self._shown

    def set_rows(self, rows: list[Row], wanted: str) -> None:
        """Hold other rows, and show those with `wanted` in them, whatever its case."""
        self.beginResetModel()
        self._all = rows
        lowered = wanted.casefold()
        self._shown = [row for row in rows if lowered in "\t".join(row).casefold()] if wanted else rows
        self.endResetModel()

    def search(self, wanted: str) -> None:
        """Show the rows with `wanted` in them."""
        self.set_rows(self._all, wanted)

    @override
    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self._shown)

    @override
    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - as above
        return len(self._headings)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._shown[index.row()][index.column()]
        return None


class TextTable(QWidget):
    """A search line, a button that copies what is shown, and the rows; Ctrl+C copies the chosen ones."""

    def __init__(self, columns: Mapping[str, Kind], name: str, parent: QWidget | None = None) -> None:
        """`columns` are headings and kinds; `name` says what the rows are."""
        super().__init__(parent)
        self._model = TextModel(list(columns), self)
        self._search = QLineEdit(self, clearButtonEnabled=True)
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAcceptDrops(False)  # a drop is for the whole page
        self._search.setAccessibleName(self.tr("Search: {0}").format(name))
        self._search.textChanged.connect(self._on_searched)
        self._copy = push_button(self.tr("Copy"), self, tip=self.tr("Copy the rows that are shown"))
        self._copy.clicked.connect(lambda: _copy(self._model.shown))
        self._count = QLabel(self)
        theme.set_role(self._count, "muted")
        self._count.setFont(theme.tabular(theme.small_font()))
        self._note = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._note, "muted")
        self._view = _View(self._model, list(columns.values()), name, self)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self._search, stretch=1)
        top.addWidget(self._count)
        top.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(top)
        column.addWidget(self._note)
        column.addWidget(self._view, stretch=1)
        column.addStretch(0)

    def show_rows(self, rows: list[Row], note: str = "") -> None:
        """Show other rows; `note` is a sentence above them, or all that there is when there are none."""
        self._search.clear()
        self._model.set_rows(rows, "")
        self._view.share_room()
        for part in (self._search, self._count, self._copy, self._view):
            part.setVisible(bool(rows))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._show_count()

    @property
    def shown(self) -> list[Row]:
        """The rows that are shown."""
        return self._model.shown

    def _on_searched(self, wanted: str) -> None:
        self._model.search(wanted.strip())
        self._show_count()

    def _show_count(self) -> None:
        self._count.setText(count(len(self._model.shown)))
        self._copy.setEnabled(bool(self._model.shown))


class _MiddleElided(QStyledItemDelegate):
    """Leaves out the middle of a long path: its folder and its name tell the most."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        style: Any = option  # the type stubs do not know its elide mode
        style.textElideMode = Qt.TextElideMode.ElideMiddle


class _View(QTableView):
    """Whole rows to choose from, in columns that share the room."""

    def __init__(self, model: TextModel, kinds: Sequence[Kind], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._kinds = model, kinds
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        for column, kind in enumerate(kinds):
            if kind == "path":
                self.setItemDelegateForColumn(column, _MiddleElided(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.S)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def share_room(self) -> None:
        """Give short columns what they need, the others as much of the same share, the last of them the rest."""
        header = self.horizontalHeader()
        needs = [
            max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) + theme.S
            for at in range(len(self._kinds))
        ]
        left = self.viewport().width() - sum(
            need for need, kind in zip(needs, self._kinds, strict=True) if kind == "short"
        )
        wide = [at for at, kind in enumerate(self._kinds) if kind != "short"]
        for place, at in enumerate(wide):
            share = left // (len(wide) - place)
            needs[at] = share if at == wide[-1] else min(needs[at], share)
            left -= needs[at]
        for at, need in enumerate(needs):
            header.resizeSection(at, need)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            lines = sorted(index.row() for index in self.selectionModel().selectedRows())
            _copy([self._texts.shown[line] for line in lines])
        else:
            super().keyPressEvent(event)


def _copy(rows: Sequence[Row]) -> None:
    """Put rows on the clipboard: tabs between columns, a line each, as spreadsheets take them."""
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
