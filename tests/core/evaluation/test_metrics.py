"""What is measured on one clip."""

from math import log10, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as arrays

from f2v_core.data.cutting.measures import linear_l2
from f2v_core.errors import InputError
from f2v_core.evaluation.metrics import (
    BEST_PSNR,
    diversity,
    l2_distance,
    l2_of_mean,
    measure_clip,
    ratio_to_linear,
    sharpness,
)
from f2v_core.evaluation.records import ClipFigures
from f2v_core.media.blending import cross_fade

CLIPS = arrays.arrays(np.uint8, (2, 3, 4, 3))


def moving(frames: int = 30, side: int = 24, step: int = 1) -> np.ndarray:
    """(frames, side, side, 3): a random texture that moves to the right, `step` pixels a frame."""
    texture = np.random.default_rng(0).integers(40, 200, (side, side, 3), dtype=np.uint8)
    return np.stack([np.roll(texture, step * i, axis=1) for i in range(frames)])


def linear(real: np.ndarray) -> np.ndarray:
    last = len(real) - 1
    return np.stack([cross_fade(real[0], real[-1], i / last) for i in range(len(real))])


def measured(made: np.ndarray, real: np.ndarray, **latent) -> ClipFigures:
    return measure_clip("k", "s", "c", real=real, linear_l2=linear_l2(real), made=made, **latent)


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


def test_linear_interpolation_against_itself_is_exactly_1():
    real = moving()
    figures = measured(linear(real), real)
    assert (figures.ratio, figures.l2, figures.endpoint) == (1.0, linear_l2(real), 0.0)
    assert figures.sharpness < 0.8
    assert figures.temporal < 0.5
    assert (figures.mean_l2, figures.draws, figures.draws_mean, figures.diversity) == (0.0, (), 0.0, 0.0)


def test_the_truth_has_no_error_and_all_of_its_detail_and_motion():
    real = moving()
    figures = measured(real, real)
    assert (figures.key, figures.source, figures.category) == ("k", "s", "c")
    assert (figures.l2, figures.ratio, figures.endpoint, figures.curve) == (0.0, 0.0, 0.0, (0.0,) * 30)
    assert (figures.sharpness, figures.temporal, figures.ssim) == (1.0, 1.0, 1.0)
    assert figures.psnr == BEST_PSNR == pytest.approx(58.92, abs=0.01)


def test_a_brighter_clip_differs_by_as_much_in_every_frame():
    real = moving()
    figures = measured(real + np.uint8(10), real)
    assert figures.curve == pytest.approx([10 / 255] * 30)
    assert figures.endpoint == pytest.approx(10 / 255)
    assert figures.l2 == pytest.approx(10 / 255 * sqrt(real.size))
    assert figures.psnr == pytest.approx(20 * log10(255 / 10))
    assert (figures.sharpness, figures.temporal) == (pytest.approx(1.0, abs=1e-4), 1.0)
    assert 0.95 < figures.ssim < 1.0


def test_figures_of_the_middle_leave_out_the_ends():
    real = moving(6)
    made = real.copy()
    made[-1] = 255 - made[-1]
    figures = measured(made, real)
    assert (figures.psnr, figures.ssim, figures.sharpness) == (BEST_PSNR, 1.0, 1.0)
    assert figures.endpoint == figures.curve[-1] > 0.2
    made = real.copy()
    made[0] = 255 - made[0]
    assert measured(made, real).endpoint > 0.2


def test_a_clip_that_lags_a_frame_keeps_its_detail_and_loses_its_likeness():
    real = moving()
    figures = measured(np.concatenate([real[:1], real[:-1]]), real)
    assert figures.sharpness == pytest.approx(1.0, abs=0.01)  # other pixels stand at the borders
    assert figures.temporal == pytest.approx(28 / 29)
    assert figures.ssim < 0.2
    assert figures.curve[0] == 0.0
    assert min(figures.curve[1:]) > 0.1


def test_twice_the_contrast_is_twice_the_change_and_four_times_the_detail():
    real = moving() // 2
    figures = measured(real * 2, real)
    assert (figures.temporal, figures.sharpness) == (pytest.approx(2.0), pytest.approx(4.0))


@pytest.mark.parametrize(("frames", "inner"), [(30, range(5, 25)), (3, range(1, 2)), (4, range(1, 3))])
def test_sharpness_looks_at_the_inner_two_thirds(frames: int, inner: range):
    real = np.random.default_rng(0).uniform(0, 255, (frames, 12, 12)).astype(np.float32)
    made = np.zeros_like(real)
    made[inner.start : inner.stop] = real[inner.start : inner.stop]
    assert sharpness(made, real) == 1.0
    made[inner.start] = 0
    assert sharpness(made, real) < 1.0


def test_a_clip_of_a_flat_wall_that_stands_still_divides_by_nothing():
    wall = np.full((6, 12, 12, 3), 90, np.uint8)
    noise = wall + np.random.default_rng(0).integers(0, 3, wall.shape, dtype=np.uint8)
    still = measured(wall, wall)
    assert (still.ratio, still.sharpness, still.temporal, still.l2) == (1.0, 1.0, 1.0, 0.0)
    noisy = measured(noise, wall)
    assert 2 < noisy.ratio < 10
    assert 2 < noisy.sharpness < 20
    assert 2 < noisy.temporal < 10


def test_the_ratio_is_the_quotient_above_its_floor_and_never_jumps():
    values = 30 * 64 * 64 * 3
    floor = sqrt(values / 12) / 255
    assert floor == pytest.approx(0.687, abs=1e-3)
    assert ratio_to_linear(12.0, 16.0, values) == 0.75
    assert ratio_to_linear(0.0, 0.0, values) == 1.0
    assert ratio_to_linear(0.0, 16.0, values) == 0.0
    assert ratio_to_linear(3.0, 0.0, values) == pytest.approx(1 + 3.0 / floor)
    below, above = (ratio_to_linear(3.0, floor * factor, values) for factor in (0.999999, 1.000001))
    assert below == pytest.approx(above, rel=1e-4)


def test_a_latent_adds_its_four_numbers():
    real = moving(6)
    draws = np.stack([real + np.uint8(4), real + np.uint8(8), real])
    figures = measured(draws[0], real, at_mean=draws[1], draws=draws)
    level = sqrt(real.size) / 255
    assert figures.mean_l2 == pytest.approx(8 * level)
    assert figures.draws == pytest.approx((4 * level, 8 * level, 0))
    assert figures.draws_mean == pytest.approx(4 * level, rel=1e-6)
    assert figures.diversity == pytest.approx(sqrt((4**2 + 4**2 + 8**2) / 3) / 255)


def test_the_mean_of_draws_is_not_rounded():
    real = np.zeros((3, 4, 4, 3), np.uint8)
    draws = [real, real, real + np.uint8(1)]
    assert l2_of_mean(draws, real) == pytest.approx(sqrt(real.size) / 255 / 3)


def test_one_draw_has_no_diversity():
    clip = np.zeros((3, 4, 4, 3), np.uint8)
    assert diversity([clip]) == 0.0
    assert diversity([clip, clip]) == 0.0
    assert diversity([clip, clip + np.uint8(51)]) == pytest.approx(0.2)


def test_clips_without_a_middle_are_refused():
    with pytest.raises(InputError, match="k has 2 frames"):
        measured(moving(2), moving(2))


def test_a_draw_of_another_shape_is_refused():
    real = moving(4)
    with pytest.raises(InputError, match="cannot be compared"):
        measured(real, real, at_mean=real[1:])
