"""The legend of runs that lie over each other: a stroke of each one's line beside its name."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.loss_view import DASHES, HUES

STROKE = QSize(24, 10)
"""The size of a stroke, in pixels."""


class _Stroke(QWidget):
    """A piece of a run's line."""

    def __init__(self, index: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._index = index
        self.setFixedSize(STROKE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(HUES[self._index % len(HUES)]), 2, DASHES[self._index % len(DASHES)]))
            painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)


class LossLegend(QWidget):
    """Names in a row; hidden while there is one run alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.S)
        self.hide()

    def show_names(self, names: Sequence[str]) -> None:
        """Show these runs, in the order of their hues."""
        if tuple(names) == self.names:
            return
        self.names = tuple(names)
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for index, name in enumerate(names):
            label = ElidedLabel(name, self)
            label.setFont(theme.small_font())
            label.setToolTip(name)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._row.addWidget(_Stroke(index, self))
            self._row.addWidget(label)
        self._row.addStretch(1)
        self.setVisible(len(names) > 1)
