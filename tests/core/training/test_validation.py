"""Validation: the cross-fade scores 1, the sheet shows what was measured, the network's mode comes back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from f2v_core.data.folder import Footage
from f2v_core.errors import DataError
from f2v_core.models.blocks import cross_fade
from f2v_core.training.validation import CLIPS, make_validation

Z = 5


class Fade(nn.Module):
    """The cross-fade, plus the latent's mean; remembers how it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(()))
        self.calls: list[tuple[int, bool]] = []

    def forward(self, first, last, z, times):
        self.calls.append((len(first), self.training))
        return cross_fade(first, last, times) + z.mean(dim=1).view(-1, 1, 1, 1, 1)


def footage(number: int) -> Footage:
    """Three seconds in which every pixel goes its own way: not what a cross-fade makes."""
    frames = np.random.default_rng(number).integers(0, 256, (30, 20, 24, 3), dtype=np.uint8)
    return Footage(Path(f"{number}.mp4"), frames, np.arange(30) / 10, np.zeros(30, np.int64))


@pytest.fixture
def validation():
    return make_validation([footage(n) for n in range(9)], 16, 6, 2.9, Z)


def test_windows_are_spread_over_all_footage(validation):
    assert len(validation.clips) == len(validation.linear) == len(validation.latents)
    assert 9 <= len(validation.clips) <= CLIPS
    assert validation.clips.shape[1:] == (6, 16, 16, 3)


def test_the_cross_fade_scores_exactly_one(validation):
    ratio, _ = validation.check(Fade(), 0.0)
    assert ratio == 1.0


def test_a_perfect_generator_scores_nothing(validation):
    class Perfect(Fade):
        def forward(self, first, last, z, times):
            known = torch.from_numpy(validation.clips).movedim(-1, 2) / 255
            match = [int((known[:, 0] - image).abs().sum((1, 2, 3)).argmin()) for image in first]
            return known[match]

    assert validation.check(Perfect(), 0.0)[0] < 1e-3


def test_latents_count_as_much_as_they_are_allowed_to(validation):
    at_mean, sampled = (validation.check(Fade(), variation)[0] for variation in (0.0, 1.0))
    assert sampled > at_mean
    assert validation.check(Fade(), 1.0)[0] == sampled


def test_clips_pass_a_few_at_a_time_in_evaluation_mode(validation):
    fade = Fade()
    validation.check(fade, 0.0)
    assert {training for _, training in fade.calls} == {False}
    assert max(clips for clips, _ in fade.calls) <= 8
    assert sum(clips for clips, _ in fade.calls) == len(validation.clips)
    assert fade.training


def test_the_sheet_is_a_picture(validation):
    _, sheet = validation.check(Fade(), 0.0)
    assert sheet.dtype == np.uint8
    assert sheet.ndim == 3
    assert sheet.shape[2] == 3


def test_videos_that_stand_still_are_refused():
    one = footage(0)
    still = replace(one, frames=np.repeat(one.frames[:1], 30, axis=0))
    with pytest.raises(DataError, match="stand still"):
        make_validation([still], 16, 6, 2.9, Z)
    assert make_validation([still, one], 16, 6, 2.9, Z).linear.mean() > 0
