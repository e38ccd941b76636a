"""How many there are, by category and split."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.run_state import count
from f2v_app.widgets.splits import SPLITS, split_icon, split_name

Counts = Mapping[str, Mapping[str, int]]
"""How many, by split and then by category; a category may be empty."""
NAME = 88
"""Pixels that a category's name has at least."""


class CountsTable(QTableWidget):
    """A row for all, then one for each category; its columns are the splits' key of colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setFont(theme.tabular(self.font()))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.XS)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.set_role(self, "figures")

    @override
    def sizeHint(self) -> QSize:
        return QSize(264, 120)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._match_room()

    def _match_room(self) -> None:
        """Where room is short, the sums over the splits go before the names do."""
        last, header = len(SPLITS) + 1, self.horizontalHeader()
        self.setColumnHidden(last, False)
        figures = (max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(1, last + 1))
        self.setColumnHidden(last, self.viewport().width() - sum(figures) < NAME)

    def show_counts(self, counts: Counts, what: str) -> None:
        """Show other counts; `what` says of what, such as "Clips"."""
        names = sorted({name for categories in counts.values() for name in categories})
        self.setAccessibleName(self.tr("{0} by category and split").format(what))
        self._show_headings(what)
        rows: list[list[int]] = []
        for name in names:
            row = [counts.get(split, {}).get(name, 0) for split in SPLITS]
            rows.append([*row, sum(row)])
        if len(rows) != 1 or names != [""]:
            self._fill(
                [self.tr("All"), *(name or self.tr("no category") for name in names)], [_sum(rows), *rows]
            )
        else:
            self._fill([self.tr("All")], rows)
        self._match_room()

    def _show_headings(self, what: str) -> None:
        self.setColumnCount(len(SPLITS) + 2)
        for column, title in enumerate([what, *map(split_name, SPLITS), self.tr("all")]):
            item = QTableWidgetItem(title)
            left = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            item.setTextAlignment(left | Qt.AlignmentFlag.AlignVCenter)
            if 0 < column <= len(SPLITS):
                item.setIcon(split_icon(SPLITS[column - 1]))
            self.setHorizontalHeaderItem(column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _fill(self, names: list[str], rows: list[list[int]]) -> None:
        self.setRowCount(len(rows))
        for line, (name, row) in enumerate(zip(names, rows, strict=True)):
            for column, text in enumerate([name, *(count(number) if number else "–" for number in row)]):
                item = QTableWidgetItem(text)
                item.setToolTip(name if column == 0 else "")
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(line, column, item)


def _sum(rows: list[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)] or [0] * (len(SPLITS) + 1)
