"""What all plots of losses share: the runs over each other, the range of steps or of time, the pointer's place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal

from f2v_app.widgets.loss_series import Column, LossHistory

HUES = ("#0f87d6", "#e06c1f", "#00a37a", "#c565a5", "#a88500", "#8c6bd1")
"""Runs in their order: told apart by colour-blind eyes, visible on light and dark."""
DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
"""Lines in the same order: not told apart by colour alone."""
CLOSEST = 1e-3
"""The share of everything that a zoom shows at least."""


@dataclass(frozen=True, eq=False)
class Curves:
    """One run's losses under its name."""

    name: str
    history: LossHistory


@dataclass(frozen=True)
class Mark:
    """A step worth a line: "best", "last"."""

    step: int
    text: str


class LossView(QObject):
    """How the losses are looked at.

    Attributes:
        runs: whose losses; the first is the run that is shown, the others are compared with it.
        log: whether values lie on a logarithmic axis.
        by_time: whether the other axis is the time of training instead of the steps.
        cursor: the place under the pointer on that axis; None while it is elsewhere.
        marks: steps of the first run to be marked.

    Signals:
        changed: everything is to be drawn anew.
        step_wanted: the user pointed at a step of the first run.
    """

    changed = Signal()
    step_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: list[Curves] = []
        self.log, self.by_time = True, False
        self.smoothed = False
        self.cursor: float | None = None
        self.marks: tuple[Mark, ...] = ()
        self._window: tuple[float, float] | None = None

    def axis(self, history: LossHistory) -> Column:
        """Where a run's rows lie on the axis."""
        return history.seconds if self.by_time else history.steps

    @property
    def whole(self) -> tuple[float, float]:
        """The axis from 0 to the longest run's end."""
        ends = [float(axis[-1]) for each in self.runs if len(axis := self.axis(each.history))]
        return 0.0, max([*ends, 1.0])

    @property
    def window(self) -> tuple[float, float]:
        """The part of the axis that is seen: all of it, growing, until the user zooms."""
        return self._window or self.whole

    @property
    def zoomed(self) -> bool:
        """Whether only a part is seen."""
        return self._window is not None

    def place_of(self, step: float) -> float | None:
        """Where a step of the first run lies on the axis; None where that is not known."""
        if not self.by_time:
            return float(step)
        history = self.runs[0].history if self.runs else LossHistory()
        return float(np.interp(step, history.steps, history.seconds)) if len(history.steps) else None

    def step_at(self, place: float) -> float:
        """The step of the first run at a place on the axis."""
        if not self.by_time or not self.runs or not len(self.runs[0].history.steps):
            return place
        history = self.runs[0].history
        return float(np.interp(place, history.seconds, history.steps))

    def show_all(self) -> None:
        """See the whole axis again, and follow what is new."""
        self._window = None
        self.changed.emit()

    def zoom(self, factor: float, place: float) -> None:
        """See `factor` times as much, while `place` stays where it is."""
        left, right = self.window
        low, high = self.whole
        factor = max(factor, CLOSEST * (high - low) / (right - left))
        self._see(place + (left - place) * factor, place + (right - place) * factor)

    def pan(self, by: float) -> None:
        """See what lies `by` further along the axis."""
        left, right = self.window
        low, high = self.whole
        by = min(max(by, low - left), high - right) if self.zoomed else 0.0
        self._see(left + by, right + by)

    def _see(self, left: float, right: float) -> None:
        low, high = self.whole
        all_of_it = left <= low and right >= high
        self._window = None if all_of_it else (max(left, low), min(right, high))
        self.changed.emit()

    def point_at(self, place: float | None) -> None:
        """The pointer is at a place, or has left."""
        if place != self.cursor:
            self.cursor = place
            self.changed.emit()

    def set_axis(self, *, by_time: bool) -> None:
        """Lay the losses over the time of training, or over the steps."""
        self.by_time, self._window, self.cursor = by_time, None, None
        self.changed.emit()

    def set_log(self, *, log: bool) -> None:
        """Lay values on a logarithmic axis, or on an even one."""
        self.log = log
        self.changed.emit()

    def set_runs(self, runs: Sequence[Curves]) -> None:
        """Look at these runs."""
        self.runs = list(runs)
        self.changed.emit()

    def names(self) -> list[str]:
        """All losses of all runs, in the order of their appearance."""
        return list(dict.fromkeys(name for each in self.runs for name in each.history.series))
