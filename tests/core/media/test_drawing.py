import numpy as np
import pytest

from f2v_core.media.drawing import fill_polygons, fill_shape

SQUARE = np.array([[2, 2], [6, 2], [6, 6], [2, 6]], float)


def test_polygons_are_filled_in_their_order():
    canvas = np.zeros((9, 9, 4), np.uint8)
    fill_polygons(canvas, np.stack([SQUARE, SQUARE + 1]), [(10, 20, 30, 255), (1, 2, 3, 255)])
    assert canvas[2, 2].tolist() == [10, 20, 30, 255]
    assert canvas[5, 5].tolist() == [1, 2, 3, 255]
    assert not canvas[0].any()


def test_edges_are_smooth():
    canvas = np.zeros((9, 9), np.uint8)
    fill_polygons(canvas, SQUARE[None] + 0.5, [(255,)])
    assert 0 < canvas[4, 7] < 255


def test_corners_far_outside_do_no_harm():
    canvas = np.zeros((9, 9), np.uint8)
    fill_polygons(canvas, np.array([[[-1e12, 4], [1e12, 4], [4, 1e12]]]), [(255,)])
    assert canvas[8, 4] == 255


def test_a_shape_may_have_bays():
    canvas = np.zeros((12, 12), np.uint8)
    fill_shape(canvas, np.array([[1, 1], [10, 1], [10, 10], [8, 10], [8, 3], [1, 3]], float), (200,))
    assert canvas[2, 5] == 200
    assert canvas[7, 4] == 0
    assert canvas[7, 9] == 200
    assert canvas.mean() == pytest.approx(200 * 51 / 144, rel=0.2)
