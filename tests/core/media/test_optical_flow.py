"""Motion: found where it is known, and read along the documented direction."""

import numpy as np
import pytest

from f2v_core.errors import InputError
from f2v_core.media.fitting import resize_frame
from f2v_core.media.optical_flow import LONGEST, dense_flow, positions, sample, warp


def texture(height, width, seed=0):
    """(H, W, 3): smooth random blobs that motion can hold on to."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (height // 6 + 2, width // 6 + 2, 3), dtype=np.uint8)
    return resize_frame(coarse, (width, height))


def shifted(by, size=(160, 120)):
    """Two frames of one scene; what is at p in the first is at p + by in the second."""
    scene = texture(size[1] + 60, size[0] + 60)
    x, y = by
    return (
        np.ascontiguousarray(scene[30 : 30 + size[1], 30 : 30 + size[0]]),
        np.ascontiguousarray(scene[30 - y : 30 - y + size[1], 30 - x : 30 - x + size[0]]),
    )


@pytest.mark.parametrize("by", [(0, 0), (5, 0), (0, -4), (-7, 6)])
@pytest.mark.parametrize("size", [(160, 120), (64, 64), (900, 700)])
def test_a_shift_is_found(by, size):
    first, last = shifted(by, size)
    flow = dense_flow(first, last)
    assert flow.shape == (size[1], size[0], 2)
    assert flow.dtype == np.float32
    inner = flow[12:-12, 12:-12]
    assert np.abs(np.median(inner, axis=(0, 1)) - by).max() < 0.25


def test_warping_the_last_along_the_flow_gives_the_first():
    first, last = shifted((6, -3))
    inner = np.s_[12:-12, 12:-12]
    before = np.abs(last.astype(int) - first)[inner].mean()
    after = np.abs(warp(last, dense_flow(first, last)).astype(int) - first)[inner].mean()
    assert after < before / 8


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (3, 100), (11, 100), (200, 16), (37, 53), (5000, 2)])
def test_pictures_of_any_size_survive(size):
    first, last = texture(size[1], size[0]), texture(size[1], size[0], seed=1)
    flow = dense_flow(first, last)
    assert flow.shape == (size[1], size[0], 2)
    assert np.isfinite(flow).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_warp_reads_at_the_flow_and_repeats_the_border(dtype, channels):
    image = np.arange(20, dtype=dtype).reshape(4, 5)
    image = np.repeat(image[..., None], 3, axis=2) if channels else image
    flow = np.zeros((4, 5, 2), np.float32)
    flow[..., 0] = 1
    moved = warp(image, flow)
    assert moved.dtype == dtype
    assert np.array_equal(moved[:, :-1], image[:, 1:])
    assert np.array_equal(moved[:, -1], image[:, -1])
    flow[:] = (0, -1)
    assert np.array_equal(warp(image, flow)[1:], image[:-1])


def test_warp_between_pixels_is_bilinear():
    image = np.array([[0, 10], [20, 30]], np.float32)
    half = np.full((2, 2, 2), 0.5, np.float32)
    assert warp(image, half)[0, 0] == pytest.approx(15)


def test_sample_takes_places():
    image = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert np.array_equal(sample(image, positions((4, 3))), image)
    assert sample(image, np.full((1, 1, 2), 2, np.float32))[0, 0] == 10


def test_pictures_that_are_too_long_are_refused():
    with pytest.raises(InputError, match="too long"):
        warp(np.zeros((1, LONGEST + 1), np.uint8), np.zeros((1, LONGEST + 1, 2), np.float32))
