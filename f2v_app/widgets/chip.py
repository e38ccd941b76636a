"""A generator's hue as a small round mark."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

SIZE = 10
"""Its width and height, in pixels."""


class Chip(QWidget):
    """A disc in one hue; the name always stands beside it."""

    def __init__(self, hue: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hue = hue
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_hue(self, hue: QColor) -> None:
        """Show another hue."""
        self._hue = hue
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(SIZE, SIZE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            _draw(painter, self._hue, SIZE)


def chip_icon(hue: QColor) -> QIcon:
    """The same mark as an icon, for a control that has room for one."""
    icon = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(QSize(SIZE, SIZE) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            _draw(painter, hue, SIZE * ratio)
        icon.addPixmap(pixmap)
    return icon


def _draw(painter: QPainter, hue: QColor, size: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hue)
    painter.drawEllipse(0, 0, size, size)
