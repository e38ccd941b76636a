"""Validation: the cross-fade scores 1, the sheet shows what was measured, the network's mode comes back."""

import numpy as np
import pytest
import torch
from torch import nn

from f2v_core.config import TrainConfig
from f2v_core.errors import DataError
from f2v_core.models.blocks import cross_fade
from f2v_core.training import validation as validation_module
from f2v_core.training.validation import make_validation
from tests.datasets import Take, write_dataset

Z = 5


class Fade(nn.Module):
    """The cross-fade, plus the latent's mean; remembers how it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(()))
        self.calls: list[tuple[int, bool]] = []

    def make(self, view, z, times):
        self.calls.append((len(view.first), self.training))
        return cross_fade(view.first, view.last, times) + z.mean(dim=1).view(-1, 1, 1, 1, 1)


def noise(number: int) -> np.ndarray:
    """A clip in which every pixel goes its own way: not what a cross-fade makes."""
    return np.random.default_rng(number).integers(0, 256, (6, 16, 20, 3), dtype=np.uint8)


CONFIG = TrainConfig(size=16, frames=6, seconds=0.6, z_video=Z)


def dataset(folder, *clips: np.ndarray, source=str):
    takes = [Take(clip, source(number), "val") for number, clip in enumerate(clips)]
    return write_dataset(folder / "set", takes)


@pytest.fixture
def validation(tmp_path):
    return make_validation(dataset(tmp_path, *map(noise, range(9))), CONFIG)


def test_clips_are_the_middle_of_those_that_are_stored(validation):
    assert len(validation.clips) == len(validation.linear) == len(validation.latents) == 9
    assert np.array_equal(validation.clips, [noise(number)[:, :, 2:18] for number in range(9)])


def test_a_few_clips_are_spread_over_the_sources(tmp_path, monkeypatch):
    monkeypatch.setattr(validation_module, "CLIPS", 5)
    clips = [np.full((6, 16, 16, 3), 3 * n, np.uint8) for n in range(20)]
    for clip in clips:
        clip[2] += 100  # so that something moves
    film = dataset(tmp_path, *clips, source=lambda n: str(min(n, 3)))  # 0, 1, 2, and 17 clips of 3
    levels = make_validation(film, CONFIG).clips[:, 0, 0, 0, 0] // 3
    assert levels[:3].tolist() == [0, 1, 2]
    assert len(levels) == 5
    assert make_validation(film, CONFIG).clips[:, 0, 0, 0, 0].tolist() == (3 * levels).tolist()


def test_clips_of_another_shape_are_brought_to_that_of_the_training(tmp_path):
    made = make_validation(dataset(tmp_path, noise(0)), TrainConfig(size=32, frames=9, seconds=3.0))
    assert made.clips.shape == (1, 9, 32, 32, 3)


def test_the_cross_fade_scores_exactly_one(validation):
    ratio, _ = validation.check(Fade(), 0.0)
    assert ratio == 1.0


def test_a_perfect_generator_scores_nothing(validation):
    class Perfect(Fade):
        def make(self, view, z, times):
            known = torch.from_numpy(validation.clips).movedim(-1, 2) / 255
            match = [int((known[:, 0] - image).abs().sum((1, 2, 3)).argmin()) for image in view.first]
            return known[match]

    assert validation.check(Perfect(), 0.0)[0] < 1e-3


def test_latents_count_as_much_as_they_are_allowed_to(validation):
    at_mean, sampled = (validation.check(Fade(), variation)[0] for variation in (0.0, 1.0))
    assert sampled > at_mean
    assert validation.check(Fade(), 1.0)[0] == sampled


def test_the_motion_between_the_same_images_is_looked_for_once(validation):
    seen = []

    class Noting(Fade):
        def make(self, view, z, times):
            seen.append(view)
            return super().make(view, z, times)

    for _ in range(2):
        validation.check(Noting(), 0.0)
    assert len(seen) == 4
    assert seen[0] is seen[2]
    assert seen[1] is seen[3]


def test_clips_pass_a_few_at_a_time_in_evaluation_mode(validation):
    fade = Fade()
    validation.check(fade, 0.0)
    assert {training for _, training in fade.calls} == {False}
    assert max(clips for clips, _ in fade.calls) <= 8
    assert sum(clips for clips, _ in fade.calls) == len(validation.clips)
    assert fade.training


def test_what_is_shown_are_clips_of_the_same_pairs(validation):
    _, made = validation.check(Fade(), 0.0)
    assert made.dtype == np.uint8
    assert made.shape == validation.shown.shape
    assert np.array_equal(made[:, [0, -1]], validation.shown[:, [0, -1]])


def test_clips_that_stand_still_are_refused(tmp_path):
    still = np.repeat(noise(0)[:1], 6, axis=0)
    with pytest.raises(DataError, match="stand still"):
        make_validation(dataset(tmp_path / "a", still), CONFIG)
    assert make_validation(dataset(tmp_path / "b", still, noise(1)), CONFIG).linear.mean() > 0
