"""From many values to the few bars of a histogram: edges, counts by group, and where a number stands below them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 32
DECADES = 4.0
"""How far a logarithmic axis goes down from its largest value; what is smaller counts in the first bar."""
FEW = 8
"""Up to so many different values each get a bar of their own."""
TARGET_TICKS = 4

Values = NDArray[Any]


@dataclass(frozen=True)
class Bars:
    """A histogram.

    Attributes:
        counts: (bars,) how many values fall into each, by group.
        spans: what each bar stands for, in words, such as "0.1 to 0.13".
        ticks: places along the axis, 0..1, and the number that stands there.
        total, middle: how many values there are and their median.
    """

    counts: Mapping[str, NDArray[np.int64]]
    spans: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    total: int
    middle: float

    @property
    def tallest(self) -> int:
        """The height of the tallest stack."""
        return int(sum(self.counts.values(), np.zeros(len(self.spans), np.int64)).max(initial=0))


EMPTY = Bars({}, (), (), 0, 0.0)


def bars_of(groups: Mapping[str, Values], *, log: bool) -> Bars:
    """Count the values of each group; few different ones get a bar each, many share `BINS` bars.

    Args:
        groups: (N,) finite numbers from 0 up, by group; at least one group.
        log: whether many values share bars of equal ratio instead of equal width.
    """
    everything = np.concatenate([np.asarray(values, np.float64) for values in groups.values()])
    if not everything.size:
        return EMPTY
    different = np.unique(everything)
    if len(different) <= FEW:
        return _discrete(groups, different, everything)
    edges = _log_edges(everything) if log else np.linspace(everything.min(), everything.max(), BINS + 1)
    inside = {name: np.clip(values, edges[0], edges[-1]) for name, values in groups.items()}
    counts = {name: np.histogram(values, edges)[0] for name, values in inside.items()}
    spans = tuple(f"{low:.3g} – {high:.3g}" for low, high in pairwise(edges))
    ticks = _log_ticks(edges[0], edges[-1]) if log else _even_ticks(edges[0], edges[-1])
    return Bars(counts, spans, ticks, len(everything), float(np.median(everything)))


def _discrete(groups: Mapping[str, Values], different: Values, everything: Values) -> Bars:
    counts = {
        name: np.bincount(np.searchsorted(different, values), minlength=len(different))
        for name, values in groups.items()
    }
    words = tuple(f"{value:g}" if value == int(value) else f"{value:.3g}" for value in different)
    ticks = tuple(((i + 0.5) / len(words), word) for i, word in enumerate(words))
    return Bars(counts, words, ticks, len(everything), float(np.median(everything)))


def _log_edges(values: Values) -> Values:
    high = float(values.max())
    positive = values[values > 0]
    low = max(float(positive.min()), high / 10**DECADES)
    return np.geomspace(low, high * (1 + 1e-9), BINS + 1)


def _log_ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    """The powers of ten; 2 and 5 between them where the axis is short."""
    steps = (1, 2, 5) if high / low < 10**2.7 else (1,)
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    numbers = [step * 10.0**power for power in powers for step in steps]
    whole = np.log(high / low)
    return tuple(
        (float(np.log(number / low) / whole), f"{number:.10g}") for number in numbers if low <= number <= high
    )


def _even_ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    raw = (high - low) / TARGET_TICKS
    power = 10.0 ** np.floor(np.log10(raw))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= raw)
    numbers = np.arange(np.ceil(low / step), np.floor(high / step + 1e-9) + 1) * step
    return tuple((float((number - low) / (high - low)), f"{number:.10g}") for number in numbers)
