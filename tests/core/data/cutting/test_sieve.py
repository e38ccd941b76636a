"""Which windows stay."""

import pytest

from f2v_core.config import prepare_preset
from f2v_core.data.cutting.sieve import Sieve


def sieve(**changes):
    return Sieve(prepare_preset("windows", **changes))


def test_windows_without_flags_stay():
    each = sieve()
    assert all(each.takes(()) for _ in range(5))
    assert not each.dropped


def test_flagged_windows_are_dropped_and_counted():
    each = sieve(static_per_video=0)
    for flags in (("frozen",), ("static",), ("frozen", "letterboxed"), ("letterboxed",), ()):
        assert each.takes(flags) == (flags == ())
    assert each.dropped == {"frozen": 2, "static": 1, "letterboxed": 1}


@pytest.mark.parametrize("number", [0, 1, 3])
def test_some_static_windows_stay(number):
    each = sieve(static_per_video=number)
    assert [each.takes(("static",)) for _ in range(4)] == [True] * number + [False] * (4 - number)
    assert each.dropped["static"] == 4 - number


def test_a_static_window_with_another_flag_is_not_one_of_them():
    each = sieve()
    assert not each.takes(("static", "letterboxed"))
    assert each.takes(("static",))


def test_what_is_to_be_kept_stays():
    each = sieve(keep="static, letterboxed", static_per_video=0)
    assert each.takes(("static", "letterboxed"))
    assert not each.takes(("static", "frozen"))
    assert each.dropped == {"frozen": 1}


def test_padding_is_no_reason():
    assert sieve().takes(("padded",))


@pytest.mark.parametrize(
    "config", [prepare_preset("poster", keep=""), prepare_preset("windows", scenes="skiing")]
)
def test_the_poster_and_scenes_drop_nothing(config):
    each = Sieve(config)
    assert all(each.takes((flag,)) for flag in ("static", "static", "frozen", "letterboxed"))
    assert not each.dropped
