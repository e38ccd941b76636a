import numpy as np
import pytest

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.conifers import GROUPS, SINGLE, SIZES, tree_pictures
from f2v_core.data.scenes.light import random_light
from f2v_core.data.scenes.line import Slope
from f2v_core.data.scenes.trees import Forest, TreePainter, trees_in_view

SLOPE = Slope(np.radians(20))
SUN = np.array([0.6, 0.8, 0.0])
LIGHT = random_light(np.random.default_rng(0), {"day": 1})
FOREST = Forest(7, SLOPE, SUN, width=20, dense=4, deep=20, tall=9)
CAMERA = Camera.looking(SLOPE.point(0, -10, 3), SLOPE.point(0, 20, 3), 1.0)


@pytest.mark.parametrize("snow", [0.0, 1.0])
def test_pictures_of_trees(snow: float):
    kinds = tree_pictures(np.random.default_rng(0), LIGHT, snow)
    assert len(kinds) == SINGLE + GROUPS
    for sizes in kinds:
        assert len(sizes) == SIZES
        tree = sizes[0]
        assert tree[..., 3].max() == pytest.approx(1)
        assert not tree[0].any()
        assert (tree >= 0).all()
        assert tree[60:, :, 3].sum() > 2 * tree[:30, :, 3].sum()


def test_snow_makes_trees_bright():
    bare, white = (
        tree_pictures(np.random.default_rng(0), LIGHT, snow)[0][0][..., :3].mean() for snow in (0.0, 1.0)
    )
    assert white > 2 * bare


def test_the_piste_is_clear_and_the_forest_always_the_same():
    stand = FOREST.stand(-50, 50)
    across, down, above = (stand.foot @ SLOPE.axes.T).T
    assert np.abs(across).min() > 20 / 2 * 0.7
    assert above == pytest.approx(np.zeros(above.size), abs=1e-9)
    again = Forest(7, SLOPE, SUN, width=20, dense=4, deep=20, tall=9).stand(-20, 20)
    inner = (down >= -32) & (down < 32)
    assert np.array_equal(stand.tall[inner], again.tall)
    assert stand.kind.max() < SINGLE + GROUPS


def test_trees_come_from_far_to_near_and_none_fills_the_frame():
    seen = trees_in_view(FOREST.stand(-100, 200), CAMERA, 64, 20)
    assert 5 < seen.depth.size <= 20
    assert (np.diff(seen.depth) <= 0).all()
    assert (seen.depth > 0).all()
    assert (seen.tall * seen.scale).max() < 2.2 * 64


def test_trees_hide_the_sky_above_their_feet():
    painter = TreePainter(tree_pictures(np.random.default_rng(0), LIGHT, 0.0), LIGHT.horizon)
    seen = trees_in_view(FOREST.stand(-100, 200), CAMERA, 64, 20)
    picture = np.full((3, 64, 64), 2.0, np.float32)
    for index in range(seen.depth.size):
        painter.draw(picture, seen, index)
    assert np.isfinite(picture).all()
    assert picture.min() < 0.5
    foot = seen.places[-1, 1]
    assert picture[:, min(63, int(foot) + 6) :].mean() > picture[:, : int(foot)].mean()
