"""The boxes in front of rows that can be ticked as well as chosen: a tick chooses nothing."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.folder_delegate import AnyIndex, FolderDelegate

BOX = 14
"""Width and height of a tick's box, in pixels."""


def tick_area(row: QRect) -> QRect:
    """Where a click ticks: the left end of a row."""
    return QRect(row.left(), row.top(), BOX + 2 * theme.S, row.height())


def is_ticked(index: AnyIndex) -> bool:
    """Whether a row is ticked."""
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked


class TickDelegate(FolderDelegate):
    """Paints a box at the left end of each row."""

    kept = BOX + theme.S

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        center = QRectF(tick_area(option.rect)).center()
        box = QRectF(center.x() - BOX / 2 + 0.5, center.y() - BOX / 2 + 0.5, BOX - 1, BOX - 1)
        on, chosen = is_ticked(index), theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(chosen.accent if on else chosen.faint))
        painter.setBrush(QColor(chosen.accent if on else chosen.field))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            painter.setPen(QPen(QColor(chosen.on_accent), 1.6))
            places = ((3.2, 7.0), (5.8, 9.6), (10.2, 4.2))
            painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x, y) for x, y in places]))
        painter.restore()

    @override
    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        if not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        hit = tick_area(option.rect).contains(event.position().toPoint())
        if event.type() == QEvent.Type.MouseButtonRelease and hit:
            other = Qt.CheckState.Unchecked if is_ticked(index) else Qt.CheckState.Checked
            return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)
        return hit
