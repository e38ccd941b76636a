"""A side's content when it is taller than the window: it scrolls, and its edges stay where they are."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget
from typing_extensions import override


class SideScroll(QScrollArea):
    """Scrolls up and down only; its bar stands in the content's right margin instead of pushing the controls aside."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """`content` has a layout with a right margin that is wider than a scroll bar."""
        super().__init__(parent, widgetResizable=True)
        self._column = cast("QLayout", content.layout())
        self._margins = self._column.contentsMargins()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.width() - self.viewport().width()
        margins = self._margins
        self._column.setContentsMargins(
            margins.left(), margins.top(), margins.right() - bar, margins.bottom()
        )
        super().resizeEvent(event)
