"""Where an axis has its marks and what stands beside them: few, round, and never over each other; no Qt in here."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Distances between marks, times a power of ten."""
CLOCK = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)
"""Distances between marks of time, in seconds."""
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def linear_marks(low: float, high: float, most: int) -> list[float]:
    """At most `most` (>= 1) round numbers from low to high, evenly apart."""
    if not high > low:
        return [low]
    rough = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    apart = next(each * power for each in ROUND if each * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / apart - 1e-9), math.floor(high / apart + 1e-9)
    return [round(index * apart, 12) for index in range(first, last + 1)]


def time_marks(low: float, high: float, most: int) -> list[float]:
    """At most `most` (>= 1) spans of time from low to high seconds, evenly apart by what clocks count in."""
    rough = (high - low) / max(1, most)
    apart = next((float(each) for each in CLOCK if each >= rough), 0.0)
    if not apart:
        return [86400.0 * day for day in linear_marks(low / 86400, high / 86400, most)]
    return [index * apart for index in range(math.ceil(low / apart), math.floor(high / apart) + 1)]


def log_marks(low: float, high: float, most: int) -> list[float]:
    """At most `most` powers of ten from low to high (> 0); where hardly one lies between, round numbers."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    decades = last - first + 1
    if decades >= 2:
        apart = math.ceil(decades / max(1, most))
        return [10.0**power for power in range(first, last + 1, apart)]
    fine = [f * 10.0**p for p in range(first - 1, last + 1) for f in (1, 2, 5)]
    inside = [each for each in fine if low <= each <= high]
    return inside if 2 <= len(inside) <= most else linear_marks(low, high, most)


def mark_text(value: float) -> str:
    """A mark's number, short: 0.05, 120, 15k, 3M, 10⁻⁵."""
    if value == 0:
        return "0"
    size = abs(value)
    if size < 1e-3:
        power = math.floor(math.log10(size) + 1e-9)
        factor = f"{value / 10.0**power:.3g}"
        return ("" if factor == "1" else f"{factor}·") + "10" + str(power).translate(_RAISED)
    for unit, letter in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if size >= unit:
            return f"{value / (1e3 if letter == 'k' else unit):.4g}{letter}"
    return f"{value:.4g}"


def value_text(value: float, digits: int = 4) -> str:
    """A loss with so many significant digits, zeros at its end too, so that figures stand still."""
    if math.isnan(value):
        return "–"
    whole = 10.0 ** (digits - 1) <= abs(value) < 1e6
    return f"{value:.0f}" if whole else f"{value:#.{digits}g}".rstrip(".")


def thin(x: Column, y: Column, pixels: int) -> tuple[Column, Column]:
    """The points that a line of `pixels` needs: of each pixel's the lowest and the highest, in their order."""
    good = np.isfinite(y)
    if not good.all():
        x, y = x[good], y[good]
    per = len(x) // max(1, pixels)
    if per < 3:
        return x, y
    whole = len(x) // per * per
    blocks = y[:whole].reshape(-1, per)
    low, high = blocks.argmin(axis=1), blocks.argmax(axis=1)
    picked = np.sort(np.stack([low, high], axis=1), axis=1) + np.arange(0, whole, per)[:, None]
    rows = np.concatenate([picked.ravel(), np.arange(whole, len(x))])
    return x[rows], y[rows]


def bounds(smooth: Sequence[Column], raw: Sequence[Column], *, log: bool) -> tuple[float, float] | None:
    """The range of all smoothed values, and of the raw ones but for the fiftieth at each end; None: nothing to show."""
    ends = [
        np.quantile(good, cut)
        for columns, cut in ((smooth, (0.0, 1.0)), (raw, (0.02, 0.98)))
        for each in columns
        if len(good := each[np.isfinite(each) & (each > 0)] if log else each[np.isfinite(each)])
    ]
    if not ends:
        return None
    low, high = float(min(each[0] for each in ends)), float(max(each[1] for each in ends))
    if log:
        room = max((high / low) ** 0.06, 1.02)
        return low / room, high * room
    room = (high - low) * 0.06 or abs(high) * 0.05 or 1.0
    return low - room, high + room
