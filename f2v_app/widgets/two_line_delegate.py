"""A list's rows with a name and a quiet line below it."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from f2v_app import theme

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
"""Where an item keeps its second line."""
AnyIndex = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(QStyledItemDelegate):
    """Paints rows that are marked by their ground alone, as the rest of the app does.

    Attributes:
        kept: pixels on the right that the words leave free.
    """

    kept = 0

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        lines = [QFontMetrics(font).height() for font in (QApplication.font(), theme.small_font())]
        return QSize(0, sum(lines) + 2 * theme.S)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Any = option  # the type stubs know neither its rect nor its state
        chosen = theme.colors()
        enabled = bool(row.state & QStyle.StateFlag.State_Enabled)
        painter.save()
        _paint_ground(painter, row.rect, row.state)
        area = row.rect.adjusted(theme.S, theme.S, -theme.S - self.kept, -theme.S)
        words = str(index.data(SECOND_LINE))
        _paint_line(
            painter, area, str(index.data()), QApplication.font(), chosen.text if enabled else chosen.faint
        )
        area.setTop(area.bottom() + 1 - QFontMetrics(theme.small_font()).height())
        _paint_line(painter, area, words, theme.small_font(), chosen.muted if enabled else chosen.faint)
        painter.restore()


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    chosen = theme.colors()
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(chosen.pressed))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(chosen.hover))
    else:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(area, 6, 6)


def _paint_line(painter: QPainter, area: QRect, text: str, font: QFont, color: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)
