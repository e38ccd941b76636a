"""The cross-fade is what its formula says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.frames import FramePair
from f2v_core.generators.linear import Linear

FIRST, LAST = np.random.default_rng(0).integers(0, 256, (2, 8, 9, 3), dtype=np.uint8)


@given(st.floats(0, 1))
def test_frames_are_rounded_to_the_nearest(t):
    (frame,) = Linear().frames(FramePair(FIRST, LAST), [t])
    exact = FIRST + t * (LAST.astype(float) - FIRST)
    assert np.abs(frame - exact).max() <= 0.5 + 1e-4


def test_its_name():
    assert Linear().name == "linear"
