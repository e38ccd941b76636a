"""Draws one frame of a clip through the shared viewport."""

from __future__ import annotations

from math import floor, log2

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.pictures import borrowed_image
from f2v_app.widgets.viewport import Viewport
from f2v_core.frames import Frame

NOTCH = 120
"""What Qt counts for one notch of a wheel."""


class FrameView(QWidget):
    """A picture, or its outline at final size while it is to come.

    Wheel zooms at the cursor, dragging pans, a double click fits; all for every view of the viewport.

    Signals:
        placed: `target` may lie elsewhere.
    """

    placed = Signal()

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._frame: Frame | None = None
        self._size = QSize()
        self._dragged: QPoint | None = None
        self._turned = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(96, 64)
        self.setToolTip(self.tr("Wheel: zoom. Drag: move. Double click: fit."))
        viewport.changed.connect(self._on_viewport_changed)

    @property
    def frame(self) -> Frame | None:
        """What is shown: (H, W, 3) uint8 RGB; None: an outline."""
        return self._frame

    def set_frame(self, frame: Frame | None, size: QSize) -> None:
        """Show a frame, or the outline of one of `size` pixels."""
        self._frame, self._size = frame, size
        self.update()

    def target(self) -> QRectF:
        """Where the picture lies, in screen pixels of this widget."""
        zoom, ratio = self._viewport.zoom, self.devicePixelRatioF()
        corner = QPointF(self.width(), self.height()) * (ratio / 2) - self._viewport.middle * zoom
        return QRectF(
            round(corner.x()), round(corner.y()), self._size.width() * zoom, self._size.height() * zoom
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._viewport.set_pane(self.size() * self.devicePixelRatioF())
        super().resizeEvent(event)
        self.placed.emit()

    def _on_viewport_changed(self) -> None:
        self.update()
        self.placed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, target = self.devicePixelRatioF(), self.target()
        with QPainter(self) as painter:
            painter.scale(1 / ratio, 1 / ratio)
            if self._frame is None:
                painter.fillRect(target, QColor(theme.colors().pressed))
            else:
                self._draw(painter, self._frame, target)

    def _draw(self, painter: QPainter, frame: Frame, target: QRectF) -> None:
        zoom = self._viewport.zoom
        crisp = zoom >= 1 and zoom == int(zoom)
        if zoom <= 0.5:  # the painter looks at 2x2 pixels only: here the mean of all is taken
            from f2v_core.media.fitting import halve  # noqa: PLC0415 - loads numpy after the window shows

            times = min(floor(-log2(zoom)), floor(log2(min(frame.shape[:2]))))
            frame = halve(frame, times)
            target = QRectF(target.topLeft(), QSizeF(frame.shape[1], frame.shape[0]) * 2**times * zoom)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
        painter.drawImage(target, borrowed_image(frame))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)
        self._turned -= steps * NOTCH
        middle = QPointF(self.width(), self.height()) / 2
        if steps:
            self._viewport.zoom_step(steps, (event.position() - middle) * self.devicePixelRatioF())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            here = event.position().toPoint()
            self._viewport.pan(QPointF(here - self._dragged) * self.devicePixelRatioF())
            self._dragged = here
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
        self.unsetCursor()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._viewport.fit()
