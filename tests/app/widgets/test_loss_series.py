import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_app.widgets.loss_series import LossHistory, LossSeries

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


@given(NUMBERS, st.floats(0, 0.999))
def test_smoothing_is_a_weighted_mean_of_the_past(values: list[float], weight: float) -> None:
    series = LossSeries(weight)
    for step, value in enumerate(values):
        series.append(step, value)
    ages = np.arange(len(values))[::-1]
    weights = weight**ages
    assert series.smooth[-1] == pytest.approx(np.average(values, weights=weights), rel=1e-6, abs=1e-3)


@given(NUMBERS)
def test_smoothing_anew_equals_smoothing_from_the_start(values: list[float]) -> None:
    late, early = LossSeries(0.0), LossSeries(0.9)
    for step, value in enumerate(values):
        late.append(step, value)
        early.append(step, value)
    late.set_smoothing(0.9)
    np.testing.assert_array_equal(late.smooth, early.smooth)


def test_a_step_that_comes_again_replaces_what_followed() -> None:
    series = LossSeries(0.5)
    for step in (10, 20, 30, 40):
        series.append(step, float(step))
    series.append(25, 1.0)
    assert series.steps.tolist() == [10, 20, 25]
    assert series.raw.tolist() == [10, 20, 1]
    assert len(series.smooth) == 3


def test_values_that_are_no_numbers_leave_the_mean_alone() -> None:
    series = LossSeries(0.5)
    for step, value in enumerate((math.inf, 2.0, math.inf)):
        series.append(step, value)
    assert math.isnan(series.smooth[0])
    assert series.smooth[1:].tolist() == [2.0, 2.0]


@pytest.mark.parametrize(("step", "value"), [(0, 1.0), (14, 1.0), (16, 2.0), (99, 3.0)])
def test_at_takes_the_nearest_step(step: float, value: float) -> None:
    series = LossSeries(0.0)
    for at, each in ((10, 1.0), (20, 2.0), (30, 3.0)):
        series.append(at, each)
    assert series.at(step) == value


def test_an_empty_series_has_no_value() -> None:
    assert math.isnan(LossSeries(0.0).at(3))


def test_history_keeps_the_order_of_names_and_skips_gaps() -> None:
    history = LossHistory()
    assert history.last_step == 0
    history.append(10, {"loss": 3.0, "kl": math.nan})
    history.append(20, {"loss": 2.0, "kl": 1.0})
    assert list(history.series) == ["loss", "kl"]
    assert history.series["kl"].steps.tolist() == [20]
    assert history.last_step == 20


def test_history_loads_a_run_without_its_clock() -> None:
    history = LossHistory(0.9)
    history.append(1, {"old": 1.0})
    history.load({"step": [10, 20], "loss": [3.0, 2.0], "seconds": [5.0, 10.0]})
    assert list(history.series) == ["loss"]
    history.set_smoothing(0.0)
    assert history.series["loss"].smooth.tolist() == [3.0, 2.0]
    history.load({})
    assert history.series == {}
