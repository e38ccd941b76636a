"""A label of one line that shows as much of a long name as there is room for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyleOption
from typing_extensions import override


class ElidedLabel(QLabel):
    """Leaves out the middle of a text that is too long; its start and its ending tell the most."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOption()
        option.initFrom(self)
        with QPainter(self) as painter:
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
            self.style().drawItemText(
                painter,
                self.rect(),
                int(self.alignment()),
                option.palette,
                self.isEnabled(),
                text,
                self.foregroundRole(),
            )
