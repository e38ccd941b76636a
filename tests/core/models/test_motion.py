"""The motion network: about a million weights, starts as the cross-fade, exact at both ends."""

import pytest
import torch

from f2v_core.errors import InputError
from f2v_core.models.blocks import cross_fade
from f2v_core.models.motion import MotionDiscriminator, MotionNetwork, MotionVideoEncoder, time_basis
from f2v_core.models.render import MotionGenerator

TIMES = torch.linspace(0, 1, 7)


def trained_looking(width: int = 8) -> MotionGenerator:
    """A generator whose heads are no longer zero."""
    torch.manual_seed(1)
    generator = MotionGenerator(width, 600, 40, 40)
    for parameter in generator.network.decoder.heads.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return generator.eval()


def test_it_has_about_a_million_weights():
    with torch.device("meta"):
        network = MotionNetwork(16, 600, 1000, 1000)
    assert 0.8e6 < sum(p.numel() for p in network.parameters()) < 1.2e6


def test_untrained_it_is_linear_interpolation():
    torch.manual_seed(0)
    first, last = torch.rand(2, 2, 3, 32, 48)
    generator = MotionGenerator(8, 600, 40, 40)
    out = generator(first, last, torch.randn(2, 600), TIMES)
    torch.testing.assert_close(out, cross_fade(first, last, TIMES), atol=1e-5, rtol=0)


def test_both_ends_are_exact_whatever_the_weights():
    first, last = torch.rand(2, 2, 3, 32, 48)
    out = trained_looking()(first, last, torch.randn(2, 600), TIMES)
    assert (out[:, 3] - cross_fade(first, last, TIMES)[:, 3]).abs().max() > 0.05
    torch.testing.assert_close(out[:, 0], first, atol=1e-5, rtol=0)
    torch.testing.assert_close(out[:, -1], last, atol=1e-5, rtol=0)


def test_every_part_of_the_latent_moves_the_video():
    generator, images = trained_looking(), torch.rand(2, 1, 3, 64, 64)
    z = torch.zeros(1, 600, requires_grad=True)
    for block in generator.network.modules():
        if hasattr(block, "film"):
            torch.nn.init.normal_(block.film.weight, std=0.1)
    generator(images[0], images[1], z, TIMES).square().sum().backward()
    assert (z.grad[0, :576].abs() > 0).all()
    assert (z.grad[0, 576:].abs() > 0).all()


def test_any_grid_and_any_times():
    out = trained_looking()(*torch.rand(2, 1, 3, 16, 72), torch.zeros(1, 600), torch.tensor([0.123]))
    assert out.shape == (1, 1, 3, 16, 72)


def test_the_basis_starts_and_ends_at_plus_or_minus_one():
    basis = time_basis(torch.tensor([0.0, 0.5, 1.0]))
    assert basis.tolist() == [[1, -1, 1], [1, 0, -0.5], [1, 1, 1]]


@pytest.mark.parametrize("latents", [(576, 10, 10), (600, 10, 11)])
def test_impossible_latents_are_refused(latents):
    with pytest.raises(InputError, match="cannot take z"):
        MotionNetwork(8, *latents)


@pytest.mark.parametrize("frames", [3, 12, 30])
def test_the_posterior_takes_any_length(frames):
    mean, std = MotionVideoEncoder(600)(torch.rand(2, frames, 3, 64, 64))
    assert mean.shape == std.shape == (2, 600)
    assert (std > 0).all()


def test_the_discriminator_sees_both_images():
    discriminator = MotionDiscriminator().eval()
    video, ends = torch.rand(2, 5, 3, 32, 32), torch.rand(2, 3, 32, 32)
    assert discriminator(video, ends, ends).shape == (2,)
    assert not torch.equal(discriminator(video, ends, ends), discriminator(video, 1 - ends, ends))
