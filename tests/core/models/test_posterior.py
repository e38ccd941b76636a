"""The posterior: any length, and blind to what the cross-fade shows anyway."""

import pytest
import torch

from f2v_core.models.blocks import cross_fade
from f2v_core.models.posterior import MotionVideoEncoder


@pytest.mark.parametrize("frames", [3, 12, 30])
def test_it_takes_any_length(frames):
    mean, std = MotionVideoEncoder(600)(torch.rand(2, frames, 3, 64, 64))
    assert mean.shape == std.shape == (2, 600)
    assert (std > 0).all()


@torch.no_grad()
def test_of_a_cross_fade_it_says_the_same_whatever_the_images():
    """Only what neither image tells is worth a latent."""
    torch.manual_seed(0)
    encoder, times = MotionVideoEncoder(600), torch.linspace(0, 1, 9)
    one, other = (encoder(cross_fade(*torch.rand(2, 1, 3, 64, 64), times))[0] for _ in range(2))
    torch.testing.assert_close(one, other, atol=1e-3, rtol=1e-3)
    assert (encoder(torch.rand(1, 9, 3, 64, 64))[0] - one).abs().max() > 0.01
