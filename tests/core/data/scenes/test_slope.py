import numpy as np
import pytest

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.light import random_light
from f2v_core.data.scenes.line import SkiLine, Slope
from f2v_core.data.scenes.piste import groove_map, shadow_map
from f2v_core.data.scenes.slope import Snow, look_down
from f2v_core.data.scenes.trees import Forest

SLOPE = Slope(np.radians(20))
SUN = np.array([0.5, 0.8, -0.3]) / np.linalg.norm([0.5, 0.8, -0.3])
DOWNHILL = Camera.looking(SLOPE.point(0, -8, 3), SLOPE.point(0, 5), 1.0)


@pytest.mark.parametrize("target", [(0.0, 5.0), (30.0, -8.0), (-20.0, -30.0)])
def test_the_ground_lies_where_its_points_are_projected(target: tuple[float, float]):
    camera = Camera.looking(SLOPE.point(0, -8, 3), SLOPE.point(*target, 1.0), 1.2, roll=0.1)
    ground = look_down(camera, SLOPE, 48)
    inside = np.argwhere((ground.cover == 1) & (ground.depth < 200))[::37]
    assert len(inside) > 3
    for row, column in inside:
        (x, y), _ = camera.project(SLOPE.point(ground.across[row, column], ground.down[row, column]), 48)
        assert (x, y) == pytest.approx((column, row + ground.top), abs=0.02)


def test_rows_above_the_slope_are_left_out():
    ground = look_down(DOWNHILL, SLOPE, 48)
    assert 0 < ground.top < 40
    assert ground.cover[-1].min() == 1
    assert ground.cover.shape == (48 - ground.top, 48)


def test_a_camera_that_looks_away_sees_no_ground():
    camera = Camera.looking(SLOPE.point(0, 0, 3), SLOPE.point(0, 5, 60), 1.0)
    assert look_down(camera, SLOPE, 48).cover.sum() == 0


def test_snow_is_darker_in_shadow_and_in_tracks():
    light = random_light(np.random.default_rng(0), {"day": 1})
    snow = Snow(np.random.default_rng(0), SLOPE, light, SUN, groomed=0.5)
    ground, none, full = (
        look_down(DOWNHILL, SLOPE, 48),
        np.zeros((48, 48), np.float32),
        np.ones((48, 48), np.float32),
    )
    plain, shaded, tracked = (
        snow.draw(ground, DOWNHILL, *maps) for maps in ((none, none), (full, none), (none, full))
    )
    assert plain.shape == (3, 48 - ground.top, 48)
    assert np.isfinite(plain).all()
    assert shaded.mean() < tracked.mean() < plain.mean()
    assert plain.std() > 0.01


def test_tracks_lie_behind_the_skier():
    line = SkiLine(np.random.default_rng(0), 10, 3, 6, 5)
    here = line.at(2.0)
    camera = Camera.looking(
        SLOPE.point(here.across, here.down - 18, 6), SLOPE.point(here.across, here.down), 1.0
    )
    grooves = groove_map(camera, 64, SLOPE, line, 0.3, 2.0)
    (_, row), _ = camera.project(SLOPE.point(here.across, here.down), 64)
    assert grooves[int(row) + 3 :].sum() > 10 * grooves[: int(row) - 3].sum()
    assert grooves.max() == 1


def test_a_track_that_has_not_begun_is_no_track():
    line = SkiLine(np.random.default_rng(0), 10, 3, 6, 5)
    assert groove_map(DOWNHILL, 64, SLOPE, line, 0.3, -8.0).sum() == 0


def test_trees_throw_shadows_away_from_the_sun():
    triangles = Forest(1, SLOPE, SUN, width=4, dense=6, deep=0.0, tall=8).stand(-20, 20).shadow
    assert triangles @ SLOPE.normal == pytest.approx(np.zeros(triangles.shape[:2]), abs=1e-9)
    assert (triangles[:, 1, 0] < triangles[:, [0, 2], 0].mean(1)).all()
    shadow = shadow_map(DOWNHILL, 64, SLOPE, SUN, triangles, [])
    assert 0 < shadow.mean() < 1
