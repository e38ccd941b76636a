"""Trained models as clip generators: any size, seeded, at the pair's own resolution."""

import numpy as np
import pytest

from f2v_core.errors import ModelError
from f2v_core.frames import FramePair
from f2v_core.generators.learned import Learned


def noise_pair(height: int, width: int) -> FramePair:
    first, last = np.random.default_rng(0).integers(0, 256, (2, height, width, 3), dtype=np.uint8)
    return FramePair(first, last)


@pytest.mark.parametrize("architecture", ["motion", "poster"])
@pytest.mark.parametrize("shape", [(64, 64), (37, 53), (16, 200), (1, 1), (270, 480)])
def test_any_size_and_exact_ends(architecture, shape, make_model):
    pair = noise_pair(*shape)
    clip = Learned(make_model("cvae", architecture)).clip(pair, 4, 10.0)
    assert clip.frames.shape == (4, *shape, 3)
    assert np.array_equal(clip.frames[0], pair.first)
    assert np.array_equal(clip.frames[-1], pair.last)


def test_at_the_latents_mean_the_seed_changes_nothing(make_model):
    generator, pair = Learned(make_model(), variation=0.0), noise_pair(64, 64)
    one, other = (generator.clip(pair, 5, 10.0, seed) for seed in (1, 2))
    assert np.array_equal(one.frames, other.frames)


@pytest.mark.parametrize("architecture", ["motion", "poster"])
def test_with_variation_seeds_differ_and_repeat(architecture, make_model):
    generator, pair = Learned(make_model("cgan", architecture), variation=1.0), noise_pair(64, 64)
    one, other, again = (generator.clip(pair, 5, 10.0, seed).frames for seed in (1, 2, 1))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_the_model_says_how_far_its_latent_strays(make_model):
    assert Learned(make_model("cvae", name="a")).variation == 0.0
    assert Learned(make_model("cgan", name="b")).variation == 1.0


def test_more_frames_pass_through_the_same_places(make_model):
    generator, pair = Learned(make_model()), noise_pair(64, 64)
    few, many = generator.clip(pair, 5, 10.0).frames, generator.clip(pair, 9, 20.0).frames
    assert np.array_equal(few, many[::2])


def test_damaged_weights_are_refused_by_name(make_model):
    card = make_model()
    card.weights.write_bytes(card.weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"weights.safetensors is damaged"):
        Learned(card)


def test_weights_of_another_network_are_refused(make_model):
    card, other = make_model(name="a"), make_model("cvae", "poster", name="b")
    card.weights.write_bytes(other.weights.read_bytes())
    with pytest.raises(ModelError, match="does not fit"):
        Learned(card)


def test_a_poster_clip_is_made_frame_by_frame(make_model, monkeypatch):
    """Twenty thousand frames would fill gigabytes at once; the network runs once all the same."""
    generator, runs = Learned(make_model("cvae", "poster")), []
    real = generator._generator.clip
    monkeypatch.setattr(generator._generator, "clip", lambda *images: runs.append(1) or real(*images))
    frames = generator.frames(noise_pair(8, 8), np.linspace(0, 1, 20_000))
    made = [next(frames) for _ in range(4)]
    frames.close()
    assert len(made) == 4
    assert runs == [1]
