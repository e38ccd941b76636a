"""The terms of objectives (1) and (2) against their formulas."""

import math

import torch

from f2v_core.training.objectives import (
    discriminator_loss,
    ends_error,
    generator_loss,
    kl_to_standard_normal,
    squared_error,
)


def test_kl_agrees_with_torch():
    mean, std = torch.randn(3, 5), torch.rand(3, 5) + 0.1
    expected = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean, std), torch.distributions.Normal(0.0, 1.0)
    ).sum(dim=1)
    torch.testing.assert_close(kl_to_standard_normal(mean, std), expected)
    assert kl_to_standard_normal(torch.zeros(1, 4), torch.ones(1, 4)).item() == 0


def test_the_squared_error_is_a_sum_that_does_not_depend_on_how_many_frames_were_rendered():
    real = torch.zeros(2, 30, 3, 4, 4)
    assert squared_error(real + 0.5, real, 30).tolist() == [360.0, 360.0]
    assert squared_error(real[:, ::3] + 0.5, real[:, ::3], 30).tolist() == [360.0, 360.0]


def test_the_ends_in_both_norms():
    first, last = torch.zeros(1, 3, 2, 2), torch.ones(1, 3, 2, 2)
    made = torch.full((1, 2, 3, 2, 2), 0.5)
    assert ends_error(made, first, last, "squared").item() == 6.0
    assert ends_error(made, first, last, "absolute").item() == 12.0


def test_label_smoothing_is_one_sided():
    certain = torch.tensor([20.0])
    assert discriminator_loss(certain, -certain, 1.0) < 1e-6
    assert discriminator_loss(certain, -certain, 0.9) > 1.9
    best = torch.tensor([math.log(9.0)])  # D(x) = 0.9
    worse = discriminator_loss(best + 0.1, -certain, 0.9), discriminator_loss(best - 0.1, -certain, 0.9)
    assert discriminator_loss(best, -certain, 0.9) < min(worse)


def test_the_generator_wants_to_be_taken_for_real():
    assert generator_loss(torch.tensor([3.0])) < generator_loss(torch.tensor([-3.0]))
