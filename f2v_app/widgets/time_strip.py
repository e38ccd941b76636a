"""What stands over the scrubber and shows the same frames at the same places."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.playhead import Playhead
from f2v_app.widgets.scrubber import index_at, place_of


class TimeStrip(QWidget):
    """A line `height` pixels high over all frames of a playhead; a click or a drag goes to a frame."""

    def __init__(self, playhead: Playhead, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playhead, self._height = playhead, height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for moved in (playhead.index_changed, playhead.range_changed, playhead.count_changed):
            moved.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._height)

    def place(self, index: int) -> float:
        """How many pixels from the left edge a frame lies."""
        return place_of(index, self._playhead.count, self.width())

    def index_at(self, x: float) -> int:
        """The frame whose place is nearest to `x` pixels from the left edge."""
        return index_at(x, self._playhead.count, self.width())

    def paint_playhead(self, painter: QPainter) -> None:
        """Draw where the playhead is, to be seen on any picture."""
        x = self.place(self._playhead.index)
        for width, color in ((3, QColor(0, 0, 0, 70)), (1, QColor(theme.colors().accent))):
            painter.setPen(QPen(color, width))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    def _seek(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._playhead.pause()
            self._playhead.seek(self.index_at(event.position().x()))
