"""The settings of clips and of training runs, and the presets."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.config import GenerateConfig, TrainConfig, train_preset
from f2v_core.errors import InputError


@given(st.floats(0.02, 600.0), st.floats(0.1, 240.0))
def test_a_clip_has_at_least_its_two_images(seconds: float, fps: float):
    assert GenerateConfig(seconds=seconds, fps=fps).frames >= 2


def test_seconds_and_rate_make_frames():
    assert GenerateConfig(seconds=3.0, fps=10.0).frames == 30


@pytest.mark.parametrize("model", ["cvae", "cgan"])
@pytest.mark.parametrize("architecture", ["motion", "recurrent", "poster"])
def test_a_preset_is_of_the_kind_asked_for(model: str, architecture: str):
    config = train_preset(model, architecture, steps=7)
    assert (config.model, config.architecture, config.steps) == (model, architecture, 7)


def test_all_but_the_poster_correct_the_cross_fade():
    kinds = {name: train_preset("cvae", name).corrects_fade for name in ("motion", "recurrent", "poster")}
    assert kinds == {"motion": True, "recurrent": True, "poster": False}


def test_the_poster_presets_hold_the_posters_figures():
    cvae, cgan = train_preset("cvae", "poster"), train_preset("cgan", "poster")
    assert (cvae.learning_rate, cvae.batch, cvae.lambda1, cvae.beta1) == (1e-3, 10, 0.001, 0.5)
    assert (cgan.learning_rate, cgan.batch, cgan.lambda_ends, cgan.discriminator_steps) == (
        2e-4,
        100,
        0.02,
        4,
    )
    assert (cgan.z_video, cgan.z_first, cgan.z_last, cgan.real_label) == (600, 1000, 1000, 0.9)


@pytest.mark.parametrize("model", ["cvae", "cgan"])
@pytest.mark.parametrize("architecture", ["motion", "recurrent"])
def test_larger_networks_learn_slower_from_larger_batches(model: str, architecture: str):
    sizes = [train_preset(model, architecture, scale) for scale in ("S", "M", "L")]
    assert [each.width for each in sizes] == [16, 32, 64]
    assert sizes[0] == train_preset(model, architecture)
    for small, large in itertools.pairwise(sizes):
        assert large.learning_rate < small.learning_rate
        assert large.batch > small.batch


def test_an_unknown_preset_is_refused():
    with pytest.raises(InputError, match="no motion gan"):
        train_preset("gan", "motion")
    with pytest.raises(InputError, match="of size XL"):
        train_preset("cvae", "motion", "XL")
    with pytest.raises(InputError, match="one size, not M"):
        train_preset("cvae", "poster", "M")


def test_settings_that_only_earlier_versions_had_are_passed_over():
    assert TrainConfig.from_json({"steps": 7, "validation": "videos"}) == TrainConfig(steps=7)
    with pytest.raises(InputError, match="Unknown setting: nonsense"):
        TrainConfig.from_json({"nonsense": 7})
    with pytest.raises(InputError, match="Settings are list"):
        TrainConfig.from_json([])
