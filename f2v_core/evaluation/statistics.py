"""How sure a figure is: intervals and a paired test that count source videos, not clips, as what was drawn by chance.

Clips of one video are alike: the same camera, light and motion. A hundred clips of ten videos say little more than ten
clips would, so each video is drawn, or turned, as a whole.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from f2v_core.evaluation.records import Interval

RESAMPLES = 2000
COVERED = (0.025, 0.975)
"""Ends of a 95 % interval."""
EXACT_SOURCES = 14
"""Up to this many sources all 2^14 ways of turning signs are tried, beyond it `RANDOM_TURNS` of them."""
RANDOM_TURNS = 10_000
BLOCK = 4_000_000
"""Numbers that are worked on at a time, at most: 32 MB."""

Values = NDArray[np.float64]


class Resamples:
    """Cluster bootstrap over source videos, with percentile intervals.

    Each resample draws as many sources as there are, with replacement, and takes all clips of each: the one-stage
    bootstrap of Davison and Hinkley 1997, "Bootstrap methods and their application", section 3.8, shown to be
    consistent for clustered data by Field and Welsh 2007, "Bootstrapping clustered data"; the percentile interval is
    Efron and Tibshirani's 1993, "An introduction to the bootstrap", chapter 13. With few sources such intervals are
    somewhat too narrow; with a single one they have no width at all.

    Args:
        sources: (N,) the source of each clip, in the order of all values given later; N >= 1.
        seed: the same seed and sources give the same resamples, so figures of several methods move together.
    """

    def __init__(self, sources: Sequence[str], seed: int = 0) -> None:
        self._of = number_sources(sources)
        count = int(self._of.max()) + 1
        random = np.random.default_rng(seed)
        draws = (random.integers(count, size=count) for _ in range(RESAMPLES))
        times = [np.bincount(drawn, minlength=count).astype(np.uint16) for drawn in draws]
        self._times = np.stack(times)  # (R, S), how often each source was drawn: 40 MB for 10 000 of them

    def mean(self, values: Values) -> Interval:
        """The mean of (N,) values; of zeros and ones: a share."""
        return self.quotient(values, np.ones(len(values)))

    def quotient(self, over: Values, under: Values) -> Interval:
        """The sum of (N,) values over that of others: the ratio of their means. `under` has no sum of 0."""
        drawn = self._sums(over) / self._sums(under)
        return _interval(float(over.sum() / under.sum()), drawn)

    def ratio_of_means(self, l2: Values, linear: Values, ratios: Values) -> Interval:
        """The mean L2 distance over linear interpolation's, each (N,).

        Where linear interpolation is exact on all clips there is no such quotient: then it is the mean of the clips'
        own (N,) `ratios`, which are finite, see `metrics.ratio_to_linear`; so too in each such resample.
        """
        own = self._sums(ratios) / self._sums(np.ones(len(ratios)))
        under = self._sums(linear)
        drawn = np.divide(self._sums(l2), under, out=own, where=under > 0)
        return _interval(ratio_of_means(l2, linear, ratios), drawn)

    def median(self, values: Values) -> Interval:
        """The median of (N,) values."""
        order = np.argsort(values, kind="stable")
        ranked, of = values[order], self._of[order]
        drawn = [_medians(ranked, times[:, of]) for times in self._blocks(len(values))]
        return _interval(float(np.median(values)), np.concatenate(drawn))

    def _sums(self, values: Values) -> Values:
        """(N,) to (R,): the sum of each resample."""
        sums = np.bincount(self._of, weights=values)  # (S,)
        return np.concatenate([times.astype(np.float64) @ sums for times in self._blocks(len(sums))])

    def _blocks(self, width: int) -> Iterator[NDArray[np.uint16]]:
        """(B, S) resamples at a time, so many that B rows of `width` numbers are a block."""
        rows = max(1, BLOCK // width)
        for start in range(0, RESAMPLES, rows):
            yield self._times[start : start + rows]


def ratio_of_means(l2: Values, linear: Values, ratios: Values) -> float:
    """As `Resamples.ratio_of_means`, without an interval."""
    total = float(linear.sum())
    return float(l2.sum()) / total if total > 0 else float(ratios.mean())


def paired_test(l2: Values, other: Values, sources: Sequence[str], seed: int = 0) -> float:
    """How likely two methods that are equally good would differ by as much: a two-sided p-value, above 0.

    Sign-flip permutation test (Fisher 1935, "The design of experiments", section 21) on each source's mean difference:
    were the methods alike, either sign were as likely, for each source by itself. All signs are tried with few sources;
    with more, random ones, with the observed ones among them (Phipson and Smyth 2010, "Permutation p-values should
    never be zero"). Each source weighs the same, however many clips it has; five sources cannot get below 1/16.

    Args:
        l2, other: (N,) figures of the two methods on the same clips.
        sources: (N,) the clips' sources.
    """
    of = number_sources(sources)
    away = np.bincount(of, weights=l2 - other) / np.bincount(of)  # (S,)
    least = abs(float(away.sum())) - 1e-9 * float(np.abs(away).sum())  # sums in another order round otherwise
    exact = len(away) <= EXACT_SOURCES
    every = [_all_signs(len(away))] if exact else _random_signs(len(away), seed)
    reached = sum(int((np.abs(signs @ away) >= least).sum()) for signs in every)
    return reached / 2 ** len(away) if exact else (1 + reached) / (1 + RANDOM_TURNS)


def _all_signs(count: int) -> Values:
    """(2^count, count) of -1 and 1."""
    return np.array(list(product((-1.0, 1.0), repeat=count)))


def _random_signs(count: int, seed: int) -> Iterator[Values]:
    """`RANDOM_TURNS` rows of `count` times -1 or 1, a block at a time."""
    random, rows = np.random.default_rng(seed), max(1, BLOCK // count)
    for start in range(0, RANDOM_TURNS, rows):
        size = min(rows, RANDOM_TURNS - start), count
        yield random.integers(2, size=size, dtype=np.int8).astype(np.float64) * 2 - 1


def number_sources(sources: Sequence[str]) -> NDArray[np.intp]:
    """(N,) names to (N,) numbers from 0, without gaps."""
    return np.unique(np.asarray(sources), return_inverse=True)[1].astype(np.intp)


def _interval(value: float, drawn: Values) -> Interval:
    low, high = np.quantile(drawn, COVERED)
    return Interval(value, float(low), float(high))


def _medians(ranked: Values, times: NDArray[np.uint16]) -> Values:
    """(R,) medians of the (N,) `ranked` values, rising, each taken (R, N) `times`."""
    reached = np.cumsum(times, axis=1)
    half = reached[:, -1:] / 2
    below = (reached < half).sum(axis=1)  # the value that the lower half ends in
    above = (reached <= half).sum(axis=1)  # differs from it only where the half ends between two values
    found: Values = (ranked[below] + ranked[above]) / 2
    return found
