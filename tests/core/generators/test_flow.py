"""Optical flow moves what moves, and fades where it cannot know."""

import numpy as np
import pytest

from f2v_core.frames import FramePair
from f2v_core.generators.flow import Flow
from f2v_core.generators.linear import Linear
from f2v_core.media.fitting import resize_frame


def scene(height, width, seed=0):
    """(H, W, 3): smooth random blobs."""
    coarse = np.random.default_rng(seed).integers(
        0, 256, (height // 16 + 2, width // 16 + 2, 3), dtype=np.uint8
    )
    return resize_frame(coarse, (width, height))


def panned(steps, by=3, size=(120, 90)):
    """(steps + 1, H, W, 3): a camera that pans by some pixels each step."""
    whole = scene(size[1], size[0] + steps * by)
    return np.stack([whole[:, i * by : i * by + size[0]] for i in range(steps + 1)])


def error(frames, truth):
    return np.sqrt(np.mean(np.square(np.asarray(frames).astype(float) - truth)))


@pytest.mark.parametrize("size", [(120, 90), (64, 64), (700, 520)])
def test_a_pan_is_followed(size):
    truth = panned(4, size=size)
    pair, times = FramePair(truth[0], truth[-1]), [0.25, 0.5, 0.75]
    flow, linear = (error(list(g.frames(pair, times)), truth[1:-1]) for g in (Flow(), Linear()))
    assert flow < linear / 2


def test_a_moving_square_is_in_the_middle_half_way():
    frames = np.repeat(scene(90, 120)[None] // 3, 3, axis=0)
    for frame, left in zip(frames, (30, 37, 44), strict=True):
        frame[30:60, left : left + 30] = scene(30, 30, seed=1) // 2 + 127
    (middle,) = Flow().frames(FramePair(frames[0], frames[2]), [0.5])
    inside = np.s_[33:57, 44:60]
    assert np.abs(middle[inside].astype(int) - frames[1][inside]).mean() < 6


def test_a_cut_between_two_scenes_is_only_faded():
    pair = FramePair(scene(90, 120), scene(90, 120, seed=5))
    (flow,), (linear,) = (g.frames(pair, [0.5]) for g in (Flow(), Linear()))
    assert np.abs(flow.astype(int) - linear).mean() < 6


def test_what_stands_still_over_a_moving_scene_stays_sharp():
    truth = panned(2)
    truth[:, 70:80, 40:80] = (0, 255, 0)
    (middle,) = Flow().frames(FramePair(truth[0], truth[-1]), [0.5])
    caption = middle[73:77, 44:76].astype(int)
    assert np.abs(caption - (0, 255, 0)).mean() < 12


def test_nothing_comes_out_darker_or_brighter_than_went_in():
    first, last = (np.clip(f, 60, 200) for f in panned(1, by=9))
    for frame in Flow().frames(FramePair(first, last), np.linspace(0, 1, 9)):
        assert frame.min() >= 60
        assert frame.max() <= 200


def test_frames_change_little_from_one_to_the_next():
    truth = panned(1, by=12)
    frames = np.stack(list(Flow().frames(FramePair(truth[0], truth[1]), np.linspace(0, 1, 60)))).astype(int)
    steps = np.abs(np.diff(frames, axis=0)).mean(axis=(1, 2, 3))
    assert steps.max() < 3 * np.median(steps)
