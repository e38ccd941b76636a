"""A look in numbers: which frames, which square, within what the stored clip can give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.data.augment import Look, random_look

MIDDLE = Look()


def test_the_default_look_takes_a_fitting_clip_as_it_is():
    assert MIDDLE.frame_numbers(30, 10.0, 30, 3.0).tolist() == list(range(30))
    assert MIDDLE.square(64, 64, 64) == (0, 0, 64)


def test_the_default_look_takes_the_middle_of_more():
    numbers = MIDDLE.frame_numbers(72, 20.0, 30, 3.0)
    assert (numbers[0], numbers[-1]) == (6, 66)  # 3 s of 3.55
    assert set(np.diff(numbers).tolist()) <= {2, 3}
    assert MIDDLE.square(80, 142, 64) == (31, 0, 80)


def test_what_is_stored_may_be_less():
    numbers = MIDDLE.frame_numbers(5, 10.0, 9, 3.0)
    assert numbers.tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert Look(gap=1.0).frame_numbers(1, 10.0, 4, 3.0).tolist() == [0, 0, 0, 0]
    assert Look(scale=0.0).square(32, 40, 64) == (4, 0, 32)  # enlarged as it is: a crop would be blurred


def test_reversal_is_exact():
    look, back = Look(gap=0.3, start=0.8), Look(gap=0.3, start=0.8, reverse=True)
    assert (
        back.frame_numbers(72, 20.0, 30, 3.0).tolist() == look.frame_numbers(72, 20.0, 30, 3.0).tolist()[::-1]
    )


@pytest.mark.parametrize(("gap", "span"), [(0.0, 10), (1.0, 71)])
def test_gaps_go_from_half_a_second_to_what_is_stored(gap, span):
    numbers = Look(gap=gap).frame_numbers(72, 20.0, 30, 3.0)
    assert numbers[-1] - numbers[0] == span


def test_gaps_follow_the_length_of_a_clip():
    numbers = Look(gap=0.0).frame_numbers(72, 60.0, 10, 1.0)
    assert numbers[-1] - numbers[0] == 10  # a sixth of a second


def test_crops_go_from_0_6_to_the_whole():
    assert Look(scale=0.0, place=(0.0, 1.0)).square(200, 100, 64) == (0, 140, 60)
    assert Look(scale=1.0, place=(1.0, 1.0)).square(200, 100, 64) == (0, 100, 100)
    assert Look(scale=0.0, place=(1.0, 0.0)).square(80, 142, 64) == (94, 0, 48)


@given(
    st.integers(0, 10**9), st.integers(1, 200), st.floats(1, 60), st.integers(2, 60), st.floats(0.1, 9),
    st.integers(1, 300), st.integers(1, 300),
)  # fmt: skip
def test_a_random_look_stays_inside_the_clip(position, stored, fps, frames, seconds, height, width):
    look = random_look(7, position)
    numbers = look.frame_numbers(stored, fps, frames, seconds)
    assert len(numbers) == frames
    assert numbers.min() >= 0
    assert numbers.max() < stored
    assert sorted({int(numbers[0]), int(numbers[-1])}) == sorted({int(numbers.min()), int(numbers.max())})
    x, y, side = look.square(height, width, 64)
    assert 0 <= x <= width - side
    assert 0 <= y <= height - side
    assert side >= 1


def test_looks_depend_on_seed_and_position_alone():
    assert random_look(1, 2) == random_look(1, 2)
    assert len({random_look(seed, position) for seed in range(5) for position in range(5)}) == 25


def test_random_looks_use_their_whole_range():
    looks = [random_look(0, position) for position in range(300)]
    assert all(0.8 <= look.gain <= 1.2 and 0.8 <= look.contrast <= 1.2 for look in looks)
    assert {look.mirror for look in looks} == {look.reverse for look in looks} == {True, False}
    assert all(sorted(look.channels) == [0, 1, 2] for look in looks)
    changed = sum(look.channels != (0, 1, 2) for look in looks)
    assert 50 < changed < 120  # a third, of which one in six stays as it was
    for values in zip(*[(look.gap, look.start, look.scale, *look.place) for look in looks], strict=True):
        assert min(values) < 0.05
        assert max(values) > 0.95
