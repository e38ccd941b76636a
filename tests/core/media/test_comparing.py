"""Exact sums of differences, whatever the shape and the memory order."""

import numpy as np
import pytest

from f2v_core.media.comparing import difference_frame, sum_of_changes, sum_of_squares


@pytest.mark.parametrize("shape", [(3,), (32, 32), (7, 5, 3), (30, 64, 48, 3)])
def test_sums_are_exact(shape):
    a, b = np.random.default_rng(0).integers(0, 256, (2, *shape), dtype=np.uint8)
    away = a.astype(np.int64) - b
    assert sum_of_changes(a, b) == np.abs(away).sum()
    assert sum_of_squares(a, b) == np.square(away).sum()
    assert sum_of_changes(a.T, b.T) == np.abs(away).sum()


def test_large_sums():
    a = np.zeros((40, 512, 512, 3), np.uint8)
    assert sum_of_squares(a, a + np.uint8(255)) == a.size * 255**2
    assert sum_of_changes(a, a + np.uint8(255)) == a.size * 255


def test_a_difference_is_multiplied_and_ends_at_white():
    a = np.array([[[10, 200, 0], [7, 7, 7]]], np.uint8)
    b = np.array([[[30, 100, 0], [7, 8, 0]]], np.uint8)
    np.testing.assert_array_equal(difference_frame(a, b, 1), [[[20, 100, 0], [0, 1, 7]]])
    np.testing.assert_array_equal(difference_frame(a, b, 4), [[[80, 255, 0], [0, 4, 28]]])
