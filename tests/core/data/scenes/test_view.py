import numpy as np
import pytest

from f2v_core.data.scenes.view import MARGIN, Pose, View, onto_layer, seen


def test_a_tripod_does_not_move():
    view = View(np.random.default_rng(0), steady=1.0, pan=np.zeros(2), zoom=0.0)
    assert view.pose(2.0).matrix() == pytest.approx(np.eye(3))


def test_pans_and_zooms_come_to_rest():
    view = View(np.random.default_rng(0), steady=1.0, pan=np.array([0.1, 0.0]), zoom=0.1)
    assert view.pose(1.0).pan[0] == pytest.approx(0.1, rel=0.1)
    assert view.pose(1e4).pan[0] < MARGIN
    assert 0 < view.pose(1.0).zoom < view.pose(1e4).zoom < 0.4


def test_hands_tremble_smoothly():
    view = View(np.random.default_rng(0), steady=0.2, pan=np.zeros(2), zoom=0.0)
    shifts = np.array([view.pose(time).shift for time in np.arange(0, 10, 0.02)])
    assert 0.01 < shifts.std() < 0.08
    assert np.abs(np.diff(shifts, axis=0)).max() < 0.01


def test_near_things_shift_more():
    pose = Pose(np.zeros(2), np.array([0.1, 0.0]), 0.0, 0.0)
    assert pose.matrix(0.0)[0, 2] < pose.matrix(1.0)[0, 2] < pose.matrix(1.6)[0, 2]


def test_the_two_directions_are_inverse():
    matrix = Pose(np.array([0.02, -0.01]), np.zeros(2), 0.1, 0.05).matrix()
    side, layer = 64, 128
    pixel = seen(matrix, side) @ (0.3, 0.6, 1.0)
    place = onto_layer(matrix, side, layer) @ (*pixel, 1.0)
    unit = layer / (1 + 2 * MARGIN)
    assert place == pytest.approx([(0.3 + MARGIN) * unit - 0.5, (0.6 + MARGIN) * unit - 0.5], abs=1e-3)
