import numpy as np
import pytest

from f2v_core.data.scenes.light import random_light
from f2v_core.data.scenes.view import Pose
from f2v_core.data.scenes.water import Water

STILL = Pose(np.zeros(2), np.zeros(2), 0.0, 0.0).matrix()


def water(line: float) -> Water:
    rng = np.random.default_rng(0)
    return Water(rng, random_light(rng, {"day": 1}), line, 60)


def picture() -> np.ndarray:
    result = np.full((3, 60, 60), 0.2, np.float32)
    result[0, :, 30:] = 1.0
    return result


def test_water_mirrors_what_is_above_it_and_leaves_that_alone():
    before = picture()
    after = before.copy()
    water(0.6).draw(after, STILL, 0.0)
    assert np.array_equal(after[:, :35], before[:, :35])
    assert after[0, 40:, 45:].mean() > after[0, 40:, :15].mean() + 0.2


def test_waves_move():
    one, other = picture(), picture()
    water(0.6).draw(one, STILL, 0.0)
    water(0.6).draw(other, STILL, 0.3)
    assert np.abs(one - other).max() > 0.01


@pytest.mark.parametrize("line", [1.5, 1.0])
def test_a_shore_below_the_frame_is_not_seen(line: float):
    before = picture()
    after = before.copy()
    water(line).draw(after, STILL, 0.0)
    assert np.array_equal(after[:, :59], before[:, :59])
