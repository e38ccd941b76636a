import numpy as np
import pytest

from f2v_core.data.scenes.planes import lay_over, packed, planar, resized, splat, tint, warped

LAYER = np.arange(12, dtype=np.float32).reshape(3, 4)


def test_tints_and_layers():
    picture = tint(np.ones((3, 4), np.float32), np.array([1, 2, 3], np.float32))
    cover = np.zeros((3, 4), np.float32)
    cover[0] = 0.5
    lay_over(picture, np.zeros((3, 1, 1), np.float32), cover)
    assert picture[:, 0, 0].tolist() == [0.5, 1.0, 1.5]
    assert picture[:, 1, 0].tolist() == [1, 2, 3]


def test_what_is_packed_can_be_warped_and_comes_back():
    picture = packed(np.stack([LAYER, LAYER + 1]), LAYER + 2)
    assert picture.shape == (3, 4, 4)
    same = warped(picture, np.eye(2, 3, dtype=np.float32), (4, 3))
    assert np.array_equal(same[:3], [LAYER, LAYER + 1, LAYER + 2])
    assert np.array_equal(planar(picture), same)


def test_resizing_the_same_size_costs_nothing():
    planes = np.zeros((2, 5, 5), np.float32)
    assert resized(planes, 5) is planes
    assert resized(planes, 3).shape == (2, 3, 3)


def test_a_splat_is_spread_over_four_pixels_and_lost_outside():
    x, y = np.array([1.25, 1e9, -0.5, np.float64(3)]), np.array([2.0, 1.0, 0.0, 2.0])
    (sums,) = splat(x, y, np.array([[4.0, 7.0, 2.0, 1.0]]), (4, 5))
    assert sums[2, 1:4].tolist() == [3, 1, 1]
    assert sums[0, 0] == pytest.approx(1)
    assert sums.sum() == pytest.approx(6)
