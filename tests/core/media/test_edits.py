import numpy as np
import pytest

from f2v_core.config import ExportConfig
from f2v_core.errors import InputError
from f2v_core.media.edits import edited_frames, edited_numbers, scaled_size
from f2v_core.media.presets import PRESETS

MP4, GIF = PRESETS["mp4"], PRESETS["gif"]


@pytest.mark.parametrize(
    ("changes", "preset", "numbers", "rate"),
    [
        ({}, MP4, [0, 1, 2, 3, 4], 10.0),
        ({"from_frame": 2, "to_frame": 4}, MP4, [1, 2, 3], 10.0),
        ({"from_frame": 5}, MP4, [4], 10.0),
        ({"plays": 2, "to_frame": 2}, MP4, [0, 1, 0, 1], 10.0),
        ({"plays": 2, "to_frame": 2}, GIF, [0, 1], 10.0),
        ({"ping_pong": True}, MP4, [0, 1, 2, 3, 4, 3, 2, 1, 0], 10.0),
        ({"ping_pong": True}, GIF, [0, 1, 2, 3, 4, 3, 2, 1], 10.0),
        ({"ping_pong": True, "plays": 1}, GIF, [0, 1, 2, 3, 4, 3, 2, 1, 0], 10.0),
        ({"ping_pong": True, "to_frame": 1}, MP4, [0], 10.0),
        ({"rate": 20.0}, MP4, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], 20.0),
        ({"rate": 4.0}, MP4, [0, 4], 4.0),
        ({"rate": 0.5}, MP4, [0], 0.5),
        ({"from_frame": 3}, PRESETS["frame"], [2], 10.0),
    ],
)
def test_frames_in_their_order(changes, preset, numbers, rate):
    assert edited_numbers(5, 10.0, ExportConfig(**changes), preset) == (numbers, rate)


@pytest.mark.parametrize("changes", [{"from_frame": 6}, {"to_frame": 6}, {"from_frame": 3, "to_frame": 2}])
def test_a_range_beyond_the_clip(changes):
    with pytest.raises(InputError, match="not in the clip") as caught:
        edited_numbers(5, 10.0, ExportConfig(**changes), MP4)
    assert caught.value.remedy == "It has frames 1 to 5."


def test_frames_come_in_any_order_and_no_more_are_taken():
    taken = []
    frames = (taken.append(i) or np.full((2, 4, 3), i, np.uint8) for i in range(9))
    values = [int(frame[0, 0, 0]) for frame in edited_frames(frames, [1, 1, 3, 2, 1])]
    assert values == [1, 1, 3, 2, 1]
    assert taken == [0, 1, 2, 3]


def test_a_size_is_that_of_the_longer_side():
    (frame,) = edited_frames([np.zeros((20, 40, 3), np.uint8)], [0], 10)
    assert frame.shape == (5, 10, 3)
    assert [scaled_size((40, 20), side) for side in (0, 40, 80)] == [(40, 20), (40, 20), (80, 40)]


def test_a_source_that_ends_early_ends_the_clip():
    assert len(list(edited_frames([np.zeros((2, 2, 3), np.uint8)], [0, 1, 2]))) == 1
