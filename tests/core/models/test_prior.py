"""The conditional prior: where it begins, and that the images decide."""

import torch

from f2v_core.models.motion import SEEN
from f2v_core.models.prior import MotionPrior


def test_it_begins_as_the_standard_normal():
    mean, std = MotionPrior(600)(torch.randn(2, SEEN, 48, 64))
    assert mean.shape == std.shape == (2, 600)
    assert not mean.any()
    torch.testing.assert_close(std, torch.ones_like(std), atol=1e-4, rtol=0)


def test_it_learns_from_the_first_step():
    prior = MotionPrior(600)
    mean, std = prior(torch.randn(2, SEEN, 64, 64))
    (mean.sum() + std.sum()).backward()
    for head in (prior.grid_head, prior.vector_head):
        assert head.weight.grad.abs().max() > 0


def test_other_images_have_another_prior_with_a_positive_spread():
    torch.manual_seed(0)
    prior = MotionPrior(600)
    for head in (prior.grid_head, prior.vector_head):
        torch.nn.init.normal_(head.weight)
    mean, std = prior(torch.randn(2, SEEN, 64, 64))
    assert (mean[0] != mean[1]).all()
    assert std.min() > 0
