import numpy as np
import pytest

from f2v_core.data.scenes.ballistics import GRAVITY, LONGEST, Fountain, flight, throw
from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.cone import Cone

CALM = np.zeros(3)
CONE = Cone(rim=10, steep=0.6, foot=100, rough=2, key=1)
FOUNTAIN = Fountain(rate=100, speed=40, spread=0.3, lean=0, drag=8, cooling=2, wind=CALM)


def test_without_air_things_fly_parabolas():
    velocity, age = np.array([[3.0, 20.0, -1.0]] * 3), np.array([0.0, 1.0, 2 * 20 / GRAVITY])
    place = flight(velocity, age, np.inf, CALM)
    assert place[1] == pytest.approx([3, 20 - GRAVITY / 2, -1])
    assert place[2, 1] == pytest.approx(0)


def test_little_air_changes_little():
    velocity, age = np.array([[3.0, 20.0, -1.0]]), np.array([2.0])
    assert flight(velocity, age, 1e6, CALM) == pytest.approx(flight(velocity, age, np.inf, CALM), abs=1e-3)


def test_drag_obeys_its_equation_of_motion():
    velocity, drag, wind = np.array([[12.0, 30.0, 5.0]]), 3.0, np.array([4.0, 0, 1.0])
    step, age = 1e-3, 1.7
    before, now, after = (flight(velocity, np.array([age + k * step]), drag, wind) for k in (-1, 0, 1))
    speed, acceleration = (after - before) / (2 * step), (after - 2 * now + before) / step**2
    assert acceleration == pytest.approx((wind - speed) / drag - [0, GRAVITY, 0], abs=1e-3)


def test_things_end_up_falling_with_the_wind():
    wind, late = np.array([4.0, 0, 0]), np.array([60.0, 61.0])
    fallen = np.diff(flight(np.array([[9.0, 50.0, 0.0]] * 2), late, 2.0, wind), axis=0)
    assert fallen[0] == pytest.approx([4, -2 * GRAVITY, 0], abs=1e-3)


@pytest.fixture(scope="module")
def bombs():
    bursts = Bursts(np.random.default_rng(0), steady=0.8, rate=0.5, decay=1)
    return throw(3, FOUNTAIN, bursts, CONE, -5, 3)


def test_bombs_leave_in_order_and_as_fast_as_the_fountain_throws(bombs):
    assert (np.diff(bombs.born) >= 0).all()
    assert 300 < bombs.born.size < 1040
    assert np.linalg.norm(bombs.velocity, axis=1).max() < 40 * 1.3


def test_bombs_stay_where_they_hit_the_flank_or_roll_down(bombs):
    hit = bombs.chosen(bombs.landed < LONGEST - 0.5)
    at = hit.places(1e3, FOUNTAIN, CONE)
    radius = np.hypot(at[:, 0], at[:, 2])
    assert at[:, 1] == pytest.approx(-CONE.below(radius))
    assert (radius >= hit.hit[:, 0] - 1e-9).all()


def test_bombs_hit_the_flank_near_its_surface(bombs):
    hit = bombs.chosen((bombs.landed < LONGEST - 0.5) & (bombs.hit[:, 0] > CONE.rim))
    place = flight(hit.velocity, hit.landed, FOUNTAIN.drag, FOUNTAIN.wind)
    assert np.abs(place[:, 1] + CONE.below(hit.hit[:, 0])).max() < 1.5


def test_no_bomb_in_the_air_is_inside_the_mountain(bombs):
    for time in (-2.0, 0.0, 1.5):
        flying = bombs.chosen((time - bombs.born > 0) & (time - bombs.born < bombs.landed))
        at = flying.places(time, FOUNTAIN, CONE)
        outside = np.hypot(at[:, 0], at[:, 2]) > CONE.rim
        assert (at[outside, 1] > -CONE.below(np.hypot(at[outside, 0], at[outside, 2])) - 1.5).all()


def test_each_second_is_its_own(bombs):
    bursts = Bursts(np.random.default_rng(0), steady=0.8, rate=0.5, decay=1)
    later = throw(3, FOUNTAIN, bursts, CONE, 0, 2)
    same = bombs.chosen((bombs.born >= 0) & (bombs.born < 2))
    assert np.array_equal(same.velocity, later.velocity)
