import numpy as np
import pytest

from f2v_core.data.scenes.ballistics import GRAVITY
from f2v_core.data.scenes.line import SkiLine, Slope
from f2v_core.data.scenes.skier import bent_joint, lean_angle, pose, random_style, stance

SLOPE = Slope(np.radians(25))
TIMES = np.arange(0, 6, 0.02)


@pytest.fixture(scope="module")
def line() -> SkiLine:
    return SkiLine(np.random.default_rng(0), speed=12, period=2.5, force=8, until=60)


def test_the_slopes_axes():
    assert SLOPE.axes @ SLOPE.axes.T == pytest.approx(np.eye(3), abs=1e-12)
    assert SLOPE.down[1] == pytest.approx(-np.sin(np.radians(25)))
    place = SLOPE.point(np.array([1.0, 2.0]), 3.0, 0.5)
    assert place @ SLOPE.axes.T == pytest.approx(np.array([[1, 3, 0.5], [2, 3, 0.5]]))


def test_shadows_fall_on_the_slope():
    sun = np.array([0.5, 0.7, -0.5])
    fallen = SLOPE.fallen(np.array([[1.0, 5.0, 2.0], [0.0, 3.0, 9.0]]), sun)
    assert fallen @ SLOPE.normal == pytest.approx([0, 0], abs=1e-12)


def test_a_skier_moves_at_skiing_speed_down_the_hill(line: SkiLine):
    now = line.at(TIMES)
    assert 8 < now.speed.min() < now.speed.max() < 16
    assert (np.diff(now.down) > 0).all()
    assert np.hypot(np.gradient(now.across, 0.02), np.gradient(now.down, 0.02)) == pytest.approx(
        now.speed, rel=0.05
    )


def test_the_skier_turns_as_hard_as_they_should(line: SkiLine):
    sideways = line.at(TIMES).sideways
    assert 5 < np.abs(sideways).max() < 13
    assert sideways.min() < -4
    assert sideways.max() > 4


def test_skis_point_along_the_way(line: SkiLine):
    now = line.at(TIMES)
    direction = np.arctan2(np.gradient(now.across, 0.02), np.gradient(now.down, 0.02))
    assert now.heading == pytest.approx(direction, abs=0.05)


def test_the_skier_stays_on_the_piste(line: SkiLine):
    assert np.abs(line.at(np.arange(0, 58, 0.1)).across).max() < 25


def test_the_line_does_not_depend_on_how_far_it_is_asked_for():
    short, long = (SkiLine(np.random.default_rng(4), 10, 3, 6, until) for until in (5, 50))
    assert np.array(short.at(TIMES[:200])) == pytest.approx(np.array(long.at(TIMES[:200])))


def test_turns_are_hardest_at_their_apexes(line: SkiLine):
    apexes = line.apexes()
    inner = apexes[(apexes > -3) & (apexes < 50)]
    assert 0.8 < np.diff(inner).mean() < 1.8
    there, between = (np.abs(line.at(at).sideways) for at in (inner, (inner[1:] + inner[:-1]) / 2))
    assert there.mean() > 3 * between.mean()


def test_skiers_lean_into_the_turn_as_physics_asks():
    pull = GRAVITY * np.cos(SLOPE.angle)
    assert lean_angle(0, SLOPE) == 0
    assert lean_angle(pull, SLOPE) == pytest.approx(np.pi / 4)
    assert lean_angle(-5, SLOPE) == -lean_angle(5, SLOPE)


def test_bones_keep_their_lengths():
    start, end = np.array([0.0, 1.0, 0.0]), np.array([0.2, 0.3, 0.1])
    joint = bent_joint(start, end, 0.45, 0.44, np.array([0.0, 0.0, 1.0]))
    assert np.linalg.norm(joint - start) == pytest.approx(0.45, abs=1e-6)
    assert np.linalg.norm(joint - end) == pytest.approx(0.44, abs=1e-6)
    assert joint[2] > 0.1


def test_limbs_that_are_too_short_are_stretched():
    joint = bent_joint(np.zeros(3), np.array([2.0, 0, 0]), 0.5, 0.5, np.array([0, 1.0, 0]))
    assert joint == pytest.approx([0.5, 0, 0], abs=0.05)


def test_a_body_has_human_measures_and_stands_on_the_snow(line: SkiLine):
    style = random_style(np.random.default_rng(0), 0.3)
    for time in np.arange(0, 4, 0.1):
        standing = stance(line, SLOPE, time)
        limbs = pose(standing, style)
        height = (limbs.ends.reshape(-1, 3) - standing.feet) @ SLOPE.normal
        assert 0.7 < height.max() < 2.0
        assert height.min() > -0.75  # the tip of a pole, in the snow
        assert np.linalg.norm(limbs.ends[:, 1] - limbs.ends[:, 0], axis=1).max() < 1.3
        assert ((limbs.colours >= 0) & (limbs.colours < 1)).all()


def test_bodies_move_smoothly(line: SkiLine):
    style = random_style(np.random.default_rng(0), 0.3)
    ends = np.array([pose(stance(line, SLOPE, time), style).ends for time in np.arange(0, 3, 0.02)])
    assert np.linalg.norm(np.diff(ends, axis=0), axis=-1).max() < 0.02 * 30
