import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.data.scenes.camera import Camera

PLACE = np.array([1.0, 2.0, 3.0])
places = st.tuples(*[st.floats(-50, 50)] * 3).map(np.array)


def camera(roll: float = 0.0) -> Camera:
    return Camera.looking(PLACE, np.array([4.0, 1.0, 20.0]), 1.5, roll)


@given(st.floats(-3, 3))
def test_axes_are_at_right_angles(roll: float):
    axes = camera(roll).axes
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-9)
    assert np.linalg.det(axes) == pytest.approx(1)


def test_the_target_is_in_the_middle_and_up_is_up():
    seen, scale = camera().project(np.array([[4.0, 1.0, 20.0], [4.0, 2.0, 20.0], [5.0, 1.0, 20.0]]), 64)
    assert seen[0] == pytest.approx([31.5, 31.5])
    assert seen[1, 1] < 31.5
    assert seen[2, 0] > 31.5
    assert (scale > 0).all()


def test_size_falls_with_distance():
    ahead = camera().axes[2]
    _, (near, far) = camera().project(PLACE + np.outer([10, 20], ahead), 64)
    assert near == pytest.approx(2 * far)
    assert near == pytest.approx(64 * 1.5 / 10)


def test_what_is_behind_has_no_size():
    _, scale = camera().project(PLACE - camera().axes[2], 64)
    assert scale == 0


@given(places)
def test_rays_meet_what_is_projected(point: np.ndarray):
    watching = camera(0.2)
    (x, y), scale = watching.project(point, 64)
    if scale == 0:
        return
    base, right, down = watching.direction(64)
    ray = base + x * right + y * down
    depth = (point - PLACE) @ watching.axes[2]
    assert depth * ray == pytest.approx(point - PLACE, abs=1e-6)
