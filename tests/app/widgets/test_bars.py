import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_app.widgets.bars import BINS, EMPTY, bars_of


def test_nothing_is_no_bars():
    assert bars_of({"train": np.empty(0)}, log=True) is EMPTY
    assert EMPTY.tallest == 0


def test_few_values_have_a_bar_each():
    bars = bars_of({"train": np.array([1080, 720, 720]), "val": np.array([480])}, log=True)
    assert bars.spans == ("480", "720", "1080")
    assert bars.counts["train"].tolist() == [0, 2, 1]
    assert bars.counts["val"].tolist() == [1, 0, 0]
    assert bars.ticks == (
        (pytest.approx(1 / 6), "480"),
        (pytest.approx(0.5), "720"),
        (pytest.approx(5 / 6), "1080"),
    )
    assert (bars.total, bars.middle, bars.tallest) == (4, 720, 2)


@pytest.mark.parametrize("log", [True, False])
def test_many_values_share_bars(log):
    groups = {"train": np.linspace(0, 10, 500), "test": np.linspace(2, 12, 300)}
    bars = bars_of(groups, log=log)
    assert len(bars.spans) == BINS
    assert [int(counts.sum()) for counts in bars.counts.values()] == [500, 300]
    places = [place for place, _ in bars.ticks]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)


def test_a_logarithmic_axis_ends_four_decades_down():
    bars = bars_of({"": np.array([0.0, 1e-9, *np.geomspace(0.01, 1, 50)])}, log=True)
    assert bars.counts[""][0] == 2
    assert bars.spans[0].startswith("0.0001")
    assert [text for _, text in bars.ticks] == ["0.0001", "0.001", "0.01", "0.1", "1"]


def test_a_short_logarithmic_axis_has_ticks_between_the_powers():
    bars = bars_of({"": np.geomspace(3, 70, 50)}, log=True)
    assert [text for _, text in bars.ticks] == ["5", "10", "20", "50"]


def test_an_even_axis_has_round_ticks():
    bars = bars_of({"": np.linspace(0, 230, 50)}, log=False)
    assert [text for _, text in bars.ticks] == ["0", "100", "200"]


@given(st.lists(st.floats(0, 1e6, width=32), min_size=1, max_size=60), st.booleans())
def test_every_value_is_counted_once(values, log):
    bars = bars_of({"train": np.array(values, np.float32)}, log=log)
    assert int(bars.counts["train"].sum()) == len(values)
