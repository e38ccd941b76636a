"""A report's table: a method a line, sorted by any column, figures with their intervals below them."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.report_cells import COLUMNS, Cell, Line, heading
from f2v_app.widgets.report_delegate import BELOW, HUE, ReportDelegate

AnyIndex = QModelIndex | QPersistentModelIndex
NAME, WIDEST_NAME = 150, 320
"""Pixels that a method's name and title have at least and at most; a longer title is cut, its tooltip tells all."""
ARROW = "▴"
ARROWS = {Qt.SortOrder.AscendingOrder: ARROW, Qt.SortOrder.DescendingOrder: "▾"}


class ReportModel(QAbstractTableModel):
    """Lines in the order of the report, or sorted by a column; what has no figure stays last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._given: list[Line] = []
        self._hues: Mapping[str, QColor] = {}
        self._sorted_by, self._order = -1, Qt.SortOrder.AscendingOrder
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line], hues: Mapping[str, QColor]) -> None:
        """Show other lines, sorted as before; each name has its hue."""
        self._given, self._hues = list(lines), hues
        self.sort(self._sorted_by, self._order)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the report's own order."""
        self.beginResetModel()
        self._sorted_by, self._order = column, order
        down = order == Qt.SortOrder.DescendingOrder
        if column < 0:
            self.lines = list(self._given)
        elif column == 0:
            self.lines = sorted(self._given, key=lambda line: line.name.casefold(), reverse=down)
        else:
            self.lines = sorted(self._given, key=lambda line: _key(line.cells[column - 1], down=down))
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS))

    @override
    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.lines)

    @override
    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - as above
        return 1 + len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = (self.tr("Method"), self.tr("As the report calls it."))
        title, tip = heading(COLUMNS[section - 1]) if section else name
        left = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{title} {ARROWS[self._order]}" if section == self._sorted_by else title
            case Qt.ItemDataRole.ToolTipRole:
                return self.tr("{0} Click to sort.").format(tip)
            case Qt.ItemDataRole.TextAlignmentRole:
                return left | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        cell = line.cells[index.column() - 1] if index.column() else Cell(line.name, line.title)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case _ if role == BELOW:
                return cell.below
            case _ if role == HUE and not index.column():
                return self._hues[line.name]
            case Qt.ItemDataRole.ToolTipRole:
                return line.title if not index.column() else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{cell.text}, {cell.below}" if cell.below else cell.text
        return None


def _key(cell: Cell, *, down: bool) -> tuple[bool, float]:
    return isnan(cell.order), 0.0 if isnan(cell.order) else (-cell.order if down else cell.order)


class ReportTable(QTableView):
    """Whole lines to choose from; Ctrl+C copies the table as spreadsheets take it.

    Signals:
        chosen: the user chose a method; its name.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ReportModel(self)
        self._wanted = ""
        self.setModel(self._model)
        self.setItemDelegate(ReportDelegate(self))
        self.setAccessibleName(self.tr("Figures by method"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerWidget(QWidget(self))  # nothing, where both scroll bars meet
        self.verticalHeader().hide()
        theme.set_role(self, "figures")
        self._prepare_header()
        self._model.modelReset.connect(self._on_reset)
        self.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())

    def _prepare_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # Qt would draw its arrow over the words
        header.setStyleSheet("QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; }")
        self.setSortingEnabled(True)

    @property
    def names(self) -> list[str]:
        """The methods from top to bottom."""
        return [line.name for line in self._model.lines]

    def show_lines(self, lines: Sequence[Line], hues: Mapping[str, QColor]) -> None:
        """Show other lines; the chosen method stays chosen."""
        self._model.show_lines(lines, hues)
        self.share_room()

    def choose(self, name: str) -> None:
        """Mark a method, now or once it is shown; `chosen` is emitted."""
        self._wanted = name
        if name in self.names:
            self.selectRow(self.names.index(name))

    def share_room(self) -> None:
        """Give figures what they need and names the rest; where that is too little, the table scrolls."""
        self.verticalHeader().setDefaultSectionSize(ReportDelegate.height())
        header, arrow = self.horizontalHeader(), self.fontMetrics().horizontalAdvance(f" {ARROW}")
        needs = [
            max(self.sizeHintForColumn(at), header.sectionSizeHint(at) + arrow)
            for at in range(1, self._model.columnCount())
        ]
        left = self.viewport().width() - sum(needs)
        name = max(NAME, min(left, self.sizeHintForColumn(0), WIDEST_NAME))
        spare = max(0, left - name) // len(needs)
        header.resizeSection(0, max(name, left - spare * len(needs)))
        for at, need in enumerate(needs, start=1):
            header.resizeSection(at, need + spare)
        lines = self.verticalHeader().length() + header.sizeHint().height() + 2 * theme.XS
        self.setMaximumHeight(lines + self.horizontalScrollBar().sizeHint().height())

    def _on_reset(self) -> None:
        if self._wanted in self.names:
            self.selectRow(self.names.index(self._wanted))

    def _on_selected(self) -> None:
        for index in self.selectionModel().selectedRows():
            self._wanted = self._model.lines[index.row()].name
            self.chosen.emit(self._wanted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._as_text())
        else:
            super().keyPressEvent(event)

    def _as_text(self) -> str:
        """The table with tabs between columns, a line each."""
        titles = [
            str(self._model.headerData(at, Qt.Orientation.Horizontal)) for at in range(1 + len(COLUMNS))
        ]
        rows = [
            [line.name, *(f"{cell.text} ({cell.below})" if cell.below else cell.text for cell in line.cells)]
            for line in self._model.lines
        ]
        return "\n".join("\t".join(row) for row in [titles, *rows])
