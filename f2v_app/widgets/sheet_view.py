"""The newest preview of a training, aspect kept: crisp when enlarged, smooth when made smaller."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from f2v_app import theme

SKELETON = 4 / 3
"""Width over height of what stands in for a preview that is still to come."""


class SheetView(QWidget):
    """One picture, at the top left as the text above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Preview"))

    @property
    def image(self) -> QImage:
        """What is shown; null when nothing is."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show a picture; a null one shows nothing."""
        self._image = image
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    def target(self) -> QRect:
        """Where the picture lies, in device pixels: whole multiples of its size where it is enlarged."""
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        size = self._image.size()
        zoom = min(room.width() // max(1, size.width()), room.height() // max(1, size.height()))
        size = size * zoom if zoom >= 1 else size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(0, 0, size.width(), size.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            self._paint_skeleton()
            return
        target = self.target()
        with QPainter(self) as painter:
            painter.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
            smaller = target.width() < self._image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=smaller)
            painter.drawImage(target, self._image)

    def _paint_skeleton(self) -> None:
        """Hold the place of the preview that is to come."""
        width = min(self.width() - 1.0, self.height() * SKELETON)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.colors().line))
            painter.setBrush(QColor(theme.colors().panel))
            painter.drawRoundedRect(QRectF(0.5, 0.5, width, self.height() - 1.0), 6, 6)
