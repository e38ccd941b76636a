"""Grids and contact sheets: every pane where it belongs, under a label that can be read."""

import numpy as np
import pytest

from f2v_core.errors import InputError
from f2v_core.frames import Clip
from f2v_core.media.sheet import BACKGROUND, contact_sheet, grid_frames


def clip(colour, count=4, size=(64, 48), fps=10):
    frames = np.empty((count, size[1], size[0], 3), np.uint8)
    frames[:] = colour
    frames[:, 0, 0] = np.arange(count)[:, None]  # tells the frames apart
    return Clip(frames, fps)


RED, GREEN, BLUE = (250, 0, 0), (0, 250, 0), (0, 0, 250)


def has_colour(frame, colour):
    return (frame == colour).all(axis=-1)


def columns_of(frame, colour):
    """(from, to) in pixels where a colour stands."""
    found = np.flatnonzero(has_colour(frame, colour).any(axis=0))
    return found[0], found[-1] + 1


def test_a_grid_has_a_pane_for_each_clip_in_order():
    (frame, *rest) = grid_frames([clip(RED), clip(GREEN), clip(BLUE)], ["a", "b", "c"], scale=1)
    places = [columns_of(frame, colour) for colour in (RED, GREEN, BLUE)]
    assert all(end - start == 64 for start, end in places)
    assert places == sorted(places)
    assert len(rest) == 3
    assert tuple(frame[0, 0]) == BACKGROUND


def test_labels_stand_above_their_panes():
    (frame,) = grid_frames([clip(RED, 1), clip(RED, 1)], ["", "Linear"], scale=4)
    ink = frame.max(axis=-1) > 120
    ink &= ~has_colour(frame, RED) & (np.arange(len(frame)) < 40)[:, None]
    middle = frame.shape[1] // 2
    assert ink[:, middle:].sum() > 30
    assert not ink[:, :middle].any()


def test_labels_that_are_too_long_end_in_their_pane():
    (frame,) = grid_frames([clip(RED, 1), clip(GREEN, 1)], ["a very long name " * 9, ""], scale=3)
    head = frame[: np.flatnonzero(has_colour(frame, GREEN).any(axis=1))[0]]
    start, _ = columns_of(frame, GREEN)
    assert (head[:, start:] == BACKGROUND).all()


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (3, 3), (4, 2), (5, 3), (6, 3), (8, 4), (9, 3)])
def test_more_than_three_clips_are_wrapped_to_the_shape_of_a_screen(count, columns):
    (frame,) = grid_frames([clip(RED, 1)] * count, [""] * count, scale=1)
    row = has_colour(frame, RED).any(axis=0)
    assert np.count_nonzero(np.diff(row.astype(int)) == 1) == columns


def test_small_panes_are_enlarged_by_a_whole_factor():
    small = clip(RED, 1, (64, 64))
    (frame,) = grid_frames([small], ["a"])
    start, end = columns_of(frame, RED)
    assert end - start == 3 * 64
    large = clip(RED, 1, (400, 300))
    (frame,) = grid_frames([large], ["a"])
    start, end = columns_of(frame, RED)
    assert end - start == 400


def test_a_grid_that_no_player_takes_is_shrunk():
    (frame,) = grid_frames([clip(RED, 1, (1920, 1080))] * 3, [""] * 3)
    assert 3600 < frame.shape[1] <= 3840
    start, end = columns_of(frame[:, : frame.shape[1] // 3], RED)
    rows = np.flatnonzero(has_colour(frame, RED).any(axis=1))
    assert (end - start) / (rows[-1] + 1 - rows[0]) == pytest.approx(16 / 9, rel=0.01)


def test_shorter_clips_hold_their_last_frame_and_others_are_fitted():
    frames = list(grid_frames([clip(RED, 3), clip(GREEN, 1, (48, 48))], ["", ""], scale=1))
    assert len(frames) == 3
    assert np.array_equal(columns_of(frames[0], GREEN), columns_of(frames[2], GREEN))
    start, end = columns_of(frames[0], GREEN)
    assert end - start == 48


def test_grid_frames_do_not_share_memory():
    one, two = grid_frames([clip(RED, 2)], [""], scale=1)
    before = two.copy()
    one[:] = 0
    assert np.array_equal(two, before)


def test_a_sheet_has_a_row_for_each_clip_and_columns_over_time():
    sheet = contact_sheet([clip(RED, 30, (64, 64)), clip(GREEN, 30, (64, 64))], ["real", "made"], columns=5)
    for colour in (RED, GREEN):
        row = has_colour(sheet, colour).any(axis=0)
        assert np.count_nonzero(np.diff(row.astype(int)) == 1) == 5


def test_a_sheet_shows_the_first_and_the_last_frame():
    frames = np.zeros((30, 64, 64, 3), np.uint8)
    frames[0], frames[-1] = RED, GREEN
    sheet = contact_sheet([Clip(frames, 10)], ["ends"], columns=4)
    assert columns_of(sheet, RED)[0] < columns_of(sheet, GREEN)[0]


def test_large_frames_shrink_on_a_sheet():
    sheet = contact_sheet([clip(RED, 3, (1920, 1080))], ["large"])
    assert sheet.shape[1] < 1300


def test_a_sheet_has_no_more_columns_than_frames():
    few = contact_sheet([clip(RED, 2)], [""], columns=8)
    many = contact_sheet([clip(RED, 9)], [""], columns=8)
    assert few.shape[1] < many.shape[1]
    single = contact_sheet([clip(RED, 1)], [""])
    assert has_colour(single, RED).any()


@pytest.mark.parametrize("make", [contact_sheet, lambda c, n: next(grid_frames(c, n))])
def test_clips_and_labels_must_match(make):
    with pytest.raises(InputError):
        make([], [])
    with pytest.raises(InputError):
        make([clip(RED)], ["a", "b"])


def test_a_sheet_needs_two_columns():
    with pytest.raises(InputError, match="1 columns"):
        contact_sheet([clip(RED)], ["a"], columns=1)


def test_columns_can_be_headed_by_frames():
    times = contact_sheet([clip(RED, 30)], ["a"], columns=4)
    frames = contact_sheet([clip(RED, 30)], ["a"], columns=4, heads="frames")
    assert times.shape == frames.shape
    assert not np.array_equal(times, frames)
