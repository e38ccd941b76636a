"""Objective (1): its terms, the ramp, the share at the mean, and the poster's own form."""

import pytest
import torch

from f2v_core.models.networks import build_networks
from f2v_core.training.cvae_step import CvaeStep
from tests.core.training.portions import draws, note_losses, shares


@pytest.fixture
def make_step(quick_config):
    """A function that makes a CVAE's step on a narrow network."""

    def make(architecture: str = "motion", **changes) -> CvaeStep:
        config = quick_config("cvae", architecture, **{"learning_rate": 1e-7, **changes})
        torch.manual_seed(0)
        return CvaeStep(build_networks(config), config)

    return make


@pytest.fixture
def clips(quick_config, make_material) -> torch.Tensor:
    """Four of them, (4, 8, 3, 32, 32)."""
    return make_material(quick_config("cvae", "motion")).batch()


@pytest.fixture
def whole_clips(quick_config, make_material) -> torch.Tensor:
    """Two clips as the poster takes them, (2, 30, 3, 64, 64)."""
    return make_material(quick_config("cvae", "poster", batch=2)).batch()


def test_the_kl_term_rises(make_step, clips):
    step = make_step(kl_ramp=0.5, prior_mean_share=0.0)
    rows = {done: step.run(lambda: shares(clips), 1.0, done) for done in (0.0, 0.25, 0.5, 1.0)}
    weight = step.config.lambda1
    share = {
        done: float((row["loss"] - weight * row["reconstruction"]) / row["kl"]) for done, row in rows.items()
    }
    assert share == pytest.approx({0.0: 0.0, 0.25: 0.5, 0.5: 1.0, 1.0: 1.0}, abs=0.02)


def test_without_a_ramp_the_kl_term_counts_at_once(make_step, clips):
    step = make_step(kl_ramp=0.0, prior_mean_share=0.0)
    row = step.run(lambda: shares(clips), 1.0, 0.0)
    torch.testing.assert_close(row["loss"], row["kl"] + step.config.lambda1 * row["reconstruction"])


def test_a_share_of_the_batch_is_trained_at_the_priors_mean(make_step, clips):
    step = make_step(prior_mean_share=0.25)
    prior = torch.full((4, 592), 3.0), torch.ones(4, 592)
    z, kl = step._latent(*shares(clips), prior)
    assert torch.equal(z[:1], prior[0][:1])
    assert not torch.equal(z[1:], prior[0][1:])
    assert kl > 0
    assert torch.equal(step._latent(*shares(clips), None)[0][:1], torch.zeros(1, 592))


def test_all_at_the_mean_leaves_the_posterior_alone(make_step, clips):
    step = make_step(prior_mean_share=1.0, learning_rate=1e-3, weight_decay=0.0)
    before = [p.clone() for p in step.encoder.parameters()]
    assert step.run(lambda: shares(clips), 1.0, 1.0)["kl"] == 0
    assert all(torch.equal(a, b) for a, b in zip(before, step.encoder.parameters(), strict=True))


def test_free_bits_cost_nothing(make_step, clips):
    plain, free = (make_step(prior_mean_share=0.0, kl_ramp=0.0, free_bits=bits) for bits in (0.0, 2.0))
    kl = plain.run(lambda: shares(clips), 1.0, 1.0)["kl"]
    least = free.run(lambda: shares(clips), 1.0, 1.0)["kl"]
    assert kl < least
    assert least == pytest.approx(2.0 * 592, rel=1e-4)  # nothing a fresh posterior says is beyond them


def test_the_prior_is_trained_with_the_rest(make_step, clips):
    step = make_step(prior_mean_share=0.0, kl_ramp=0.0, learning_rate=1e-3)
    before = [p.clone() for p in step.networks.generator.prior.parameters()]
    step.run(lambda: shares(clips), 1.0, 1.0)
    after = step.networks.generator.prior.parameters()
    assert any(not torch.equal(a, b) for a, b in zip(before, after, strict=True))


def test_the_poster_keeps_equation_one(make_step, whole_clips, monkeypatch):
    """KL against N(0, I), the sum of squares over all 30 frames times 0.001, no end term, Adam at 1e-3."""
    step = make_step("poster", learning_rate=1e-3)
    given = note_losses(monkeypatch)
    row = step.run(lambda: shares(whole_clips), 1.0, 0.0)
    mean, std = step.encoder(whole_clips)
    kl = 0.5 * (mean**2 + std**2 - 1 - 2 * std.log()).sum(dim=1).mean()
    z = mean + std * draws(2).normal(16)
    video = step.networks.generator.clip(whole_clips[:, 0], whole_clips[:, -1], z)
    squares = (video - whole_clips).square().sum(dim=(1, 2, 3, 4)).mean()
    torch.testing.assert_close(row["kl"], kl.detach())
    torch.testing.assert_close(row["reconstruction"], squares.detach(), rtol=1e-4, atol=0)
    assert given["CVAE"] == (pytest.approx((kl + 0.001 * squares).item(), rel=1e-4), 1e-3)
