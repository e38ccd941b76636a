"""Objective (2): who learns from what, the penalty, the budget, and the poster's own form."""

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention

from f2v_core.models.networks import build_networks
from f2v_core.training.cgan_step import CganStep
from tests.core.training.portions import draws, note_losses, shares


@pytest.fixture
def make_step(quick_config):
    """A function that makes a CGAN's step on a narrow network."""

    def make(architecture: str = "motion", **changes) -> CganStep:
        config = quick_config("cgan", architecture, **{"discriminator_steps": 1, **changes})
        torch.manual_seed(0)
        return CganStep(build_networks(config), config)

    return make


@pytest.fixture
def clips(quick_config, make_material) -> torch.Tensor:
    """Four of them, (4, 8, 3, 32, 32)."""
    return make_material(quick_config("cgan", "motion")).batch()


@pytest.fixture
def whole_clips(quick_config, make_material) -> torch.Tensor:
    """Two clips as the poster takes them, (2, 30, 3, 64, 64)."""
    return make_material(quick_config("cgan", "poster", batch=2)).batch()


def summed_losses(
    step: CganStep, clips: torch.Tensor, monkeypatch, done: int = 0
) -> tuple[dict, dict[str, float]]:
    """One step's log, and what its two optimisers were given, by name."""
    given = note_losses(monkeypatch)
    row = dict(step.run(lambda: shares(clips), 1.0, done / step.config.steps))
    return row, {name: loss for name, (loss, _) in given.items()}


def snapshot(network: torch.nn.Module) -> list[torch.Tensor]:
    return [p.detach().clone() for p in network.parameters()]


def changed(network: torch.nn.Module, before: list[torch.Tensor]) -> bool:
    return any(not torch.equal(a, b) for a, b in zip(before, network.parameters(), strict=True))


@pytest.mark.parametrize("architecture", ["motion", "recurrent"])
def test_the_discriminators_loss_falls(architecture, make_step, clips):
    step = make_step(architecture, discriminator_rate=1e-3, augment_critic=False)
    losses = [float(step._discriminate(shares(clips), 1.0)["discriminator"]) for _ in range(9)]
    assert sum(losses[-3:]) < 0.95 * sum(losses[:3])


def test_a_generator_step_follows_four_discriminator_steps(make_step, clips):
    batches = []
    make_step(discriminator_steps=4).run(lambda: batches.append(1) or shares(clips), 1.0, 0.0)
    assert len(batches) == 4


@pytest.mark.parametrize("adversary", ["original", "hinge", "relativistic"])
def test_every_adversary_trains_both(adversary, make_step, clips):
    step = make_step(adversary=adversary)
    before = snapshot(step.networks.generator.detail), snapshot(step.discriminator)
    row = step.run(lambda: shares(clips), 1.0, 0.0)
    assert all(torch.isfinite(value) for value in row.values())
    assert changed(step.networks.generator.detail, before[0])
    assert changed(step.discriminator, before[1])


def test_the_discriminator_learns_in_its_own_steps_only(make_step, clips):
    step = make_step()
    step._discriminate(shares(clips), 1.0)
    before = snapshot(step.discriminator)
    gradients = [p.grad.clone() for p in step.discriminator.parameters()]
    generator = snapshot(step.networks.generator)
    step._generate(shares(clips), 1.0)
    after = list(step.discriminator.parameters())
    assert not changed(step.discriminator, before)
    assert all(torch.equal(g, p.grad) for g, p in zip(gradients, after, strict=True))
    assert all(p.requires_grad for p in after)
    assert changed(step.networks.generator, generator)


def test_a_mean_that_is_not_trained_stays(make_step, clips):
    step = make_step(train_mean=False)
    before = snapshot(step.networks.generator.network), snapshot(step.networks.generator.detail)
    step.run(lambda: shares(clips), 1.0, 0.0)
    assert not changed(step.networks.generator.network, before[0])
    assert changed(step.networks.generator.detail, before[1])
    assert len([p for group in step.optimiser_g.param_groups for p in group["params"]]) < len(
        list(step.networks.generator.parameters())
    )


