"""The L2 distance of the poster."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as arrays

from f2v_core.errors import InputError
from f2v_core.evaluation.metrics import l2_distance

CLIPS = arrays.arrays(np.uint8, (2, 3, 4, 3))


def test_black_to_white_is_the_root_of_the_number_of_values():
    black = np.zeros((30, 64, 64, 3), np.uint8)
    assert l2_distance(black, black + np.uint8(255)) == pytest.approx(np.sqrt(30 * 64 * 64 * 3))


@given(CLIPS, CLIPS)
def test_it_is_the_norm_of_the_difference_in_0_to_1(a: np.ndarray, b: np.ndarray):
    assert l2_distance(a, b) == pytest.approx(float(np.linalg.norm(a / 255.0 - b / 255.0)))
    assert l2_distance(a, b) == l2_distance(b, a)
    assert l2_distance(a, a) == 0.0


def test_clips_of_two_shapes_are_refused():
    with pytest.raises(InputError, match=r"\(2, 3, 4, 3\)"):
        l2_distance(np.zeros((2, 3, 4, 3), np.uint8), np.zeros((1, 3, 4, 3), np.uint8))
