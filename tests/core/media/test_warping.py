import numpy as np
import pytest

from f2v_core.media.warping import blur, distance_to, interleave, remap, resize, warp_affine

RAMP = np.arange(48, dtype=np.float32).reshape(6, 8)


def grid(width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return x, y


def test_remap_looks_where_it_is_told():
    x, y = grid(5, 4)
    assert remap(RAMP, x + 1, y + 0.5) == pytest.approx(RAMP[:4, 1:6] + 4)


def test_remap_goes_on_with_the_border_or_from_the_other_side():
    x, y = grid(8, 6)
    assert remap(RAMP, x - 100, y)[:, 0] == pytest.approx(RAMP[:, 0])
    assert remap(RAMP, x + 8, y - 6, wrap=True) == pytest.approx(RAMP)


def test_warp_affine_maps_the_result_to_the_picture():
    shift = np.array([[1, 0, 2], [0, 1, 1]], np.float32)
    assert warp_affine(RAMP, shift, (5, 4)) == pytest.approx(RAMP[1:5, 2:7])


def test_blur_keeps_the_sum():
    spot = np.zeros((31, 31), np.float32)
    spot[15, 15] = 1
    assert blur(spot, 2.0).sum() == pytest.approx(1, abs=1e-3)
    assert blur(spot, 2.0)[15, 15] < 0.1


def test_resize_averages_where_it_shrinks_and_is_smooth_where_it_grows():
    assert resize(RAMP, (4, 3)) == pytest.approx(RAMP.reshape(3, 2, 4, 2).mean((1, 3)))
    assert np.diff(resize(RAMP, (32, 6))[0]).max() < 0.5


def test_interleave_is_the_channels_of_a_picture():
    assert np.array_equal(interleave([RAMP, RAMP + 1]), np.stack([RAMP, RAMP + 1], -1))


def test_distance_to_the_nearest_place():
    places = np.zeros((9, 9), bool)
    places[4, 4] = True
    assert distance_to(places)[4, 0] == pytest.approx(4, abs=0.1)
    assert distance_to(places)[4, 4] == 0
