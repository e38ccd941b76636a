"""The form of every network that corrects the cross-fade: where it starts, what holds whatever the weights."""

import numpy as np
import pytest
import torch

from f2v_core.models.blocks import cross_fade
from f2v_core.models.tensors import to_frames
from f2v_core.models.view import View
from tests.core.models.made_pairs import Z_VIDEO, make_generator, pair

TIMES = torch.linspace(0, 1, 7)
ALL = [(model, kind) for model in ("cvae", "cgan") for kind in ("motion", "recurrent")]


@pytest.fixture(params=ALL, ids=" ".join)
def lively(request):
    """A generator with weights that do much everywhere."""
    return make_generator(*request.param, lively=True)


@pytest.mark.parametrize(("model", "architecture"), ALL)
def test_untrained_it_is_exactly_the_cross_fade(model, architecture):
    first, last = pair()
    with torch.no_grad():  # a CGAN's mean: its detail begins at keeping the images' own
        out = make_generator(model, architecture)(first, last, torch.randn(2, Z_VIDEO), TIMES, 0.0)
    assert torch.equal(out, cross_fade(first, last, TIMES))


@torch.no_grad()
def test_both_ends_are_exact_whatever_weights_and_latent(lively):
    first, last = pair()
    for detail in (0.0, 0.5, 1.0):
        out = lively(first, last, 3 * torch.randn(2, Z_VIDEO), TIMES, detail)
        assert (out - cross_fade(first, last, TIMES))[:, 3].abs().max() > 0.02
        for made, image in ((out[:, 0], first), (out[:, -1], last)):
            torch.testing.assert_close(made, image, atol=2e-5, rtol=0)  # a warp by no pixel rounds
            assert np.array_equal(to_frames(made), to_frames(image))
    assert lively.exact_ends


@torch.no_grad()
def test_between_one_image_and_itself_nothing_comes_or_moves(lively):
    """Of the correction only the sums of bands weaker than noise are left; see `test_motion`."""
    first, _ = pair()
    view = View(first, first.clone())
    assert view.ends.there[:, :2].abs().max() == 0
    flat = torch.full((1, 3, 32, 48), 0.4)
    out = lively(flat, flat.clone(), torch.randn(1, Z_VIDEO), TIMES)
    torch.testing.assert_close(out, flat[:, None].expand_as(out), atol=1e-4, rtol=0)


@torch.no_grad()
def test_a_time_has_the_same_frame_wherever_it_stands(lively):
    first, last = pair()
    z = torch.randn(2, Z_VIDEO)
    whole = lively(first, last, z, TIMES)
    some = lively(first, last, z, TIMES[[5, 2, 5]])
    torch.testing.assert_close(some, whole[:, [5, 2, 5]], atol=1e-6, rtol=0)


@torch.no_grad()
@pytest.mark.parametrize("count", [1, 2, 31])
@pytest.mark.parametrize("size", [(16, 72), (64, 64)])
def test_any_size_and_any_number_of_frames(lively, size, count):
    first, last = pair(*size, clips=1)
    out = lively(first, last, torch.zeros(1, Z_VIDEO), torch.rand(count))
    assert out.shape == (1, count, 3, *size)
    assert torch.isfinite(out).all()


@pytest.mark.parametrize("architecture", ["motion", "recurrent"])
def test_every_value_of_the_latent_moves_the_video(architecture):
    generator = make_generator("cvae", architecture, lively=True)
    z = torch.zeros(1, Z_VIDEO, requires_grad=True)
    generator(*pair(64, 64, clips=1), z, TIMES).square().sum().backward()
    assert (z.grad.abs() > 0).all()


@torch.no_grad()
def test_the_noise_is_in_units_of_the_priors_spread():
    generator = make_generator("cvae", lively=True)
    view, noise = View(*pair()), torch.randn(2, Z_VIDEO)
    mean, std = generator.prior_of(view)
    made = generator.decode(view, mean + std * noise, TIMES)
    assert torch.equal(generator(view.first, view.last, noise, TIMES), made)
    plain = make_generator("cvae", prior="standard", lively=True)
    assert plain.prior_of(view) is None
    assert torch.equal(plain.make(view, noise, TIMES), plain.decode(view, noise, TIMES))


@torch.no_grad()
@pytest.mark.parametrize("architecture", ["motion", "recurrent"])
def test_without_detail_a_cgan_is_its_mean_whatever_the_latent(architecture):
    generator = make_generator("cgan", architecture, lively=True)
    first, last = pair()
    one, other = (generator(first, last, torch.randn(2, Z_VIDEO), TIMES, 0.0) for _ in range(2))
    assert torch.equal(one, other)
    whole = generator(first, last, torch.ones(2, Z_VIDEO), TIMES, 1.0)
    assert (whole - one).abs().mean() > 1e-3


@pytest.mark.parametrize("architecture", ["motion", "recurrent"])
def test_a_sample_sends_no_gradient_into_the_mean(architecture):
    generator = make_generator("cgan", architecture, lively=True)
    view, z = View(*pair()), torch.randn(2, Z_VIDEO)
    mean, sample = generator.mean_and_sample(view, z)
    torch.testing.assert_close(sample.layers, generator.motion(view, z).layers, atol=1e-5, rtol=1e-4)
    sum(part.square().sum() for part in (sample.layers, sample.gain)).backward()
    assert all(p.grad is None for p in generator.network.parameters())
    assert all(p.grad is not None for p in generator.detail.parameters())
    mean.residual.square().sum().backward()
    assert any(p.grad is not None for p in generator.network.parameters())


@pytest.mark.parametrize("architecture", ["motion", "recurrent"])
def test_a_share_of_the_noise_moves_the_network_too_but_not_its_mean(architecture):
    generator = make_generator("cgan", architecture, lively=True)
    view, z = View(*pair()), torch.randn(2, Z_VIDEO)
    alone = generator.mean_and_sample(view, z)
    generator.share = 0.5
    mean, sample = generator.mean_and_sample(view, z)
    torch.testing.assert_close(mean.layers, alone[0].layers, atol=1e-5, rtol=1e-4)
    assert (sample.layers - alone[1].layers).abs().mean() > 1e-3
    sum(part.square().sum() for part in (sample.layers, sample.gain)).backward()
    assert all(p.grad is None for p in generator.network.parameters())


def test_of_a_generator_without_detail_the_sample_is_zs():
    generator = make_generator("cvae", lively=True)
    view, z = View(*pair()), torch.randn(2, Z_VIDEO)
    mean, sample = generator.mean_and_sample(view, z)
    assert torch.equal(sample.layers, generator.motion(view, z).layers)
    assert torch.equal(mean.layers, generator.motion(view, torch.zeros_like(z)).layers)
