"""The part of the contract that the base class keeps for all."""

import numpy as np
import pytest

from f2v_core.frames import FramePair
from f2v_core.generators.base import ClipGenerator


class Counting(ClipGenerator):
    """Notes what it was asked for, what it made and whether it was closed."""

    name = "counting"

    def __init__(self):
        self.asked, self.made, self.closed = [], [], False

    def between(self, pair, times, seed):
        self.asked.append((list(times), seed))
        try:
            for t in times:
                self.made.append(t)
                yield np.full_like(pair.first, round(t * 100))
        finally:
            self.closed = True


@pytest.fixture
def pair():
    return FramePair(np.full((4, 6, 3), 200, np.uint8), np.full((4, 6, 3), 201, np.uint8))


def test_only_inner_times_reach_the_method_in_their_order(pair):
    generator = Counting()
    frames = list(generator.frames(pair, [1, 0.7, 0, 0.2, 0.7], seed=3))
    assert [frame[0, 0, 0] for frame in frames] == [201, 70, 200, 20, 70]
    assert generator.asked == [([0.7, 0.2, 0.7], 3)]
    assert generator.closed


def test_frames_are_made_as_they_are_asked_for(pair):
    generator = Counting()
    frames = generator.frames(pair, [0, 0.1, 0.2, 0.3])
    assert generator.made == []
    next(frames)
    next(frames)
    assert generator.made == [0.1]


def test_closing_reaches_the_method(pair):
    generator = Counting()
    frames = generator.frames(pair, [0.1, 0.2, 0.3])
    next(frames)
    frames.close()
    assert generator.closed
    assert generator.made == [0.1]


def test_a_clip_is_evenly_placed(pair):
    generator = Counting()
    clip = generator.clip(pair, 5, 12.5, seed=9)
    assert clip.frames[:, 0, 0, 0].tolist() == [200, 25, 50, 75, 201]
    assert clip.fps == 12.5
    assert generator.asked[0][1] == 9