def test_the_mean_learns_from_the_distance_alone(make_step, clips):
    """Without a reconstruction term no gradient reaches it: the adversary trains the detail."""
    step = make_step(lambda_reconstruction=0.0, weight_decay=0.0)
    before = snapshot(step.networks.generator.network)
    step.run(lambda: shares(clips), 1.0, 0.0)
    assert not changed(step.networks.generator.network, before)


def test_beyond_its_budget_a_samples_distance_costs(make_step, clips, monkeypatch):
    step = make_step(l2_budget=0.0)
    row, free = summed_losses(step, clips, monkeypatch)
    ratio = float(next(value for name, value in row.items() if name.startswith("sample")))
    for budget, over in ((ratio - 0.25, 0.25), (ratio + 0.25, 0.0)):
        _, given = summed_losses(make_step(l2_budget=budget, budget_weight=20.0), clips, monkeypatch)
        assert given["generator"] == pytest.approx(free["generator"] + 20.0 * over, rel=1e-3)
        assert given["discriminator"] == pytest.approx(free["discriminator"])


def test_the_gradient_penalty_comes_every_few_steps_and_counts_so_many_times(make_step, clips, monkeypatch):
    def two_steps(**changes) -> list[float]:
        step = make_step(**changes)  # whose spectral norms move a little with each
        return [summed_losses(step, clips, monkeypatch, done)[1]["discriminator"] for done in (0, 1)]

    free, rare = two_steps(), two_steps(gradient_penalty=1e4, penalty_every=2)
    always = two_steps(gradient_penalty=2e4, penalty_every=1)
    assert rare[0] == pytest.approx(free[0])
    assert rare[1] > 1.001 * free[1]
    assert always[0] > 1.001 * free[0]
    assert always[1] == pytest.approx(rare[1], rel=1e-4)


def test_a_penalised_step_changes_the_discriminator_alone(make_step, clips):
    step = make_step(gradient_penalty=1.0, penalty_every=1)
    generator, critic = snapshot(step.networks.generator), snapshot(step.discriminator)
    step._discriminate(shares(clips), 1.0)
    assert changed(step.discriminator, critic)
    assert not changed(step.networks.generator, generator)
    assert all(p.grad is None for p in step.networks.generator.parameters())


def test_clip_and_images_are_shown_alike(make_step, clips, monkeypatch):
    """One change for a clip and both its images: else the critic could not compare them."""
    monkeypatch.setattr("f2v_core.training.critic_view.NOISE", 0.0, raising=False)
    step = make_step(augment_critic=True)
    seen = step._seen(*shares(clips))
    shown, _ = step._judge(seen, clips)
    assert not torch.equal(shown, clips)
    torch.testing.assert_close(shown[:, 0], seen[1])
    torch.testing.assert_close(shown[:, -1], seen[2])
    plain = make_step(augment_critic=False)._seen(*shares(clips))
    assert plain[0] is None
    assert torch.equal(plain[1], clips[:, 0])


def test_the_poster_keeps_equation_two(make_step, whole_clips, monkeypatch):
    """Smoothed labels of 0.9, G's form without saturation, 0.02 times the ends' error, and nothing else."""
    step = make_step("poster")
    row, given = summed_losses(step, whole_clips, monkeypatch)
    z = draws(2).normal(16)
    generator = step.networks.generator
    with torch.no_grad():
        video = generator.clip(whole_clips[:, 0], whole_clips[:, -1], z)
        real, fake = (
            step.discriminator(each, whole_clips[:, 0], whole_clips[:, -1]) for each in (whole_clips, video)
        )
    smoothed = F.binary_cross_entropy_with_logits(real, torch.full_like(real, 0.9))
    expected = smoothed + F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
    assert given["discriminator"] == pytest.approx(float(expected), rel=1e-3)
    assert given["generator"] == pytest.approx(float(row["generator"] + 0.02 * row["ends"]), rel=1e-5)
    assert row["ends"] > 0
