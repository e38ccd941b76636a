"""Frame, FramePair, Clip and the times of a clip's frames."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.errors import InputError
from f2v_core.frames import Clip, FramePair, check_frame, check_times, frame_times


def frame(height: int = 4, width: int = 6, value: int = 0) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def test_a_pair_knows_its_size_as_width_and_height():
    assert FramePair(frame(4, 6), frame(4, 6)).size == (6, 4)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (np.zeros((4, 6, 3), np.float32), "float32"),
        (np.zeros((4, 6), np.uint8), "(4, 6)"),
        (np.zeros((4, 6, 4), np.uint8), "(4, 6, 4)"),
        (np.zeros((0, 6, 3), np.uint8), "(0, 6, 3)"),
        ([[[0, 0, 0]]], "list"),
        (None, "NoneType"),
    ],
)
def test_what_is_no_frame_is_refused_by_name(wrong: object, said: str):
    with pytest.raises(InputError, match="The last frame") as caught:
        FramePair(frame(), wrong)
    assert said in caught.value.message


def test_a_pair_of_two_shapes_is_refused():
    with pytest.raises(InputError, match="differ in shape"):
        FramePair(frame(4, 6), frame(6, 4))


def test_check_frame_passes_a_frame():
    check_frame(frame(), "It")


def test_a_clip_knows_its_length_size_and_seconds():
    clip = Clip(np.zeros((30, 4, 6, 3), np.uint8), 10.0)
    assert (len(clip), clip.size, clip.seconds) == (30, (6, 4), 3.0)


@pytest.mark.parametrize(
    "frames",
    [
        np.zeros((0, 4, 6, 3), np.uint8),
        np.zeros((4, 6, 3), np.uint8),
        np.zeros((2, 4, 6, 1), np.uint8),
        np.zeros((2, 4, 6, 3), np.float32),
        [frame(), frame()],
    ],
)
def test_what_is_no_clip_is_refused(frames: object):
    with pytest.raises(InputError):
        Clip(frames, 10.0)


@pytest.mark.parametrize("fps", [0.0, -1.0, float("nan"), float("inf")])
def test_a_clip_needs_a_rate_it_can_play_at(fps: float):
    with pytest.raises(InputError, match="cannot play"):
        Clip(np.zeros((2, 4, 6, 3), np.uint8), fps)


@given(st.integers(2, 2000))
def test_times_go_from_exactly_0_to_exactly_1_in_equal_steps(count: int):
    times = frame_times(count)
    assert (len(times), times[0], times[-1]) == (count, 0.0, 1.0)
    assert np.allclose(np.diff(times), 1 / (count - 1))


@pytest.mark.parametrize("count", [1, 0, -3])
def test_a_video_needs_two_frames(count: int):
    with pytest.raises(InputError, match="no room for both images"):
        frame_times(count)


@given(st.lists(st.floats(0, 1)))
def test_times_inside_pass(times: list[float]):
    check_times(times)


@pytest.mark.parametrize("time", [-0.01, 1.01, float("nan")])
def test_a_time_outside_is_named(time: float):
    with pytest.raises(InputError, match=str(time)):
        check_times([0.5, time])
