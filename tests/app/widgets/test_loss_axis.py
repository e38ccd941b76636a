import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from f2v_app.widgets.loss_axis import bounds, linear_marks, log_marks, mark_text, thin, time_marks, value_text


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 12))
def test_marks_are_few_and_inside(low: float, width: float, most: int) -> None:
    marks = linear_marks(low, low + width, most)
    assert len(marks) <= most + 1
    assert all(low - 1e-6 * width <= each <= low + 1.000001 * width for each in marks)


def test_marks_are_round() -> None:
    assert linear_marks(0, 4000, 4) == [0, 1000, 2000, 3000, 4000]
    assert linear_marks(0.9, 1.02, 3) == [0.9, 0.95, 1.0]
    assert linear_marks(3, 3, 3) == [3]


def test_marks_of_time_are_what_clocks_count_in() -> None:
    assert time_marks(0, 1250, 5) == [0, 300, 600, 900, 1200]
    assert time_marks(3, 9, 3) == [4, 6, 8]
    assert time_marks(0, 10 * 86400, 4) == [0, 216_000, 432_000, 648_000, 864_000]


@given(st.floats(1e-6, 1e6), st.floats(1.01, 1e6), st.integers(2, 8))
def test_log_marks_are_few_and_inside(low: float, ratio: float, most: int) -> None:
    assume(low * ratio < 1e9)
    marks = log_marks(low, low * ratio, most)
    assert len(marks) <= most + 1
    assert all(low * 0.999 <= each <= low * ratio * 1.001 for each in marks)


def test_log_marks_are_powers_of_ten_or_round_numbers() -> None:
    assert log_marks(0.5, 2e4, 5) == pytest.approx([1, 10, 100, 1000, 10_000])
    assert log_marks(0.5, 2e4, 3) == pytest.approx([1, 100, 10_000])
    assert log_marks(3, 25, 4) == pytest.approx([5, 10, 20])
    assert log_marks(0.91, 0.99, 3) == pytest.approx([0.95])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.05, "0.05"),
        (1234, "1234"),
        (15_000, "15k"),
        (3e6, "3M"),
        (2e9, "2G"),
        (1e-5, "10⁻⁵"),
        (2e-4, "2·10⁻⁴"),
        (-0.5, "-0.5"),
    ],
)
def test_marks_are_short(value: float, text: str) -> None:
    assert mark_text(value) == text


def test_values_have_as_many_digits_each() -> None:
    assert [value_text(each) for each in (0.9, 1234.5, math.nan)] == ["0.9000", "1234", "–"]
    assert value_text(12345.6, 3) == "12346"
    assert value_text(0.9, 3) == "0.900"


def test_thinning_keeps_the_peaks() -> None:
    x = np.arange(10_000.0)
    y = np.sin(x / 100)
    y[5000], y[7000] = 9.0, -9.0
    thin_x, thin_y = thin(x, y, 200)
    assert len(thin_x) <= 500
    assert (thin_y.max(), thin_y.min()) == (9, -9)
    assert (np.diff(thin_x) > 0).all()


def test_few_points_stay_and_gaps_are_left_out() -> None:
    x, y = thin(np.array([1.0, 2.0, 3.0]), np.array([1.0, math.nan, 3.0]), 100)
    assert (x.tolist(), y.tolist()) == ([1, 3], [1, 3])


def test_bounds_hold_the_curve_with_room() -> None:
    low, high = bounds([np.array([1.0, 2.0])], [], log=False) or (0.0, 0.0)
    assert 0.8 < low < 1
    assert 2 < high < 2.2
    assert bounds([np.array([5.0])], [], log=False) == (4.75, 5.25)
    assert bounds([np.array([0.0, math.nan])], [], log=True) is None
    low, high = bounds([np.array([-1.0, 0.0, 10.0, 1000.0])], [np.array([1e9] + [20.0] * 99)], log=True) or (
        0,
        0,
    )
    assert 5 < low < 10
    assert 1000 < high < 2000
