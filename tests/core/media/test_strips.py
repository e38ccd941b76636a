"""Clips as PNGs: every value comes back, changes over time cost few bytes, damage is an error in words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.errors import MediaError
from f2v_core.media import strips
from f2v_core.media.strips import decode_strip, encode_strip


@given(st.tuples(st.integers(1, 9), st.integers(1, 40), st.integers(1, 40)), st.integers(0, 2**32 - 1))
def test_every_value_comes_back(shape, seed):
    clip = np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)
    data = encode_strip(clip)
    back = decode_strip(data, shape[0])
    assert np.array_equal(back, clip)
    assert back.flags.c_contiguous
    assert encode_strip(clip) == data


def test_what_stands_still_costs_little():
    still = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    clip = np.repeat(still[None], 30, axis=0)
    assert len(encode_strip(clip)) < 2 * still.nbytes


def test_a_view_of_a_larger_clip():
    clip = np.random.default_rng(0).integers(0, 256, (6, 20, 30, 3), dtype=np.uint8)
    assert np.array_equal(decode_strip(encode_strip(clip[::2, :, 5:25]), 3), clip[::2, :, 5:25])


@pytest.mark.parametrize("data", [b"", b"no PNG", encode_strip(np.zeros((5, 7, 8, 3), np.uint8))[:60]])
def test_damaged_bytes(data):
    with pytest.raises(MediaError, match=f"{len(data)} bytes"):
        decode_strip(data, 5)


def test_another_number_of_frames():
    data = encode_strip(np.zeros((5, 7, 8, 3), np.uint8))
    with pytest.raises(MediaError, match="no strip of 6 frames"):
        decode_strip(data, 6)


def test_clips_that_are_too_long():
    frames = np.broadcast_to(np.zeros((1, 1, 1, 1), np.uint8), (15_000, 100, 8, 3))
    with pytest.raises(MediaError, match="15000 frames of 100 rows is too long"):
        encode_strip(frames)


def test_a_clip_that_cannot_be_encoded(monkeypatch):
    monkeypatch.setattr(strips.cv2, "imencode", lambda *_: (False, None))
    with pytest.raises(MediaError, match="cannot be written"):
        encode_strip(np.zeros((5, 7, 8, 3), np.uint8))
