import numpy as np
import pytest

from f2v_core.data.scenes.light import HOURS, random_light


@pytest.mark.parametrize("hour", HOURS)
def test_light_is_a_direction_and_colours(hour: str):
    light = random_light(np.random.default_rng(0), {hour: 1.0})
    assert light.hour == hour
    assert np.linalg.norm(light.sun) == pytest.approx(1, abs=1e-5)
    assert light.sun[1] > 0
    for colour in (light.sunlight, light.zenith, light.horizon, light.ambient):
        assert colour.shape == (3,)
        assert colour.min() > 0


def test_days_are_brighter_than_nights():
    rng = np.random.default_rng(0)
    day, night = (random_light(rng, {hour: 1.0}) for hour in ("day", "night"))
    assert day.ambient.mean() > 20 * night.ambient.mean()
    assert night.stars > day.stars
    assert night.lava > day.lava


def test_hours_come_as_often_as_they_should():
    rng = np.random.default_rng(0)
    names = [random_light(rng, {"day": 3, "dusk": 1}).hour for _ in range(400)]
    assert 0.65 < names.count("day") / 400 < 0.85


@pytest.mark.parametrize(("behind", "sign"), [(0.0, 1), (1.0, -1)])
def test_the_sun_can_stand_behind_the_scene(behind: float, sign: int):
    rng = np.random.default_rng(0)
    suns = [random_light(rng, {"day": 1}, behind).sun[2] for _ in range(20)]
    assert all(sign * near > 0 for near in suns)
