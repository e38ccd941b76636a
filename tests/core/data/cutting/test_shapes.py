"""The shapes of clips: as the settings say, with room for training, and the poster's."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.config import prepare_preset
from f2v_core.data.cutting.shapes import ClipShape, clip_shape


def test_clips_are_as_the_settings_say():
    shape = clip_shape(prepare_preset("windows", seconds=2.0, fps=12.0, size=48, crop="stretch"), "train")
    assert shape == ClipShape(24, 24, 12.0, 48, "stretch")
    assert shape.needed_s == pytest.approx(23 / 12)


def test_only_training_clips_have_room():
    config = prepare_preset("windows", room=True)
    assert clip_shape(config, "train") == ClipShape(72, 20, 20.0, 80, "full")
    assert clip_shape(config, "val") == clip_shape(config, "test") == ClipShape(30, 30, 10.0, 64, "center")


@pytest.mark.parametrize("changes", [{}, {"room": True}, {"seconds": 5.0, "fps": 30.0}])
def test_the_poster_has_one_shape(changes):
    assert clip_shape(replace(prepare_preset("poster"), **changes), "train") == ClipShape(
        30, 30, 10.0, 64, "stretch"
    )


@given(st.tuples(st.integers(1, 4000), st.integers(1, 4000)), st.integers(16, 512))
def test_the_short_side_has_the_size(size, side):
    full, middle = ClipShape(30, 30, 10.0, side, "full"), ClipShape(30, 30, 10.0, side, "center")
    scaled = full.scaled(size)
    assert min(scaled) == side
    assert scaled == middle.scaled(size)
    assert scaled[0] / scaled[1] == pytest.approx(
        size[0] / size[1], abs=0.5 / side * max(size) / min(size) + 0.04
    )
    assert ClipShape(30, 30, 10.0, side, "stretch").scaled(size) == (side, side)


def test_what_a_crop_leaves():
    frame = np.arange(20 * 36 * 3, dtype=np.uint8).reshape(20, 36, 3)
    assert np.array_equal(ClipShape(2, 2, 10.0, 20, "center").cropped(frame), frame[:, 8:28])
    assert np.array_equal(
        ClipShape(2, 2, 10.0, 20, "center").cropped(frame.swapaxes(0, 1)), frame.swapaxes(0, 1)[8:28]
    )
    assert np.array_equal(ClipShape(2, 2, 10.0, 20, "full").cropped(frame), frame)
