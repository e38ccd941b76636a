import numpy as np
import pytest

from f2v_core.data.scenes.bursts import PERIOD, Bursts


def bursts(**changes: float) -> Bursts:
    settings = {"steady": 0.1, "rate": 0.5, "decay": 1.0} | changes
    return Bursts(np.random.default_rng(0), **settings)


def test_explosions_rise_fast_and_fade():
    times = np.arange(0, PERIOD, 0.02)
    strength = bursts()(times)
    assert strength.min() > 0
    assert 0.8 < strength.max() < 1.6
    assert np.diff(strength).max() > -2 * np.diff(strength).min()


def test_one_time_gives_what_many_give():
    volcano = bursts()
    times = np.linspace(-5, 100, 50)
    assert [float(volcano(time)) for time in times] == pytest.approx(volcano(times).tolist())


def test_the_programme_comes_again():
    volcano = bursts(steady=0.0)
    assert volcano(3.0 + PERIOD) == pytest.approx(float(volcano(3.0)))


def test_nothing_happens_before_the_onset():
    volcano = bursts(onset=1.0)
    assert volcano(0.99) == 0
    assert volcano(1.13) > 1
