"""The index-exact slider over a clip's frames, and where frames lie on everything that stands over it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QWidget
from typing_extensions import override

from f2v_app import theme

HANDLE = 14
"""Width of the handle with its outline, as `app.qss` draws it."""


def place_of(index: int, count: int, width: int) -> float:
    """How many pixels from the left edge frame `index` of `count` lies in a scrubber `width` pixels wide."""
    return HANDLE / 2 + index / max(1, count - 1) * max(1, width - HANDLE)


def index_at(x: float, count: int, width: int) -> int:
    """The frame of `count` whose place is nearest to `x` pixels from the left edge of `width`."""
    share = (x - HANDLE / 2) / max(1, width - HANDLE)
    return round(min(max(share, 0.0), 1.0) * max(0, count - 1))


class Scrubber(QSlider):
    """Goes straight to the frame under the pointer; shows which part is played."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._range = (0, 0)
        self.setPageStep(10)
        self.setAccessibleName(self.tr("Frame"))
        self.setToolTip(self.tr("Drag to look at any frame"))

    def show_range(self, first: int, last: int) -> None:
        """Mark the first and the last frame that is played."""
        self._range = first, last
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        count = self.maximum() + 1
        if count < 2 or self._range == (0, count - 1):
            return
        first, last = (place_of(index, count, self.width()) for index in self._range)
        with QPainter(self) as painter:
            color = QColor(theme.colors().accent)
            for x, reach in ((first, 4), (last, -4)):
                painter.fillRect(QRectF(x - 1, 2, 2, self.height() - 4), color)
                for y in (2, self.height() - 4):
                    painter.fillRect(QRectF(min(x, x + reach), y, abs(reach), 2), color)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._index_at(event))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._index_at(event))

    def _index_at(self, event: QMouseEvent) -> int:
        return index_at(event.position().x(), self.maximum() + 1, self.width())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
