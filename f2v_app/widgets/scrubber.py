"""The index-exact slider over a clip's frames."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QWidget
from typing_extensions import override

HANDLE = 14
"""Width of the handle with its outline, as `app.qss` draws it."""


class Scrubber(QSlider):
    """Goes straight to the frame under the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setPageStep(10)
        self.setAccessibleName(self.tr("Frame"))
        self.setToolTip(self.tr("Drag to look at any frame"))

    def index_at(self, x: float) -> int:
        """The frame whose place is nearest to `x` pixels from the left edge."""
        share = (x - HANDLE / 2) / max(1, self.width() - HANDLE)
        return round(min(max(share, 0.0), 1.0) * self.maximum())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self.index_at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self.index_at(event.position().x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
