import numpy as np
import pytest

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.gates import Gates
from f2v_core.data.scenes.light import random_light
from f2v_core.data.scenes.line import SkiLine, Slope
from f2v_core.data.scenes.spray import Snowfall, Spray

SLOPE = Slope(np.radians(20))
LIGHT = random_light(np.random.default_rng(0), {"day": 1})
LINE = SkiLine(np.random.default_rng(0), 14, 2.4, 9, 6)
HERE = LINE.at(2.0)
FEET = SLOPE.point(HERE.across, HERE.down)
CAMERA = Camera.looking(SLOPE.point(HERE.across, HERE.down + 8, 2), FEET, 1.5)


def cover(rich: float, time: float = 2.0) -> np.ndarray:
    picture = np.zeros((3, 64, 64), np.float32)
    Spray(1, LINE, SLOPE, rich, 4.0).draw(picture, CAMERA, LIGHT, time)
    return picture[0]


def test_powder_throws_up_more_than_a_piste():
    assert cover(4.0).sum() > 2 * cover(0.8).sum() > 0


def test_spray_is_around_the_skier_and_moves():
    cloud = cover(3.0)
    assert cloud[20:50, 10:54].sum() > 0.5 * cloud.sum()
    assert np.abs(cloud - cover(3.0, 2.1)).max() > 0.05


def test_nothing_flies_before_the_skiing_began():
    assert cover(3.0, -9.0).sum() == 0


@pytest.mark.parametrize("time", [0.0, 500.0])
def test_snow_falls_around_the_camera(time: float):
    snow = Snowfall(np.random.default_rng(0), 500, np.array([1.0, 0, 0]))
    one, later = np.zeros((2, 3, 64, 64), np.float32)
    snow.draw(one, CAMERA, LIGHT, time)
    snow.draw(later, CAMERA, LIGHT, time + 0.1)
    assert 0.001 < one.mean() < 0.3
    assert np.abs(one - later).max() > 0.01


@pytest.mark.parametrize("flags", [True, False])
def test_gates_stand_where_turns_are_hardest(flags: bool):
    gates = Gates(LINE, SLOPE, flags=flags)
    found = gates.around(FEET, CAMERA)
    assert 1 <= len(found) <= 2
    for depth, limbs in found:
        assert depth > 3
        assert limbs.ends.shape[0] % (7 if flags else 1) == 0
        feet = limbs.ends[:1, 0]
        assert (feet @ SLOPE.normal) == pytest.approx([0], abs=1e-9)
    apexes = SLOPE.point(*LINE.at(LINE.apexes())[:2])
    near = np.linalg.norm(apexes - found[0][1].ends[0, 0], axis=1).min()
    assert near < 2.0
