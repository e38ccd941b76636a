"""Mixing frames."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.media.blending import add_light, blend, cross_fade, local_mean

ONE, OTHER = np.random.default_rng(0).integers(0, 256, (2, 16, 24, 3), dtype=np.uint8)


@given(st.floats(0, 1))
def test_cross_fades_round_to_the_nearest(t):
    exact = ONE.astype(float) + t * (OTHER.astype(float) - ONE)
    assert np.abs(cross_fade(ONE, OTHER, t) - exact).max() <= 0.5 + 1e-4


def test_cross_fades_end_at_their_frames():
    assert np.array_equal(cross_fade(ONE, OTHER, 0.0), ONE)
    assert np.array_equal(cross_fade(ONE, OTHER, 1.0), OTHER)


def test_blends_take_each_pixels_share():
    share = np.linspace(0, 1, 16 * 24, dtype=np.float32).reshape(16, 24)
    exact = OTHER + share[..., None] * (ONE.astype(float) - OTHER)
    assert np.abs(blend(ONE, OTHER, share) - exact).max() <= 0.51


def test_light_is_added_rounded_and_clipped():
    frame = np.full((2, 3, 3), 100, np.uint8)
    for light, expected in ((0.6, 101), (-0.6, 99), (0.4, 100), (200.0, 255), (-200.0, 0)):
        assert (add_light(frame, np.full((2, 3, 3), light, np.float32)) == expected).all()


def test_local_means():
    spot = np.zeros((9, 9), np.float32)
    spot[4, 4] = 9
    assert np.allclose(local_mean(spot, 3)[3:6, 3:6], 1)
    assert local_mean(spot, 3)[0, 0] == 0
