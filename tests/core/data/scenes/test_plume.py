import numpy as np
import pytest

from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.light import random_light
from f2v_core.data.scenes.plume import Plume
from f2v_core.data.scenes.smoke import Ash, Smoke
from f2v_core.data.scenes.vent import SIDE, VENT, Vent

VENT_OF_ASH = Vent(radius=0.05, speed=0.15, wind=0.02, spread=0.2, buoyancy=4, swirl=0.8)
ASH = Ash(np.full(3, 0.3, np.float32), density=4, shadow=0.2, glow=1.0)
WHOLE_BOX = np.array([[SIDE / 50, 0, 0], [0, SIDE / 50, 0]], np.float32)


def plume(steps: int = 54, onset: float = -np.inf) -> Plume:
    bursts = Bursts(np.random.default_rng(1), steady=0.9, rate=0.3, decay=2, onset=onset)
    return Plume(VENT_OF_ASH, bursts, np.random.default_rng(2), 0.0, steps)


def test_ash_rises_from_the_vent_and_stays_in_range():
    ash, heat = plume().at(0.0).fields
    above = ash[: int(VENT[1] * SIDE)]
    assert 0 <= ash.min() <= ash.max() <= 1.2
    assert 0 <= heat.min() <= heat.max() <= 1.2
    assert above[SIDE // 3 :].max() > 0.3
    assert ash[-3:].max() < 0.01


def test_a_plume_grows_over_time():
    young, old = (plume(steps).at(0.0).fields[0] for steps in (20, 80))
    top_young, top_old = (np.flatnonzero((ash > 0.05).any(1))[0] for ash in (young, old))
    assert top_old < top_young - 5


def test_states_follow_each_other_without_jumps():
    moving = plume()
    frames = [moving.at(time).fields[0] for time in np.arange(0, 1, 0.02)]
    steps = np.abs(np.diff(frames, axis=0)).max((1, 2))
    assert steps.max() < 0.35
    assert np.abs(frames[-1] - frames[0]).max() > 0.1


def test_the_state_does_not_depend_on_the_times_before():
    one, other = plume(), plume()
    for time in (0.1, 0.35, 0.6):
        one.at(time)
    assert np.array_equal(one.at(0.9).fields, other.at(0.9).fields)


def test_the_two_textures_take_turns():
    moving = plume()
    weights = np.array([moving.at(time).weights for time in np.arange(0, 6, 0.1)])
    assert weights.sum(1) == pytest.approx(np.ones(len(weights)))
    assert weights.min() < 0.1


def test_nothing_comes_before_the_onset():
    assert plume(onset=5.0).at(0.0).fields[0].max() == 0


@pytest.mark.parametrize("cells", [float(SIDE), SIDE / 4])
def test_smoke_hides_what_is_behind_it(cells: float):
    light = random_light(np.random.default_rng(0), {"day": 1})
    smoke = Smoke(np.random.default_rng(0), VENT_OF_ASH, ASH, light, 50, cells)
    picture = np.full((3, 50, 50), 0.5, np.float32)
    cover = smoke.draw(picture, plume().at(0.0), WHOLE_BOX, np.array([0.5, 0.1, 0.0], np.float32))
    assert cover.max() > 0.95
    assert cover.min() == 0
    assert (picture[:, cover == 0] == 0.5).all()
    assert np.abs(picture - 0.5).max() > 0.1
    assert np.isfinite(picture).all()


def test_clear_air_changes_nothing():
    light = random_light(np.random.default_rng(0), {"night": 1})
    smoke = Smoke(np.random.default_rng(0), VENT_OF_ASH, ASH, light, 50, SIDE)
    picture = np.full((3, 50, 50), 0.5, np.float32)
    assert smoke.draw(picture, plume(onset=5.0).at(0.0), WHOLE_BOX, np.zeros(3, np.float32)).max() == 0
    assert (picture == 0.5).all()
