"""The rows of a list of folders: a name, a quiet line below it, and room for a button at their end."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from f2v_app import theme

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
"""Where a row keeps its second line."""
BUTTON = 28
"""Pixels at a row's end that belong to its button."""
AnyIndex = QModelIndex | QPersistentModelIndex


class FolderDelegate(QStyledItemDelegate):
    """Paints rows that are marked by their ground alone, and the one with the keyboard's focus by a line around it.

    Attributes:
        kept: pixels on the left that the words leave free.
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
        to_choose = bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)
        painter.save()
        _paint_ground(painter, row.rect, row.state, to_choose=to_choose)
        area = row.rect.adjusted(theme.S + self.kept, theme.S, -BUTTON, -theme.S)
        words = str(index.data(SECOND_LINE))
        name = str(index.data())
        _paint_line(painter, area, name, QApplication.font(), chosen.text if to_choose else chosen.faint)
        area.setTop(area.bottom() + 1 - QFontMetrics(theme.small_font()).height())
        _paint_line(painter, area, words, theme.small_font(), chosen.muted if to_choose else chosen.faint)
        painter.restore()


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag, *, to_choose: bool) -> None:
    chosen = theme.colors()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(chosen.pressed))
    elif to_choose and state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(chosen.hover))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(chosen.accent))
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _paint_line(painter: QPainter, area: QRect, text: str, font: QFont, color: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)
