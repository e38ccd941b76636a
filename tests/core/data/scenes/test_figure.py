import numpy as np
import pytest

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.figure import Limbs, outline, paint
from f2v_core.data.scenes.light import random_light

CAMERA = Camera.looking(np.array([0.0, 0.0, -10.0]), np.zeros(3), 2.0)
SUN = np.array([0.6, 0.6, -0.5]) / np.linalg.norm([0.6, 0.6, -0.5])
LIGHT = random_light(np.random.default_rng(0), {"day": 1})


def stick(x: float, z: float, colour: tuple[float, float, float], radius: float = 0.3) -> Limbs:
    return Limbs(np.array([[[x, -1, z], [x, 1, z]]]), np.full((1, 2), radius), np.array([colour]))


def test_an_outline_goes_around_both_ends():
    corners = outline(np.array([[[0.0, 0.0], [10.0, 0.0]]]), np.array([[1.0, 2.0]]))[0]
    assert corners[:, 0].max() == pytest.approx(12, abs=0.2)
    assert corners[:, 0].min() == pytest.approx(-1, abs=0.1)
    assert corners[:, 1].max() == pytest.approx(2)


def test_a_figure_is_painted_where_it_stands():
    picture = np.full((3, 64, 64), 0.5, np.float32)
    paint(picture, stick(0, 0, (0.6, 0.0, 0.0)), CAMERA, LIGHT, SUN)
    assert picture[0, 32, 32] > 10 * picture[1, 32, 32]
    assert (picture[:, :, :20] == 0.5).all()


def test_what_is_near_hides_what_is_far():
    both = stick(0, 2, (0.0, 0.8, 0.0)) + stick(0, -2, (0.8, 0.0, 0.0))
    for limbs in (both, stick(0, -2, (0.8, 0.0, 0.0)) + stick(0, 2, (0.0, 0.8, 0.0))):
        picture = np.zeros((3, 64, 64), np.float32)
        paint(picture, limbs, CAMERA, LIGHT, SUN)
        assert picture[0, 32, 32] > picture[1, 32, 32]


def test_the_side_in_the_sun_is_brighter():
    picture = np.zeros((3, 128, 128), np.float32)
    paint(picture, stick(0, 0, (0.5, 0.5, 0.5), radius=0.8), CAMERA, LIGHT, SUN)
    row = picture[0, 64]
    lit = np.flatnonzero(row > 0.8 * row.max())
    assert lit.mean() > 64


@pytest.mark.parametrize("x", [-3.0, 2.3, 50.0])
def test_figures_at_the_border_and_beyond_do_no_harm(x: float):
    picture = np.zeros((3, 64, 64), np.float32)
    paint(picture, stick(x, 0, (0.5, 0.5, 0.5)), CAMERA, LIGHT, SUN)
    assert np.isfinite(picture).all()


def test_what_is_behind_the_camera_is_not_painted():
    picture = np.zeros((3, 64, 64), np.float32)
    paint(picture, stick(0, -20, (0.5, 0.5, 0.5)), CAMERA, LIGHT, SUN)
    assert not picture.any()
