"""The terms of objectives (1) and (2) against their formulas."""

import math

import pytest
import torch

from f2v_core.training.objectives import (
    CALM,
    discriminator_loss,
    ends_error,
    generator_loss,
    gradient_penalty,
    kl_divergence,
    l2_ratio,
    relative_error,
    squared_error,
    texture_error,
)


def gaussian(clips: int = 3, values: int = 5) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.randn(clips, values), torch.rand(clips, values) + 0.1


def nats(posterior, prior) -> torch.Tensor:
    """What torch says of the same two normals, value by value."""
    normals = (torch.distributions.Normal(*each) for each in (posterior, prior))
    return torch.distributions.kl_divergence(*normals)


def test_kl_agrees_with_torch():
    standard = torch.zeros(3, 5), torch.ones(3, 5)
    posterior, prior = gaussian(), gaussian()
    torch.testing.assert_close(kl_divergence(posterior, None), nats(posterior, standard).sum(dim=1))
    torch.testing.assert_close(kl_divergence(posterior, prior), nats(posterior, prior).sum(dim=1))
    assert kl_divergence(standard, None).tolist() == [0, 0, 0]
    torch.testing.assert_close(kl_divergence(prior, prior), torch.zeros(3), atol=1e-6, rtol=0)


def test_free_bits_are_of_each_value_on_the_batchs_average():
    """Kingma et al. 2016, equation 15: the sum over values of max(lambda, mean over the batch of the value's KL)."""
    posterior, prior = gaussian(), gaussian()
    each = nats(posterior, prior).mean(dim=0)
    free = float(each.median())
    expected = torch.stack([max(value, torch.tensor(free)) for value in each]).sum()
    torch.testing.assert_close(kl_divergence(posterior, prior, free), expected[None])


def test_free_bits_take_the_gradient_of_what_they_cover():
    mean = torch.tensor([[0.1, 3.0]], requires_grad=True)
    kl_divergence((mean, torch.ones(1, 2)), None, 0.5).sum().backward()
    assert mean.grad.tolist() == [[0.0, 3.0]]


def test_the_squared_error_is_a_sum_that_does_not_depend_on_how_many_frames_were_rendered():
    real = torch.zeros(2, 30, 3, 4, 4)
    assert squared_error(real + 0.5, real, 30).tolist() == [360.0, 360.0]
    assert squared_error(real[:, ::3] + 0.5, real[:, ::3], 30).tolist() == [360.0, 360.0]


def test_the_ends_in_both_norms():
    first, last = torch.zeros(1, 3, 2, 2), torch.ones(1, 3, 2, 2)
    made = torch.full((1, 2, 3, 2, 2), 0.5)
    assert ends_error(made, first, last, "squared").item() == 6.0
    assert ends_error(made, first, last, "absolute").item() == 12.0


def test_the_relative_error_of_the_cross_fade_is_one():
    real, linear = torch.rand(2, 4, 3, 8, 8), torch.rand(2, 4, 3, 8, 8)
    assert relative_error(linear, real, linear).mean().item() == pytest.approx(1)
    assert l2_ratio(linear, real, linear).item() == pytest.approx(1)
    assert relative_error(real, real, linear).max() < CALM
    assert l2_ratio(real, real, linear) < 0.1


def test_calm_clips_count_by_their_own_ratio_too():
    """A calm clip made twice as wrong costs about half of itself, however wild its neighbour."""
    real = torch.zeros(2, 4, 3, 16, 16)
    linear = torch.cat([torch.full_like(real[:1], 0.5), torch.full_like(real[:1], 0.1)])
    worse = linear.clone()
    worse[1] *= 2
    cost = relative_error(worse, real, linear) - relative_error(linear, real, linear)
    assert cost[0] == 0
    assert 0.5 < cost[1] < 1


def test_where_nothing_happens_no_error_is_divided_by_nothing():
    still = torch.full((2, 4, 3, 8, 8), 0.3, requires_grad=True)
    relative_error(still, still.detach(), still.detach()).sum().backward()
    assert torch.isfinite(still.grad).all()


def test_texture_is_compared_by_strength_not_by_place():
    torch.manual_seed(0)
    real, other = torch.rand(2, 1, 4, 3, 64, 64)
    softer = 0.5 + 0.5 * (real - 0.5)
    same, elsewhere, soft = (texture_error(made, real) for made in (real, other, softer))
    assert same < 1e-6
    assert elsewhere < 0.15
    assert soft > 0.4


def test_label_smoothing_is_one_sided():
    certain = torch.tensor([20.0])
    assert discriminator_loss(certain, -certain, "original", 1.0) < 1e-6
    assert discriminator_loss(certain, -certain, "original", 0.9) > 1.9
    best = torch.tensor([math.log(9.0)])  # D(x) = 0.9
    near = [discriminator_loss(best + step, -certain, "original", 0.9) for step in (-0.1, 0.1)]
    assert discriminator_loss(best, -certain, "original", 0.9) < min(near)


@pytest.mark.parametrize("adversary", ["original", "hinge", "relativistic"])
def test_both_want_the_opposite(adversary):
    high, low = torch.tensor([3.0]), torch.tensor([-3.0])
    told_apart, fooled = (discriminator_loss(*each, adversary, 1.0) for each in ((high, low), (low, high)))
    assert told_apart < fooled
    assert generator_loss(low, high, adversary) < generator_loss(high, low, adversary)


def test_a_hinge_asks_for_no_more_than_its_margin():
    assert discriminator_loss(torch.tensor([1.0]), torch.tensor([-1.0]), "hinge", 1.0) == 0
    assert discriminator_loss(torch.tensor([9.0]), torch.tensor([-9.0]), "hinge", 1.0) == 0
    assert discriminator_loss(torch.tensor([0.0]), torch.tensor([0.0]), "hinge", 1.0) == 2


def test_a_relativistic_critic_judges_differences_alone():
    real, fake = torch.randn(2, 6)
    apart = discriminator_loss(real, fake, "relativistic", 1.0)
    torch.testing.assert_close(discriminator_loss(real + 7, fake + 7, "relativistic", 1.0), apart)


def test_the_gradient_penalty_is_half_the_squared_gradient():
    seen = torch.rand(3, 2, 4, requires_grad=True)
    slopes = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    logits = (slopes.view(3, 1, 1) * seen).sum(dim=(1, 2))
    penalty = gradient_penalty(logits, seen)
    assert penalty.item() == pytest.approx(0.5 * 8 * (1 + 4 + 9) / 3)
    penalty.backward()  # the discriminator learns from it
    torch.testing.assert_close(slopes.grad, 8 * torch.tensor([1.0, 2.0, 3.0]) / 3)
