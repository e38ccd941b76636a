"""The adaptive blur cross-fade: wins by blur where blur is right, and changes nothing where nothing is to win."""

import numpy as np
import pytest

from f2v_core.evaluation.adaptive_blur import SHAPE, AdaptiveBlur, clip_sums, fit_coefficients
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.evaluation.simple import Generated, blurred
from f2v_core.frames import frame_times
from f2v_core.generators.linear import Linear
from f2v_core.media.blending import cross_fade

LINEAR = Generated("", Linear())


def faded_clip(number, blur):
    """(12, 32, 32, 3) uint8: a cross-fade of two textures that is blurred by up to `blur` pixels in its middle."""
    first, last = np.random.default_rng(number).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    times = frame_times(12)
    return np.stack([blurred(cross_fade(first, last, t), blur * 4 * t * (1 - t)) for t in times])


def distances(method, clips):
    """(N,) L2 distances of what a method makes of the clips' ends to the clips."""
    made = (method.predict(clip[None, 0], clip[None, -1], len(clip), None)[0] for clip in clips)
    return np.array([l2_distance(one, clip) for one, clip in zip(made, clips, strict=True)])


def fitted_to(clips):
    return fit_coefficients([clip_sums(clip) for clip in clips])


@pytest.fixture(scope="module")
def blurry():
    """Fitted to clips that are blurred between their ends."""
    coefficients = fitted_to([faded_clip(number, 4.0) for number in range(12)])
    return AdaptiveBlur(lambda: coefficients, "")


def test_it_beats_the_cross_fade_on_blurry_clips_it_never_saw(blurry):
    unseen = [faded_clip(number, 4.0) for number in range(100, 106)]
    assert (distances(blurry, unseen) < 0.5 * distances(LINEAR, unseen)).all()


def test_fitted_to_cross_fades_it_is_the_cross_fade():
    clips = [faded_clip(number, 0.0) for number in range(6)]
    coefficients = fitted_to(clips)
    assert np.abs(coefficients).max() < 1e-3
    made = AdaptiveBlur(lambda: coefficients, "").predict(clips[0][None, 0], clips[0][None, -1], 12, None)[0]
    assert np.abs(made.astype(int) - clips[0]).max() <= 1


def test_without_correction_it_is_the_cross_fade_to_the_bit():
    clip = faded_clip(0, 0.0)
    made = AdaptiveBlur(lambda: np.zeros(SHAPE), "").predict(clip[None, 0], clip[None, -1], 12, None)[0]
    assert np.array_equal(made, clip)


def test_the_fit_is_the_same_each_time_and_takes_any_length():
    clips = [faded_clip(0, 3.0), faded_clip(1, 3.0)[:7], faded_clip(2, 2.0)]
    one, other = fitted_to(clips), fitted_to(clips)
    assert one.shape == SHAPE
    assert np.array_equal(one, other)


def test_time_may_run_either_way(blurry):
    first, last = faded_clip(7, 4.0)[[0, -1]]
    there = blurry.predict(first[None], last[None], 9, None)[0]
    back = blurry.predict(last[None], first[None], 9, None)[0]
    assert np.abs(there.astype(int) - back[::-1]).max() <= 1


def test_clips_that_stand_still_do_not_upset_the_fit():
    still = np.repeat(faded_clip(0, 0.0)[:1], 12, axis=0)
    assert not fitted_to([still, still]).any()
    moving = [faded_clip(number, 4.0) for number in range(1, 7)]
    with_still = fitted_to([*moving, still])
    assert np.isfinite(with_still).all()
    assert distances(AdaptiveBlur(lambda: with_still, ""), [still]) == [0]


def test_its_numbers_are_asked_for_only_when_a_clip_is_made():
    def refuse():
        raise AssertionError

    method = AdaptiveBlur(refuse, "print")
    assert (method.name, method.fingerprint) == ("abx", "print")
    first = np.zeros((1, 8, 8, 3), np.uint8)
    with pytest.raises(AssertionError):
        method.predict(first, first, 4, None)
