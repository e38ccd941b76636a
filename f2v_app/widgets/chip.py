"""A generator's hue as a small round mark."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
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

    @override
    def sizeHint(self) -> QSize:
        return QSize(SIZE, SIZE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._hue)
            painter.drawEllipse(self.rect())
