"""Draws one clip's frame against the reference's: wiped, subtracted, flipped or on top of each other."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from f2v_app.comparison import Comparison
from f2v_app.widgets.frame_view import FrameView
from f2v_app.widgets.viewport import Viewport
from f2v_core.frames import Frame

GRIP = 6
"""How near to the wipe's line the pointer takes hold of it, in pixels."""


class ComparedView(FrameView):
    """A frame view that may hold the reference's frame beside its own.

    In a wipe, the line is dragged; in a flip, holding the button shows the other frame.
    """

    def __init__(self, viewport: Viewport, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._comparison = comparison
        self._other: Frame | None = None
        self._wiping = False
        self.setMouseTracking(True)
        comparison.changed.connect(self.update)

    @property
    def other(self) -> Frame | None:
        """The reference's frame; None where there is nothing to compare with."""
        return self._other

    def set_frames(self, frame: Frame | None, other: Frame | None, size: QSize) -> None:
        """Show a frame, (H, W, 3) uint8 RGB, against another of its shape; or the outline of one of `size` pixels."""
        self._other = other
        self.set_frame(frame, size)

    def shown(self) -> QRectF:
        """Where the picture is to be seen, in screen pixels of this widget."""
        ratio = self.devicePixelRatioF()
        return self.target() & QRectF(0, 0, self.width() * ratio, self.height() * ratio)

    def line_x(self) -> float:
        """Where the wipe's line stands, in screen pixels of this widget."""
        shown = self.shown()
        return round(shown.left() + self._comparison.divider * shown.width())

    @override
    def _draw(self, painter: QPainter, frame: Frame, target: QRectF) -> None:
        other, how = self._other, self._comparison
        if other is None or not how.against:
            super()._draw(painter, frame, target)
        elif how.mode == "difference":
            from f2v_core.media.comparing import difference_frame  # noqa: PLC0415 - loads numpy after the window shows

            super()._draw(painter, difference_frame(frame, other, how.gain), target)
        elif how.mode == "flip":
            super()._draw(painter, other if how.flipped != how.swapped else frame, target)
        elif how.mode == "onion":
            below, above = (frame, other) if how.swapped else (other, frame)
            super()._draw(painter, below, target)
            painter.setOpacity(how.opacity)
            super()._draw(painter, above, target)
        else:
            self._draw_wiped(painter, (frame, other) if how.swapped else (other, frame), target)

    def _draw_wiped(self, painter: QPainter, sides: tuple[Frame, Frame], target: QRectF) -> None:
        shown, x = self.shown(), self.line_x()
        left = QRectF(shown.left(), shown.top(), x - shown.left(), shown.height())
        right = QRectF(x, shown.top(), shown.right() - x, shown.height())
        for room, frame in zip((left, right), sides, strict=True):
            painter.setClipRect(room)
            super()._draw(painter, frame, target)
        painter.setClipping(False)
        ratio = self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, color in ((3.0, QColor(0, 0, 0, 110)), (1.0, QColor(255, 255, 255))):
            painter.fillRect(QRectF(x - width * ratio / 2, shown.top(), width * ratio, shown.height()), color)
        painter.setBrush(QColor(255, 255, 255))
        painter.setPen(QColor(0, 0, 0, 110))
        painter.drawEllipse(QPointF(x, shown.center().y()), 5 * ratio, 5 * ratio)

    def _on_line(self, event: QMouseEvent) -> bool:
        if self._comparison.mode != "wipe" or self._other is None:
            return False
        return abs(event.position().x() - self.line_x() / self.devicePixelRatioF()) <= GRIP

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_line(event):
            self._wiping = True
            return
        if event.button() == Qt.MouseButton.LeftButton and self._comparison.mode == "flip":
            self._comparison.set_flipped(flipped=True)
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._wiping:
            shown = self.shown()
            x = event.position().x() * self.devicePixelRatioF()
            self._comparison.set_divider((x - shown.left()) / max(1.0, shown.width()))
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            if self._on_line(event):
                self.setCursor(Qt.CursorShape.SplitHCursor)
            else:
                self.unsetCursor()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._wiping = False
        self._comparison.set_flipped(flipped=False)
        super().mouseReleaseEvent(event)
