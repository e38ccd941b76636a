"""The losses of a run as growing columns, each raw and smoothed; no Qt in here."""

import math
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
NOT_LOSSES = frozenset({"step", "seconds"})
"""Columns of a history that are no curves."""


class LossSeries:
    """One loss over the steps.

    Smoothing is an exponential moving average whose start is not drawn towards zero: the running sum is divided
    by the weight it has gathered (Kingma and Ba, arXiv 1412.6980, section 3).
    """

    def __init__(self, smoothing: float) -> None:
        self._steps = array("d")
        self._raw = array("d")
        self._smooth = array("d")
        self.set_smoothing(smoothing)

    def append(self, step: float, value: float) -> None:
        """Add a value; one at or before an earlier step replaces all from there on: a run resumed earlier."""
        self._cut(bisect_left(self._steps, step))
        self._steps.append(step)
        self._raw.append(value)
        self._advance(value)

    def set_smoothing(self, weight: float) -> None:
        """Smooth anew with a weight of the past from 0 (not at all) to below 1."""
        self._weight = weight
        self._smooth_again()

    @property
    def steps(self) -> Column:
        """(N,) float64 steps."""
        return np.array(self._steps)

    @property
    def raw(self) -> Column:
        """(N,) float64 values as they came."""
        return np.array(self._raw)

    @property
    def smooth(self) -> Column:
        """(N,) float64 smoothed values; NaN only before the first number."""
        return np.array(self._smooth)

    def at(self, step: float) -> float:
        """The raw value at the recorded step nearest to `step`; NaN when there is none."""
        if not self._steps:
            return math.nan
        right = bisect_left(self._steps, step)
        near = [i for i in (right - 1, right) if 0 <= i < len(self._steps)]
        return self._raw[min(near, key=lambda i: abs(self._steps[i] - step))]

    def _cut(self, count: int) -> None:
        if count < len(self._steps):
            del self._steps[count:], self._raw[count:]
            self._smooth_again()

    def _smooth_again(self) -> None:
        self._sum = self._gathered = 0.0
        self._smooth = array("d")
        for value in self._raw:
            self._advance(value)

    def _advance(self, value: float) -> None:
        if math.isfinite(value):
            self._sum = self._weight * self._sum + (1 - self._weight) * value
            self._gathered = self._weight * self._gathered + (1 - self._weight)
        self._smooth.append(self._sum / self._gathered if self._gathered else math.nan)


class LossHistory:
    """All losses of one run, by name in the order of their appearance.

    Attributes:
        series: the losses so far.
        smoothing: the weight of the past, 0 to below 1.
    """

    def __init__(self, smoothing: float = 0.0) -> None:
        self.series: dict[str, LossSeries] = {}
        self.smoothing = smoothing

    @property
    def last_step(self) -> float:
        """The newest step; 0 when there is none."""
        return max((each.steps[-1] for each in self.series.values() if len(each.steps)), default=0.0)

    def append(self, step: float, losses: Mapping[str, float]) -> None:
        """Add one row; losses that are NaN have no value at this step."""
        for name, value in losses.items():
            if not math.isnan(value):
                self.series.setdefault(name, LossSeries(self.smoothing)).append(step, value)

    def load(self, columns: Mapping[str, Sequence[float]]) -> None:
        """Take the columns of a run's `history.csv` in place of what is here."""
        self.series.clear()
        losses = {name: column for name, column in columns.items() if name not in NOT_LOSSES}
        for i, step in enumerate(columns.get("step", ())):
            self.append(step, {name: column[i] for name, column in losses.items()})

    def set_smoothing(self, weight: float) -> None:
        """Smooth every loss anew."""
        self.smoothing = weight
        for each in self.series.values():
            each.set_smoothing(weight)
