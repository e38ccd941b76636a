"""The plot of one loss: every run's curve, the raw values faint behind the smooth ones, and what the pointer reads."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.loss_axis import bounds, thin, value_text
from f2v_app.widgets.loss_drawing import Line, Plot, paint_axes, paint_line, paint_place
from f2v_app.widgets.loss_series import Column, LossSeries
from f2v_app.widgets.loss_view import DASHES, HUES, LossView
from f2v_app.widgets.loss_words import loss_help, loss_name

NOTCH = 120.0
"""What Qt counts for one notch of a wheel."""
STEP = 0.8
"""What is left of the seen part after one notch."""
WIDEST = "0.0000"
"""The widest number beside the axis."""
STILL = 4
"""Pixels that a click may wander."""


class LossTile(QWidget):
    """One loss; wheel and drag move along the axis, a double click shows all, a click points at a step.

    Attributes:
        name: the loss, as the history has it.
    """

    def __init__(self, view: LossView, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self.name = view, name
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setMouseTracking(True)
        self.setFont(theme.small_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Curve of {0}").format(loss_name(name)))
        keys = self.tr("Wheel: zoom. Drag: move. Double click: all. Click: that step's samples.")
        self.setToolTip(f"{loss_help(name)}\n{keys}".strip())
        view.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, 130)

    def area(self) -> QRectF:
        """Where the curves are drawn."""
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance(WIDEST) + theme.S
        below = line + theme.S
        return QRectF(
            left,
            line + theme.XS,
            self.width() - left - theme.S,
            max(1.0, self.height() - line - theme.XS - below),
        )

    def values(self) -> list[float]:
        """Each run's value at the row nearest to the pointer, or the newest; NaN where a run has no such loss."""
        return [
            _value(each.history.series.get(self.name), self._view.axis(each.history), self._view.cursor)
            for each in self._view.runs
        ]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        lines = list(self._lines())
        raw = [line.raw[1] for line in lines if line.raw is not None]
        span = bounds([line.smooth[1] for line in lines], raw, log=self._view.log)
        with QPainter(self) as painter:
            self._paint_head(painter)
            if span is not None:
                plot = Plot(self.area(), self._view.window, span, self._view.log, self._view.by_time)
                paint_axes(painter, plot)
                self._paint_inside(painter, plot, lines)

    def _paint_inside(self, painter: QPainter, plot: Plot, lines: list[Line]) -> None:
        painter.setClipRect(plot.area.adjusted(-1, -1, 1, 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in reversed(lines):
            paint_line(painter, plot, line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        quiet = QPen(QColor(theme.colors().muted), 1, Qt.PenStyle.DotLine)
        for mark in self._view.marks:
            place = self._view.place_of(mark.step)
            if place is not None:
                paint_place(painter, plot, place, quiet, mark.text)
        if self._view.cursor is not None:
            paint_place(painter, plot, self._view.cursor, QPen(QColor(theme.colors().accent), 1))

    def _lines(self) -> Iterator[Line]:
        for index, each in enumerate(self._view.runs):
            series = each.history.series.get(self.name)
            if series is not None:
                hue, dash = QColor(HUES[index % len(HUES)]), DASHES[index % len(DASHES)]
                yield self._line(series, self._view.axis(each.history), hue, dash)

    def _line(self, series: LossSeries, axis: Column, hue: QColor, dash: Qt.PenStyle) -> Line:
        first, last = np.searchsorted(axis, self._view.window)
        rows = slice(max(0, int(first) - 1), int(last) + 1)
        pixels = max(16, round(self.area().width() * self.devicePixelRatioF()))
        raw = thin(axis[rows], series.raw[rows], pixels)
        if not self._view.smoothed:
            return Line(hue, dash, raw, None)
        return Line(hue, dash, thin(axis[rows], series.smooth[rows], pixels), raw)

    def _paint_head(self, painter: QPainter) -> None:
        """The loss's name; on the right its value under the pointer, or the newest, for each run in its hue."""
        line, values = self.fontMetrics().height(), self.values()
        room = QRectF(theme.XS, 0, self.width() - theme.XS - theme.S, line)
        right = room.right()
        for index, value in reversed(list(enumerate(values))):
            words = value_text(value, 4 if len(values) == 1 else 3)
            painter.setPen(QColor(theme.colors().text if len(values) == 1 else HUES[index % len(HUES)]))
            box = QRectF(room.left(), 0, right - room.left(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, words)
            right -= painter.fontMetrics().horizontalAdvance(words) + theme.S
        painter.setPen(QColor(theme.colors().muted))
        title = self.fontMetrics().elidedText(
            loss_name(self.name), Qt.TextElideMode.ElideRight, max(0, int(right - room.left()))
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, title)

    def place_at(self, x: float) -> float:
        """The place on the axis at a pixel."""
        area, (left, right) = self.area(), self._view.window
        return left + (x - area.left()) / max(1.0, area.width()) * (right - left)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        if self._pressed is not None and (self._dragged or abs(here.x() - self._pressed.x()) > STILL):
            self._dragged = True
            self._view.pan(self.place_at(self._pressed.x()) - self.place_at(here.x()))
            self._pressed = here
        low, high = self._view.whole
        self._view.point_at(min(max(self.place_at(here.x()), low), high))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged:
            self._view.step_wanted.emit(round(self._view.step_at(self.place_at(event.position().x()))))
        self._pressed = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._view.show_all()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = STEP ** (event.angleDelta().y() / NOTCH)
        self._view.zoom(factor, self.place_at(event.position().x()))
        event.accept()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._view.point_at(None)
        super().leaveEvent(event)


def _value(series: LossSeries | None, axis: Column, place: float | None) -> float:
    known = np.flatnonzero(np.isfinite(series.raw)) if series is not None else np.empty(0, np.int64)
    if series is None or not len(known):
        return float("nan")
    row = known[-1] if place is None else known[np.abs(axis[known] - place).argmin()]
    return float(series.raw[row])
