"""Clips as one picture, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.errors import MediaError
from f2v_core.media.filmstrips import join_filmstrips, read_filmstrips, split_filmstrips
from f2v_core.media.images import write_png


def clips(n: int, frames: int, side: int):
    return np.random.default_rng(0).integers(0, 256, (n, frames, side, side, 3), np.uint8)


@given(st.integers(1, 4), st.integers(2, 7), st.integers(1, 9))
def test_any_clips_come_back(n: int, frames: int, side: int):
    made = clips(n, frames, side)
    picture = join_filmstrips(made)
    assert picture.shape == (n * side, frames * side, 3)
    assert np.array_equal(split_filmstrips(picture, frames), made)


def test_a_row_is_a_clip_from_left_to_right():
    made = clips(2, 3, 4)
    picture = join_filmstrips(made)
    assert np.array_equal(picture[4:, 8:], made[1, 2])


@pytest.mark.parametrize("shape", [(4, 9, 3), (5, 8, 3), (4, 1, 3)])
def test_a_picture_that_does_not_divide_is_no_strip(shape: tuple[int, ...]):
    with pytest.raises(MediaError, match=f"{shape[1]}x{shape[0]} is no strip of 2 frames"):
        split_filmstrips(np.zeros(shape, np.uint8), 2)


def test_a_file_of_strips_is_read(tmp_path):
    made = clips(2, 3, 4)
    write_png(tmp_path / "a.png", join_filmstrips(made))
    assert np.array_equal(read_filmstrips(tmp_path / "a.png", 3), made)
    with pytest.raises(MediaError, match="does not exist"):
        read_filmstrips(tmp_path / "b.png", 3)
