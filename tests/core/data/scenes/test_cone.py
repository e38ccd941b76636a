import numpy as np
import pytest

from f2v_core.data.scenes.cone import SOILS, Cone, cone_surface, paint_cone, streams
from f2v_core.data.scenes.light import random_light

CONE = Cone(rim=20, steep=0.6, foot=300, rough=3, key=5)
X = np.linspace(-300, 300, 120, dtype=np.float32)[None]
Y = np.linspace(100, -200, 60, dtype=np.float32)[:, None]


def test_radius_and_drop_are_inverse():
    below = np.linspace(0, 500, 20)
    assert CONE.below(CONE.radius(below)) == pytest.approx(below)
    assert CONE.radius(np.zeros(1)) == pytest.approx(20)


def test_the_flank_is_steepest_at_the_rim():
    slopes = np.diff(CONE.below(np.linspace(20, 400, 50)))
    assert (np.diff(slopes) < 0).all()


def test_the_surface_is_a_mountain_with_its_rim_at_0():
    surface = cone_surface(CONE, X, Y)
    middle, width = surface.cover[:, 60], surface.cover.sum(1)
    assert middle[:15].max() == 0
    assert middle[30:].min() == 1
    assert (np.diff(width[25:]) > -3).all()
    assert all(np.isfinite(each).all() for each in vars(surface).values())


@pytest.mark.parametrize("kind", SOILS)
def test_every_soil_gives_light(kind: str):
    rng = np.random.default_rng(0)
    surface = cone_surface(CONE, X, Y)
    colour = paint_cone(rng, surface, random_light(rng, {"day": 1}), 5.0, 300.0, kind)
    assert colour.shape == (3, 60, 120)
    assert np.isfinite(colour).all()
    assert colour.min() >= 0


def test_streams_run_down_the_front_only():
    surface = cone_surface(CONE, X, Y)
    heat, down = streams(np.random.default_rng(1), 2, CONE, surface, 300.0)
    assert 0.5 < heat.max() <= 1
    assert heat[surface.cover == 0].max() == 0
    assert heat[surface.below <= 0].max() == 0
    assert down[40, 60] == pytest.approx(-Y[40, 0] / 300)
