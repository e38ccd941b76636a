"""Paints a report's table: a figure over its interval, a method's name over what it is."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.chip import SIZE, chip_icon

BELOW = Qt.ItemDataRole.UserRole + 1
"""Where a cell keeps its second line."""
HUE = Qt.ItemDataRole.UserRole + 2
"""Where a name keeps its hue; figures have none."""
INSET = 5
"""Pixels on both sides, as of the headings in the style sheet."""
SLACK = 3
"""Pixels: letters are painted at fractions of them."""
AnyIndex = QModelIndex | QPersistentModelIndex


class ReportDelegate(QStyledItemDelegate):
    """Two lines a cell; names stand left beside their hue, figures right."""

    @staticmethod
    def height() -> int:
        """Pixels of a line of the table."""
        return sum(QFontMetrics(font).height() for font in _fonts()) + theme.S

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        texts = (str(index.data()), str(index.data(BELOW)))
        widths = (
            QFontMetrics(font).horizontalAdvance(text) for font, text in zip(_fonts(), texts, strict=True)
        )
        mark = SIZE + theme.S if index.data(HUE) else 0
        return QSize(max(widths) + mark + 2 * INSET + SLACK, self.height())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Any = option  # the type stubs know neither its rect nor its state
        painter.save()
        if row.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row.rect, QColor(theme.colors().pressed))
        area = row.rect.adjusted(INSET, theme.XS, -INSET, -theme.XS)
        if hue := index.data(HUE):
            area = _paint_mark(painter, area, hue)
        _paint_lines(painter, area, index, right=not hue)
        painter.restore()


def _fonts() -> tuple[QFont, QFont]:
    return theme.tabular(QApplication.font()), theme.small_font()


def _paint_mark(painter: QPainter, area: QRect, hue: QColor) -> QRect:
    """Draw the hue beside the first line; returns what is left for the text."""
    line = QFontMetrics(QApplication.font()).height()
    mark = QRect(area.left(), area.top() + (line - SIZE) // 2 + 1, SIZE, SIZE)
    chip_icon(hue).paint(painter, mark)
    return area.adjusted(SIZE + theme.S, 0, 0, 0)


def _paint_lines(painter: QPainter, area: QRect, index: AnyIndex, *, right: bool) -> None:
    chosen = theme.colors()
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    top = area.top()
    for font, text, color in zip(
        _fonts(), (str(index.data()), str(index.data(BELOW))), (chosen.text, chosen.muted), strict=True
    ):
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(color))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        place = QRect(area.left(), top, area.width(), metrics.height())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        top += metrics.height()
