"""Networks by configuration, devices, and weights on disk."""

import pytest
import torch

from f2v_core.config import train_preset
from f2v_core.errors import InputError
from f2v_core.models.networks import build_networks, choose_device
from f2v_core.models.poster import PosterGenerator
from f2v_core.training.step_kinds import make_step
from tests.core.training.portions import shares


@pytest.mark.parametrize("architecture", ["motion", "recurrent", "poster"])
@pytest.mark.parametrize("model", ["cvae", "cgan"])
def test_a_cvae_has_an_encoder_and_a_cgan_a_discriminator(model, architecture):
    with torch.device("meta"):
        networks = build_networks(train_preset(model, architecture))
    assert (networks.video_encoder is None) == (model == "cgan")
    assert (networks.discriminator is None) == (model == "cvae")
    if isinstance(networks.generator, PosterGenerator):
        assert networks.generator.change == (model == "cvae")


@pytest.mark.parametrize("architecture", ["motion", "recurrent"])
@pytest.mark.parametrize("scale", ["S", "M", "L"])
@pytest.mark.parametrize("model", ["cvae", "cgan"])
def test_each_size_trains_a_step(model, scale, architecture):
    config = train_preset(
        model, architecture, scale, size=32, frames=6, frames_per_step=3, batch=2, prior_mean_share=0.5
    )
    torch.manual_seed(0)
    networks, clips = build_networks(config), torch.rand(2, 6, 3, 32, 32)
    before = networks.generator.network.heads.weight.clone()
    losses = make_step(networks, config).run(lambda: shares(clips), 1.0, 0.0)
    assert all(torch.isfinite(value) for value in losses.values())
    assert not torch.equal(before, networks.generator.network.heads.weight)


def test_sizes_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="multiples of 16"):
        build_networks(train_preset("cvae", "motion", size=40))
    with pytest.raises(InputError, match="30 frames of 64 px"):
        build_networks(train_preset("cgan", "poster", frames=10))


@pytest.mark.parametrize(
    ("model", "architecture", "changes", "named"),
    [
        ("cvae", "motion", {"frames": 2}, "frames is 2"),
        ("cvae", "poster", {"batch": 1}, "batch is 1"),
        ("cgan", "poster", {"frames_per_step": 12}, "frames_per_step is 12"),
    ],
)
def test_settings_that_cannot_be_trained_are_refused(model, architecture, changes, named):
    with pytest.raises(InputError, match=named):
        build_networks(train_preset(model, architecture, **changes))


def test_auto_takes_the_best_device_there_is(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device("auto").type == "cuda"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert choose_device("auto").type == "cpu"
    with pytest.raises(InputError, match="no cuda device"):
        choose_device("cuda")
