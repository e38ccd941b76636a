"""The losses of a run as growing columns, raw and smoothed; no Qt in here."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
NOT_LOSSES = frozenset({"step", "seconds"})
"""Columns of a history that are no curves."""
LEAST_WEIGHT = 1e-12
"""What a value counts for when it is forgotten."""


def running_sum(values: Column, weight: float, before: float = 0.0) -> Column:
    """y[i] = weight y[i-1] + x[i] with y[-1] = `before`, in log2 passes over the column: a scan by doubling."""
    result = values.copy()
    if not len(result):
        return result
    result[0] += weight * before
    shift, factor = 1, weight
    while shift < len(result) and factor > LEAST_WEIGHT:
        result[shift:] += factor * result[:-shift]
        shift, factor = 2 * shift, factor * factor
    return result


class _Growing:
    """A column with room at its end, so that adding to it costs only what is added."""

    def __init__(self) -> None:
        self._room: Column = np.empty(256)
        self._count = 0

    def extend(self, values: Column) -> None:
        count = self._count + len(values)
        if count > len(self._room):
            self._room = np.concatenate([self._room[: self._count], np.empty(2 * count - self._count)])
        self._room[self._count : count] = values
        self._count = count

    @property
    def values(self) -> Column:
        return self._room[: self._count]


class LossSeries:
    """One loss, raw and smoothed.

    Smoothing is an exponential moving average whose start is not drawn towards zero: the running sum is divided
    by the weight it has gathered (Kingma and Ba, arXiv 1412.6980, section 3). Values that are no numbers count for
    nothing.
    """

    def __init__(self, smoothing: float) -> None:
        self._raw = _Growing()
        self.set_smoothing(smoothing)

    @property
    def raw(self) -> Column:
        """(N,) float64 values as they came; NaN where there is none."""
        return self._raw.values

    @property
    def smooth(self) -> Column:
        """(N,) float64 smoothed values; NaN before the first number."""
        return self._smooth.values

    def extend(self, values: Column) -> None:
        """Add values at the end."""
        self._raw.extend(values)
        self._advance(values)

    def set_smoothing(self, weight: float) -> None:
        """Smooth anew with a weight of the past from 0 (not at all) to below 1."""
        self._weight = weight
        self._sum = self._gathered = 0.0
        self._smooth = _Growing()
        self._advance(self.raw)

    def _advance(self, values: Column) -> None:
        good = np.isfinite(values)
        new = np.where(good, values, 0.0) * (1 - self._weight)
        sums = self._run(new, good, self._sum)
        gathered = self._run(good * (1 - self._weight), good, self._gathered)
        with np.errstate(invalid="ignore"):
            self._smooth.extend(sums / np.where(gathered > 0, gathered, math.nan))
        if len(values):
            self._sum, self._gathered = float(sums[-1]), float(gathered[-1])

    def _run(self, values: Column, good: NDArray[np.bool_], before: float) -> Column:
        """The running sum over the rows that have a number; the others repeat the one before."""
        if good.all():
            return running_sum(values, self._weight, before)
        sums = np.concatenate([[before], running_sum(values[good], self._weight, before)])
        repeated: Column = sums[np.cumsum(good)]
        return repeated


class LossHistory:
    """All losses of one run, by name in the order of their appearance.

    Attributes:
        series: the losses so far, each as long as `steps`.
    """

    def __init__(self, smoothing: float = 0.0) -> None:
        self._smoothing = smoothing
        self._axes = {"step": _Growing(), "seconds": _Growing()}
        self.series: dict[str, LossSeries] = {}

    @property
    def steps(self) -> Column:
        """(N,) float64, growing."""
        return self._axes["step"].values

    @property
    def seconds(self) -> Column:
        """(N,) float64: seconds of training at each step; 0 where the history does not tell."""
        return self._axes["seconds"].values

    def extend(self, columns: Mapping[str, Column]) -> None:
        """Add rows: columns of one length, "step" among them."""
        count, before = len(columns["step"]), len(self.steps)
        for name, axis in self._axes.items():
            axis.extend(np.asarray(columns.get(name, np.zeros(count)), np.float64))
        for name in (name for name in columns if name not in NOT_LOSSES):
            if name not in self.series:
                self.series[name] = LossSeries(self._smoothing)
                self.series[name].extend(np.full(before, math.nan))
        for name, series in self.series.items():
            series.extend(np.asarray(columns.get(name, np.full(count, math.nan)), np.float64))

    def set_smoothing(self, weight: float) -> None:
        """Smooth every loss anew."""
        self._smoothing = weight
        for each in self.series.values():
            each.set_smoothing(weight)
