"""Mixing images and their moved copies, by maps smaller than the frame."""

import numpy as np
import pytest

from f2v_core.frames import FramePair
from f2v_core.media.mixing import Mixer, Shares, certainty
from f2v_core.media.optical_flow import Way


def noise_pair(height: int, width: int) -> FramePair:
    return FramePair(*np.random.default_rng(0).integers(0, 256, (2, height, width, 3), dtype=np.uint8))


def constant_way(x: float, y: float, height: int, width: int) -> Way:
    return Way(*(np.full((height, width), value, np.float32) for value in (x, y, 1.0, 100.0)))


def shares(trust: float = 0.0, still: float = 0.0, light: float = 0.0) -> Shares:
    counts = ((2, trust), (2, still), (3, light))
    return Shares(*(np.full((count, 4, 4), value, np.float32) for count, value in counts))


def mixer(pair: FramePair, step: int, x: float = 0.0, y: float = 0.0) -> Mixer:
    height, width = -(-pair.first.shape[0] // step), -(-pair.first.shape[1] // step)
    return Mixer(pair, (constant_way(x, y, height, width), constant_way(-x, -y, height, width)), step)


@pytest.mark.parametrize("shape", [(40, 60), (101, 67), (1, 1), (5, 300)])
@pytest.mark.parametrize("step", [1, 2, 3])
def test_without_shares_it_is_the_cross_fade(shape, step):
    pair = noise_pair(*shape)
    frame = mixer(pair, step).frame(0.3, shares())
    assert np.abs(frame - (0.7 * pair.first + 0.3 * pair.last)).max() <= 0.51


@pytest.mark.parametrize("step", [1, 2])
def test_both_images_are_moved_where_they_are_trusted(step):
    """Whole pixels, so that nothing is between them; strips meet without a seam."""
    pair = noise_pair(130, 80)
    frame = mixer(pair, step, x=8 / step, y=-4 / step).frame(0.5, shares(trust=1.0))
    first, last = np.roll(pair.first, (-2, 4), (0, 1)), np.roll(pair.last, (2, -4), (0, 1))
    expected = 0.5 * first + 0.5 * last
    inner = (slice(8, -8), slice(8, -8))
    assert np.abs(frame - expected)[inner].max() <= 1.01


def test_certain_motion_is_followed_but_not_from_beyond_the_border():
    pair = noise_pair(128, 128)
    ways = constant_way(32.0, 0.0, 128, 128), constant_way(-32.0, 0.0, 128, 128)
    frame = Mixer(pair, ways, 1, certain=1.0).frame(0.5, shares()).astype(int)
    moved = (np.roll(pair.first, 16, 1).astype(int) + np.roll(pair.last, -16, 1)) // 2
    faded = (pair.first.astype(int) + pair.last) // 2
    assert np.abs(frame - moved)[:, 32:-32].max() <= 1
    assert np.abs(frame - faded)[:, :14].max() <= 1


def test_what_does_not_look_alike_is_not_certain():
    like, other = (
        constant_way(1.0, 0.0, 40, 40),
        constant_way(1.0, 0.0, 40, 40)._replace(look=np.zeros((40, 40))),
    )
    assert certainty(like, like).min() == pytest.approx(1.0)
    assert certainty(like, other).max() == pytest.approx(0.0)


def test_what_is_added_is_clipped():
    pair = noise_pair(33, 40)
    assert (mixer(pair, 1).frame(0.5, shares(light=300)) == 255).all()
    assert (mixer(pair, 1).frame(0.5, shares(light=-300)) == 0).all()


def test_images_are_added_and_taken_away():
    pair = noise_pair(33, 40)
    frame = mixer(pair, 1).frame(0.5, shares(still=-0.5))
    assert not frame.any()


def test_maps_are_enlarged_without_visible_strips():
    """A slope over 8 places is a slope over all rows of the frame."""
    pair = FramePair(*np.zeros((2, 256, 16, 3), np.uint8))
    slope = np.repeat(np.linspace(0, 200, 8, dtype=np.float32)[:, None], 2, axis=1)
    nothing = np.zeros((2, 8, 2), np.float32)
    rows = mixer(pair, 2).frame(0.5, Shares(nothing, nothing, np.stack([slope] * 3)))[:, 0, 0].astype(int)
    assert np.diff(rows).min() >= -1
    assert np.diff(rows).max() <= 2
