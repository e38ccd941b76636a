"""The slider over training: a place for each step that has samples, and marks at the best and the last checkpoint."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.loss_view import Mark
from f2v_app.widgets.run_state import count
from f2v_app.widgets.scrubber import HANDLE, Scrubber

TALL = 36
"""Height in pixels: the marks stand above the groove, and the groove stays in the middle."""
MARK = 7.0
"""Width of a mark, in pixels."""


class StepSlider(Scrubber):
    """Goes to the nearest step that has samples."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[int, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self.setPageStep(5)
        self.setFont(theme.small_font())
        self.setAccessibleName(self.tr("Training step"))
        self.setToolTip(self.tr("Drag through the training: what the model made of the same pairs"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), TALL)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), TALL)

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps that have samples."""
        return self._steps

    @property
    def step(self) -> int:
        """The chosen one; 0 when there is none."""
        return self._steps[self.value()] if self._steps else 0

    def show_steps(self, steps: Sequence[int]) -> None:
        """Offer these steps; who stood at the newest one moves on to the new newest, others stay where they are."""
        follows = self.value() == self.maximum() or not self._steps
        before, self._steps = self.step, tuple(steps)
        self.setEnabled(len(steps) > 1)
        self.blockSignals(True)
        self.setRange(0, max(0, len(steps) - 1))
        self.setValue(self.maximum() if follows else self.index_of(before))
        self.blockSignals(False)
        self.valueChanged.emit(self.value())

    def index_of(self, step: int) -> int:
        """The place whose step is nearest to this one."""
        if not self._steps:
            return 0
        return int(np.abs(np.array(self._steps) - step).argmin())

    def go_to(self, step: int) -> None:
        """Choose the step nearest to this one."""
        self.setValue(self.index_of(step))

    def mark(self, marks: Sequence[Mark]) -> None:
        """Show marks at these steps, whether they have samples or not."""
        self._marks = tuple(marks)
        words = [self.tr("{0}: step {1}").format(each.text, count(each.step)) for each in marks]
        self.setAccessibleDescription("; ".join(words))
        self.update()

    def x_of(self, step: int) -> float:
        """The pixel at which a step lies, also between two that have samples."""
        place = float(np.interp(step, self._steps, range(len(self._steps)))) if self._steps else 0.0
        return HANDLE / 2 + place / max(1, self.maximum()) * (self.width() - HANDLE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if len(self._steps) < 2:
            return
        chosen = theme.colors()
        middle = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            free = float(self.width())
            for mark in sorted(self._marks, key=lambda each: -each.step):
                x = self.x_of(mark.step)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(chosen.muted))
                top = middle - 14
                painter.drawPolygon(
                    QPolygonF([QPointF(x - MARK / 2, top), QPointF(x + MARK / 2, top), QPointF(x, top + 6)])
                )
                painter.setPen(QColor(chosen.muted))
                free = self._paint_word(painter, mark.text, x, free)

    def _paint_word(self, painter: QPainter, text: str, x: float, free: float) -> float:
        """A mark's word beside it where there is room; returns where the room to its left ends."""
        width = painter.fontMetrics().horizontalAdvance(text)
        left = x - MARK - width
        if left < 0 or x - MARK > free:
            return min(free, x - MARK)
        top = self.height() / 2 - 11 - painter.fontMetrics().height() / 2
        painter.drawText(
            QRectF(left, top, width + 1, painter.fontMetrics().height()), Qt.AlignmentFlag.AlignLeft, text
        )
        return left - theme.XS
