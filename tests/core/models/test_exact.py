"""What stays in full precision; and every network in half precision gives float32, near what full precision gives."""

import pytest
import torch

from f2v_core.config import train_preset
from f2v_core.models.exact import exact, full
from f2v_core.models.networks import build_networks
from f2v_core.models.view import View

KINDS = [(model, kind) for model in ("cvae", "cgan") for kind in ("motion", "recurrent", "poster")]


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16])
def test_halves_become_full(kind):
    assert full(torch.ones(2, dtype=kind)).dtype == torch.float32


@pytest.mark.parametrize("kind", [torch.float32, torch.float64])
def test_what_is_no_half_stays_as_it_is(kind):
    values = torch.ones(2, dtype=kind)
    assert full(values) is values


def test_an_exact_function_computes_in_full_precision_under_autocast():
    @exact
    def product(one: torch.Tensor) -> torch.Tensor:
        """Of a matrix with itself."""
        return one @ one

    one = torch.rand(3, 3)
    with torch.autocast("cpu", torch.bfloat16):
        assert (one @ one).dtype == torch.bfloat16
        under = product(one)
    assert under.dtype == torch.float32
    assert torch.equal(under, product(one))
    assert product.__doc__ == "Of a matrix with itself."


def small_networks(model, architecture):
    side, frames = (64, 30) if architecture == "poster" else (32, 5)
    small = {"z_first": 16, "z_last": 16, "size": side, "frames": frames}
    small |= {} if architecture == "poster" else {"width": 8, "z_video": 592}
    config = train_preset(model, architecture, **small)
    torch.manual_seed(0)
    return build_networks(config), torch.rand(2, frames, 3, side, side), config.z_video


@pytest.mark.parametrize(("model", "architecture"), KINDS)
def test_networks_in_half_precision_give_float32_and_finite_gradients(model, architecture):
    networks, video, z_video = small_networks(model, architecture)
    view, times = View(video[:, 0], video[:, -1]), torch.linspace(0, 1, video.shape[1])
    with torch.autocast("cpu", torch.bfloat16):
        given = [networks.generator.make(view, torch.randn(2, z_video), times)]
        if networks.video_encoder is not None:
            given += networks.video_encoder(video)
        if networks.discriminator is not None:
            given.append(networks.discriminator(given[0], video[:, 0], video[:, -1]))
        prior = networks.generator.prior_of(view) if architecture != "poster" else None
        given += prior or ()
    assert {each.dtype for each in given} == {torch.float32}
    sum(each.square().mean() for each in given).backward()
    parts = (networks.generator, networks.video_encoder, networks.discriminator)
    gradients = [
        p.grad for part in parts if part is not None for p in part.parameters() if p.grad is not None
    ]
    assert gradients
    assert all(torch.isfinite(each).all() for each in gradients)


def test_half_precision_is_near_full_precision():
    networks, video, _ = small_networks("cgan", "motion")
    with torch.no_grad():
        exactly = networks.discriminator(video, video[:, 0], video[:, -1])
        with torch.autocast("cpu", torch.bfloat16):
            nearly = networks.discriminator(video, video[:, 0], video[:, -1])
    torch.testing.assert_close(nearly, exactly, rtol=0.05, atol=0.02)
    assert not torch.equal(nearly, exactly)
