"""Draws a loss onto a place: axes, curves, marked steps."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from f2v_app import theme
from f2v_app.widgets.loss_axis import Column, linear_marks, log_marks, mark_text, time_marks
from f2v_app.widgets.run_state import duration

ROOMY = 90
"""Height in pixels from which words have room inside a plot."""
FAINT = 0.28
"""How much of its hue a raw curve has."""


@dataclass(frozen=True, eq=False)
class Line:
    """A run's curve as far as it is seen: points of the smoothed and of the raw values, where those differ."""

    hue: QColor
    dash: Qt.PenStyle
    smooth: tuple[Column, Column]
    raw: tuple[Column, Column] | None


@dataclass(frozen=True)
class Plot:
    """Values on a place of the screen.

    Attributes:
        area: the place.
        window: what is seen of the axis, from left to right.
        span: the values at bottom and top.
        log: whether they lie on a logarithmic axis.
        by_time: whether the other axis is seconds instead of steps.
    """

    area: QRectF
    window: tuple[float, float]
    span: tuple[float, float]
    log: bool
    by_time: bool

    def x(self, place: float) -> float:
        """The pixel of a place on the axis."""
        left, right = self.window
        return self.area.left() + (place - left) / (right - left) * self.area.width()

    def y(self, value: float) -> float:
        """The pixel of a value."""
        return float(self._heights(np.array([value]))[0])

    def _heights(self, values: Column) -> Column:
        low, high = self.span
        if self.log:
            values = np.log(np.maximum(values, low * 1e-6))
            low, high = float(np.log(low)), float(np.log(high))
        heights: Column = self.area.bottom() - (values - low) / (high - low) * self.area.height()
        return np.clip(heights, self.area.top() - 1e4, self.area.bottom() + 1e4)

    def polygon(self, points: tuple[Column, Column]) -> QPolygonF:
        """A curve's points as pixels."""
        left, right = self.window
        across = self.area.left() + (points[0] - left) / (right - left) * self.area.width()
        return QPolygonF(list(map(QPointF, across.tolist(), self._heights(points[1]).tolist())))


def paint_axes(painter: QPainter, plot: Plot) -> None:
    """Values beside lines across, steps or times below."""
    chosen, metrics, area = theme.colors(), painter.fontMetrics(), plot.area
    most = max(2, int(area.height() // (2 * metrics.height())))
    free = area.bottom() + metrics.height()  # where the next number may end
    for value in (log_marks if plot.log else linear_marks)(*plot.span, most):
        y = round(plot.y(value)) + 0.5
        if y > free:
            continue
        free = y - 0.9 * metrics.height()
        painter.setPen(QColor(chosen.line))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QColor(chosen.muted))
        box = QRectF(0, y - metrics.height() / 2, area.left() - theme.XS, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark_text(value))
    _paint_foot(painter, plot)


def _paint_foot(painter: QPainter, plot: Plot) -> None:
    metrics, area = painter.fontMetrics(), plot.area
    wide = metrics.horizontalAdvance("00 h 00 min" if plot.by_time else "000.0k") + theme.L
    free = 0.0  # where the next word may begin
    marks = time_marks if plot.by_time else linear_marks
    for value in marks(*plot.window, max(2, int(area.width() // wide))):
        words = duration(value) if plot.by_time else mark_text(value)
        width = metrics.horizontalAdvance(words)
        x = min(plot.x(value) - width / 2, area.right() + theme.S - width)
        if x >= free:
            painter.drawText(QPointF(x, area.bottom() + theme.XS + metrics.ascent()), words)
            free = x + width + theme.S


def paint_line(painter: QPainter, plot: Plot, line: Line) -> None:
    """A run's curve over its raw values."""
    if line.raw is not None:
        faint = QColor(line.hue)
        faint.setAlphaF(FAINT)
        painter.setPen(QPen(faint, 1))
        painter.drawPolyline(plot.polygon(line.raw))
    painter.setPen(QPen(line.hue, 1.5, line.dash))
    painter.drawPolyline(plot.polygon(line.smooth))


def paint_place(painter: QPainter, plot: Plot, place: float, pen: QPen, text: str = "") -> None:
    """A line upright at a place of the axis, with a word beside it."""
    x, area = round(plot.x(place)) + 0.5, plot.area
    if not area.left() <= x <= area.right() + 1:
        return
    painter.setPen(pen)
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    if text and area.height() >= ROOMY:
        width = painter.fontMetrics().horizontalAdvance(text)
        left = x - width - theme.XS if x + width + theme.XS > area.right() else x + theme.XS
        painter.drawText(QPointF(left, area.top() + painter.fontMetrics().ascent()), text)
