"""Sizes: area down, smooth up, and three ways to fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.errors import InputError
from f2v_core.media.fitting import fit_frame, halve, resize_array, resize_frame

SIDES = st.integers(1, 40)
SIZES = st.tuples(SIDES, SIDES)


def flat(size, colour=(10, 200, 30)):
    frame = np.empty((size[1], size[0], 3), np.uint8)
    frame[:] = colour
    return frame


@given(SIZES, SIZES, st.sampled_from(["fill", "stretch"]))
def test_any_size_to_any_size_keeps_a_flat_colour(size, target, rule):
    fitted = fit_frame(flat(size), target, rule)
    assert np.array_equal(fitted, flat(target))


@given(SIZES, SIZES)
def test_bars_are_black_and_lie_on_two_sides_at_most(size, target):
    fitted = fit_frame(flat(size), target, "fit")
    picture = (fitted == (10, 200, 30)).all(axis=-1)
    assert fitted.shape == (target[1], target[0], 3)
    assert not fitted[~picture].any()
    assert picture.any(axis=0).all() or picture.any(axis=1).all()


def test_another_rule_names_the_rules():
    with pytest.raises(InputError, match="'squash' is no way to fit") as caught:
        fit_frame(flat((4, 3)), (8, 6), "squash")
    assert caught.value.remedy == "Choose one of: fill, fit, stretch."


def test_fill_crops_centrally():
    frame = np.zeros((10, 30, 3), np.uint8)
    frame[:, 10:20] = 255
    assert (fit_frame(frame, (10, 10), "fill") == 255).all()


def test_bars_are_equal_on_both_sides():
    fitted = fit_frame(flat((10, 10)), (30, 10), "fit")
    assert not fitted[:, :10].any()
    assert (fitted[:, 10:20] == (10, 200, 30)).all()
    assert not fitted[:, 20:].any()


def test_shrinking_averages():
    frame = np.zeros((4, 4, 3), np.uint8)
    frame[::2, ::2] = 200
    assert (resize_frame(frame, (2, 2)) == 50).all()


def test_the_same_size_is_the_same_frame():
    frame = flat((5, 4))
    assert resize_frame(frame, (5, 4)) is frame


def test_one_axis_shrinks_while_the_other_grows():
    frame = np.zeros((2, 8, 3), np.uint8)
    frame[:, 4:] = 240
    mixed = resize_frame(frame, (2, 6))
    assert mixed.shape == (6, 2, 3)
    assert (mixed[:, 0] == 0).all()
    assert (mixed[:, 1] == 240).all()


@given(SIZES, SIZES, st.sampled_from([(), (1,), (2,), (3,)]))
def test_fields_stay_within_their_values(size, target, channels):
    field = np.random.default_rng(0).normal(size=(size[1], size[0], *channels)).astype(np.float32)
    resized = resize_array(field, target)
    assert resized.dtype == np.float32
    assert resized.size == target[0] * target[1] * (channels or (1,))[0]
    assert resized.min() >= field.min() - 1e-5
    assert resized.max() <= field.max() + 1e-5


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-1, 5)])
@pytest.mark.parametrize("rule", ["fill", "fit", "stretch"])
def test_no_size_is_refused(size, rule):
    with pytest.raises(InputError):
        fit_frame(flat((4, 4)), size, rule)


def test_halving_takes_means_and_leaves_odd_edges_out():
    frame = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    once = halve(frame, 1)
    assert once.shape == (2, 3, 3)
    np.testing.assert_allclose(once[1, 2], frame[2:4, 4:6].reshape(4, 3).mean(axis=0), atol=0.5)
    assert halve(frame, 2).shape == (1, 1, 3)
    assert halve(frame, 0) is frame
