"""How a clip looks in the grid: its picture, and two short lines below."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.clip_pictures import ClipPictures
from f2v_app.widgets.clip_player import ClipPlayer
from f2v_app.widgets.clip_words import ClipWords

ROW, WORDS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
"""Where the model keeps a clip's number and its `ClipWords`."""
GAP = theme.S
"""Pixels between two pictures."""
AnyIndex = QModelIndex | QPersistentModelIndex


def caption_height() -> int:
    """Pixels of the two lines below a picture."""
    return 2 * QFontMetrics(theme.small_font()).height() + theme.XS


class ClipCell(QStyledItemDelegate):
    """Paints clips; the one that plays shows the frame of the moment."""

    def __init__(self, pictures: ClipPictures, player: ClipPlayer, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures, self._player = pictures, player

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, 0)  # the grid decides

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row, words = index.data(ROW), index.data(WORDS)
        if row is None:
            return  # behind the last clip
        style: Any = option  # the type stubs know neither its rect nor its state
        area = style.rect.adjusted(0, 0, -GAP, -GAP)
        picture = QRect(area.left(), area.top(), area.width(), area.height() - caption_height())
        painter.save()
        self._paint_picture(painter, picture, row)
        _paint_words(painter, area, words)
        chosen = theme.colors()
        focused = bool(style.state & QStyle.StateFlag.State_HasFocus)
        if focused or row == self._player.row:
            painter.setPen(QPen(QColor(chosen.accent if focused else chosen.muted), 2))
            painter.drawRect(picture.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_picture(self, painter: QPainter, area: QRect, row: int) -> None:
        painter.fillRect(area, QColor(theme.colors().room))
        image = self._player.image(row) or self._pictures.still(row)
        if isinstance(image, QImage):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(_fitted(image.size(), area), image)
        elif image:
            theme.icon("warning").paint(
                painter, area.adjusted(0, 0, 0, 0).intersected(_middle(area)), mode=QIcon.Mode.Normal
            )


def _middle(area: QRect) -> QRect:
    mark = QRect(0, 0, theme.ICON, theme.ICON)
    mark.moveCenter(area.center())
    return mark


def _fitted(size: QSize, area: QRect) -> QRectF:
    """The picture's place: as large as fits, in the middle."""
    fitted = QRectF(0, 0, 1, 1)
    fitted.setSize(size.toSizeF().scaled(area.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio))
    fitted.moveCenter(QRectF(area).center())
    return fitted


def _paint_words(painter: QPainter, area: QRect, words: ClipWords | None) -> None:
    if words is None:
        return
    chosen, font = theme.colors(), theme.small_font()
    metrics = QFontMetrics(font)
    painter.setFont(font)
    line = QRect(area.left(), area.bottom() + 1 - caption_height(), area.width(), metrics.height())
    line.translate(0, theme.XS // 2)
    for text, color, mode in (
        (words.title, chosen.text, Qt.TextElideMode.ElideMiddle),
        (words.line, chosen.muted, Qt.TextElideMode.ElideRight),
    ):
        painter.setPen(QColor(color))
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(text, mode, line.width()),
        )
        line.translate(0, metrics.height())
