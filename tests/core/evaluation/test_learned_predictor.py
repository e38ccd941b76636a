"""Trained models under test: in batches, at the latent's mean and in samples."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from f2v_core.errors import InputError, ModelError
from f2v_core.evaluation import learned_predictor
from f2v_core.evaluation.learned_predictor import AT_ONCE, LearnedPredictor, fingerprint
from f2v_core.frames import FramePair
from f2v_core.generators.learned import Learned
from f2v_core.library import Figure
from tests.core.evaluation.small_models import write_model

FIRST, LAST = np.random.default_rng(0).integers(0, 256, (2, 2, 64, 64, 3), dtype=np.uint8)


def close(one, other):
    """Whether frames differ by rounding at most: sums of a batch may be added in another order."""
    return np.abs(one.astype(int) - other).max() <= 1


@pytest.fixture(params=["motion", "poster"])
def architecture(request):
    return request.param


def test_a_cvae_is_seen_at_its_mean_and_drawn_from_its_whole_prior(tmp_path, architecture):
    card = write_model(tmp_path / "model", "cvae", architecture)
    model = LearnedPredictor(card, "cpu")
    assert (model.name, model.draws, model.primary) == ("model", True, None)
    assert list(model.prepare()) == []
    times = np.linspace(0, 1, 30).tolist()
    mean, sample = (Learned(card, "cpu", variation).clips(FIRST, LAST, times, 4) for variation in (0.0, 1.0))
    assert np.array_equal(model.predict(FIRST, LAST, 30, None), mean)
    assert np.array_equal(model.predict(FIRST, LAST, 30, 4), sample)
    assert not np.array_equal(mean, sample)


def test_a_cgan_is_seen_in_its_first_sample_at_its_own_variation(tmp_path, architecture):
    card = write_model(tmp_path / "model", "cgan", architecture, variation=0.5)
    model = LearnedPredictor(card, "cpu")
    assert model.primary == 0
    own = Learned(card, "cpu").clips(FIRST, LAST, np.linspace(0, 1, 30).tolist(), 0)
    assert np.array_equal(model.predict(FIRST, LAST, 30, 0), own)


def test_draws_repeat_and_differ(tmp_path):
    model = LearnedPredictor(write_model(tmp_path / "model"), "cpu")
    one, again, other = (model.predict(FIRST, LAST, 6, draw) for draw in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("frames", [2, 7, 30])
def test_any_number_of_frames_between_exact_ends(tmp_path, frames):
    clips = LearnedPredictor(write_model(tmp_path / "model"), "cpu").predict(FIRST, LAST, frames, 0)
    assert clips.shape == (2, frames, 64, 64, 3)
    assert clips.dtype == np.uint8
    assert np.array_equal(clips[:, 0], FIRST)
    assert np.array_equal(clips[:, -1], LAST)


def test_a_clip_does_not_depend_on_its_batch(tmp_path):
    model = LearnedPredictor(write_model(tmp_path / "model"), "cpu")
    count = AT_ONCE + 1
    first, last = (np.resize(ends, (count, *ends.shape[1:])) for ends in (FIRST, LAST))
    clips = model.predict(first, last, 3, 5)
    assert clips.shape[0] == count
    assert close(clips[-1], model.predict(FIRST[:1], LAST[:1], 3, 5)[0])


def test_it_shows_what_users_get(tmp_path):
    card = write_model(tmp_path / "model")
    clip = Learned(card, "cpu").clip(FramePair(FIRST[0], LAST[0]), 5, 10.0).frames
    made = LearnedPredictor(card, "cpu").predict(FIRST[:1], LAST[:1], 5, None)[0]
    assert np.abs(clip.astype(int) - made).mean() < 1.5  # frames are rendered in whole numbers for users


def test_a_single_frame_is_refused(tmp_path):
    with pytest.raises(InputError, match="1"):
        LearnedPredictor(write_model(tmp_path / "model"), "cpu").predict(FIRST, LAST, 1, None)


def test_the_fingerprint_is_that_of_weights_and_settings(tmp_path):
    card = write_model(tmp_path / "one")
    same = write_model(tmp_path / "two")
    others = [
        write_model(tmp_path / "three", seed=1),
        replace(card, variation=0.5),
        replace(card, config=replace(card.config, size=128)),
    ]
    cpu = torch.device("cpu")
    own = LearnedPredictor(card, "cpu").fingerprint
    told = replace(card, description="better", metrics={"l2": Figure(1.0)})
    assert own == fingerprint(same, cpu) == fingerprint(told, cpu)
    assert len({own, *(fingerprint(each, cpu) for each in others)}) == 4


def test_the_fingerprint_is_that_of_the_code_and_of_the_kind_of_device(tmp_path, monkeypatch):
    card = write_model(tmp_path / "model")
    devices = [torch.device(name) for name in ("cpu", "cuda:0", "cuda:1")]
    cpu, cuda, other_cuda = (fingerprint(card, device) for device in devices)
    assert cpu != cuda == other_cuda
    monkeypatch.setattr(learned_predictor, "code_digest", lambda _module: "other code")
    assert fingerprint(card, devices[0]) != cpu


def test_damaged_and_missing_weights_are_named(tmp_path):
    card = write_model(tmp_path / "model")
    card.weights.write_bytes(card.weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"weights.safetensors is damaged"):
        LearnedPredictor(card, "cpu")
    card.weights.unlink()
    with pytest.raises(ModelError, match=r"weights.safetensors cannot be read"):
        LearnedPredictor(card, "cpu")


def test_the_title_tells_kind_architecture_and_description(tmp_path):
    card = write_model(tmp_path / "model", "cgan", "poster")
    assert LearnedPredictor(card, "cpu").title == "poster CGAN"
    assert LearnedPredictor(replace(card, description="Mine."), "cpu").title == "poster CGAN: Mine."
