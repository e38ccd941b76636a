"""A figure of each frame, one line a clip, over the same places as the scrubber."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import cast

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.playhead import Playhead
from f2v_app.widgets.time_strip import TimeStrip

HEIGHT = 52
"""Pixels."""


@dataclass(frozen=True)
class Curve:
    """One clip's line: title, hue, and a value for each frame; NaN where there is none."""

    title: str
    hue: QColor
    values: Sequence[float]


class FigureStrip(TimeStrip):
    """Lines over time, from 0 up to the largest value; a click goes to the frame."""

    def __init__(self, playhead: Playhead, parent: QWidget | None = None) -> None:
        super().__init__(playhead, HEIGHT, parent)
        self._title, self._curves = "", list[Curve]()
        self.setFont(theme.small_font())

    @property
    def curves(self) -> list[Curve]:
        """What is shown."""
        return self._curves

    def show_curves(self, title: str, curves: list[Curve]) -> None:
        """Show other lines; `title` says what they mean."""
        self._title, self._curves = title, curves
        self.setAccessibleName(title)
        self.update()

    def words_at(self, index: int) -> str:
        """What the lines say of a frame, one line a clip."""
        found = [
            f"{curve.title}: {curve.values[index]:.3g}"
            for curve in self._curves
            if index < len(curve.values) and isfinite(curve.values[index])
        ]
        return "\n".join([self.tr("{0}, frame {1}").format(self._title, index + 1), *found]) if found else ""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        top = max((each for curve in self._curves for each in curve.values if isfinite(each)), default=0.0)
        base = self.height() - 2.0
        room = base - self.fontMetrics().height() - 2  # words stand above the lines
        with QPainter(self) as painter:
            painter.setPen(QColor(colors.line))
            painter.drawLine(QPointF(0, base + 1), QPointF(self.width(), base + 1))
            if self._playhead.count < 2:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for curve in self._curves:
                points = [
                    QPointF(self.place(index), base - value / (top or 1.0) * room)
                    for index, value in enumerate(curve.values)
                    if isfinite(value)
                ]
                painter.setPen(QPen(curve.hue, 1.5))
                painter.drawPolyline(QPolygonF(points))
            self.paint_playhead(painter)
            painter.setPen(QColor(colors.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._title)
            if top:
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                painter.drawText(self.rect(), side, f"{top:.3g}")

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            help_event = cast("QHelpEvent", event)
            QToolTip.showText(help_event.globalPos(), self.words_at(self.index_at(help_event.x())), self)
            return True
        return super().event(event)
