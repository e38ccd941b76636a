"""A list whose rows can be ticked as well as chosen: a tick chooses nothing."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListWidget, QStyleOptionViewItem, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.two_line_delegate import TwoLineDelegate

BOX = 14
"""Width and height of a tick's box, in pixels."""
AnyIndex = QModelIndex | QPersistentModelIndex


def tick_area(row: QRectF) -> QRectF:
    """Where a click ticks: the right end of a row."""
    return QRectF(row.right() - BOX - 2 * theme.S, row.top(), BOX + 2 * theme.S, row.height())


class TickDelegate(TwoLineDelegate):
    """Paints a box at the right end of each row."""

    kept = BOX + theme.S

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        area = tick_area(QRectF(option.rect))
        box = QRectF(area.center().x() - BOX / 2 + 0.5, area.center().y() - BOX / 2 + 0.5, BOX - 1, BOX - 1)
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        chosen = theme.colors()
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
        hit = tick_area(QRectF(option.rect)).contains(event.position())
        if event.type() == QEvent.Type.MouseButtonRelease and hit:
            on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
            other = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)
        return hit


class TickList(QListWidget):
    """Rows of two lines with a box each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TickDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def selectionCommand(
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        if isinstance(event, QMouseEvent) and index.isValid():
            row = QRectF(self.visualRect(index))
            if tick_area(row).contains(event.position()):
                return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)
