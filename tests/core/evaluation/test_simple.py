"""The methods without a network: what each promises, and what each is."""

import numpy as np
import pytest

from f2v_core.errors import InputError
from f2v_core.evaluation.adaptive_blur import AdaptiveBlur
from f2v_core.evaluation.fitting import OWN_COEFFICIENTS
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.evaluation.simple import (
    BlurredLinear,
    Generated,
    Hold,
    PosterLinear,
    blur_distances,
    blurred,
    fit_sigma,
)
from f2v_core.frames import FramePair
from f2v_core.generators.flow import Flow
from f2v_core.generators.linear import Linear
from tests.datasets import moving_square

METHODS = {
    "linear": lambda: Generated("", Linear()),
    "flow": lambda: Generated("", Flow()),
    "hold": lambda: Hold("hold", ""),
    "linear i/T": lambda: PosterLinear("linear i/T", ""),
    "blurred": lambda: BlurredLinear(lambda: 1.5, ""),
    "abx": lambda: AdaptiveBlur(lambda: OWN_COEFFICIENTS, ""),
}
SHAPES = [((64, 64), 30), ((64, 64), 2), ((37, 53), 3), ((16, 100), 5), ((2, 3), 4), ((1, 1), 2)]


@pytest.fixture(params=METHODS)
def method(request):
    return METHODS[request.param]()


def pairs(count, height=64, width=64):
    """(count, height, width, 3) twice: textures, and the same in another place."""
    first = np.random.default_rng(height + count).integers(0, 256, (count, height, width, 3), dtype=np.uint8)
    return first, np.ascontiguousarray(np.roll(first, 2, axis=2))


@pytest.mark.parametrize(("shape", "frames"), SHAPES, ids=str)
def test_clips_have_the_pairs_shape_and_its_ends(method, shape, frames):
    first, last = pairs(2, *shape)
    clips = method.predict(first, last, frames, None)
    assert clips.shape == (2, frames, *shape, 3)
    assert clips.dtype == np.uint8
    assert np.array_equal(clips[:, 0], first)
    if not isinstance(method, PosterLinear):
        assert np.array_equal(clips[:, -1], last)


def test_a_clip_does_not_depend_on_its_batch(method):
    first, last = pairs(3)
    alone = [
        method.predict(one[None], other[None], 7, None)[0] for one, other in zip(first, last, strict=True)
    ]
    assert np.array_equal(method.predict(first, last, 7, None), np.stack(alone))


def test_no_clips_at_all_are_a_batch_too(method):
    assert method.predict(*pairs(0), 5, None).shape == (0, 5, 64, 64, 3)


def test_there_is_nothing_to_prepare(method):
    assert list(method.prepare()) == []


def test_there_is_nothing_to_draw(method):
    first, last = pairs(1)
    assert not method.draws
    assert method.primary is None
    assert np.array_equal(method.predict(first, last, 5, None), method.predict(first, last, 5, 3))


def test_the_pair_stays_as_it_is(method):
    first, last = pairs(1)
    before = first.copy(), last.copy()
    method.predict(first, last, 6, None)
    assert np.array_equal(first, before[0])
    assert np.array_equal(last, before[1])


def test_still_pairs_stay_still_but_for_blur(method):
    first, _ = pairs(1)
    clip = method.predict(first, first, 6, None)[0]
    if not isinstance(method, BlurredLinear):
        assert (clip == first[0]).all()


def test_a_single_frame_is_refused(method):
    with pytest.raises(InputError, match="1"):
        method.predict(*pairs(1), 1, None)


def test_linear_is_the_programs_own_to_the_bit():
    first, last = pairs(1)
    own = Linear().clip(FramePair(first[0], last[0]), 30, 10.0).frames
    made = METHODS["linear"]().predict(first, last, 30, None)[0]
    real = moving_square(0)
    assert np.array_equal(made, own)
    assert l2_distance(made, real) / l2_distance(own, real) == 1


def test_hold_changes_over_in_the_middle():
    clip = METHODS["hold"]().predict(*(np.full((1, 1, 1, 3), level, np.uint8) for level in (0, 9)), 5, None)
    assert clip[0, :, 0, 0, 0].tolist() == [0, 0, 0, 9, 9]


def test_the_posters_cross_fade_stops_a_step_short():
    ends = (np.full((1, 1, 1, 3), level, np.uint8) for level in (0, 100))
    clip = METHODS["linear i/T"]().predict(*ends, 5, None)
    assert clip[0, :, 0, 0, 0].tolist() == [0, 20, 40, 60, 80]


def test_the_fingerprint_follows_what_a_generator_makes():
    class Darker(Linear):
        def between(self, pair, times, seed):
            return (frame // 2 for frame in super().between(pair, times, seed))

    again, other = Generated("", Linear()), Generated("", Darker())
    assert again.fingerprint == METHODS["linear"]().fingerprint != other.fingerprint
    assert again.name == other.name == "linear"


def test_blur_grows_with_the_picture():
    small, large = np.zeros((64, 64, 3), np.uint8), np.zeros((128, 192, 3), np.uint8)
    small[:, 32:], large[:, 96:] = 255, 255
    rises = [
        int(((row > 5) & (row < 250)).sum())
        for row in (blurred(small, 2.0)[9, :, 0], blurred(large, 2.0)[9, :, 0])
    ]
    assert rises[1] == pytest.approx(2 * rises[0], abs=2)
    assert blurred(small, 0.0) is small


@pytest.mark.parametrize("sigma", [0.0, 1.5])
def test_the_blur_that_made_the_clips_is_found(sigma):
    method = BlurredLinear(lambda: sigma, "")
    clips = list(method.predict(*pairs(3), 8, None))
    assert fit_sigma([blur_distances(clip) for clip in clips]) == sigma
