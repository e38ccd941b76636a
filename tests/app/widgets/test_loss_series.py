import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_app.widgets.loss_series import LossHistory, LossSeries, running_sum

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50)
WEIGHTS = st.floats(0, 0.999)


def series_of(values: list[float], weight: float) -> LossSeries:
    series = LossSeries(weight)
    series.extend(np.array(values))
    return series


@given(NUMBERS, WEIGHTS, st.floats(-10, 10))
def test_the_scan_is_the_loop(values: list[float], weight: float, before: float) -> None:
    looped, expected = before, []
    for value in values:
        looped = weight * looped + value
        expected.append(looped)
    np.testing.assert_allclose(running_sum(np.array(values), weight, before), expected, rtol=1e-9, atol=1e-5)
    assert len(running_sum(np.empty(0), weight)) == 0


@given(NUMBERS, WEIGHTS)
def test_smoothing_is_a_weighted_mean_of_the_past(values: list[float], weight: float) -> None:
    weights = weight ** np.arange(len(values))[::-1]
    expected = np.average(values, weights=weights)
    assert series_of(values, weight).smooth[-1] == pytest.approx(expected, rel=1e-6, abs=1e-3)


@given(NUMBERS, st.integers(0, 50), WEIGHTS)
def test_values_may_come_in_pieces(values: list[float], cut: int, weight: float) -> None:
    whole, pieces = series_of(values, weight), series_of(values[:cut], weight)
    pieces.extend(np.array(values[cut:]))
    np.testing.assert_allclose(pieces.smooth, whole.smooth, rtol=1e-6, atol=1e-4)
    assert pieces.raw.tolist() == values


def test_what_is_no_number_counts_for_nothing() -> None:
    series = series_of([math.nan, 4.0, math.inf, 8.0, math.nan], 0.5)
    assert np.isnan(series.smooth[0])
    assert series.smooth[1:].tolist() == pytest.approx([4.0, 4.0, 20 / 3, 20 / 3])


def test_smoothing_anew_equals_smoothing_from_the_start() -> None:
    values = np.random.default_rng(0).normal(size=1000).tolist()
    late = series_of(values, 0.0)
    assert late.smooth.tolist() == values
    late.set_smoothing(0.9)
    np.testing.assert_array_equal(late.smooth, series_of(values, 0.9).smooth)


def test_a_history_has_a_column_for_each_loss() -> None:
    history = LossHistory(0.5)
    assert len(history.steps) == 0
    history.extend({"step": np.array([10.0]), "kl": np.array([1.0])})
    history.extend({"step": np.array([20.0]), "loss": np.array([2.0]), "seconds": np.array([7.0])})
    assert list(history.series) == ["kl", "loss"]
    assert (history.steps.tolist(), history.seconds.tolist()) == ([10, 20], [0, 7])
    assert np.isnan(history.series["kl"].raw[1])
    assert np.isnan(history.series["loss"].raw[0])
    history.set_smoothing(0.0)
    assert history.series["kl"].smooth.tolist() == [1, 1]
