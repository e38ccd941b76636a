"""Each loss falls on eight clips, and steps refuse what would spoil the weights."""

import pytest
import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.models.networks import Networks, build_generator, build_networks
from f2v_core.training.steps import CganStep, CvaeStep, make_step

ALL = [("cvae", "motion"), ("cvae", "poster"), ("cgan", "motion"), ("cgan", "poster")]


def history(config: TrainConfig, material, steps: int) -> dict[str, list[float]]:
    """The losses of `steps` steps on one and the same batch."""
    torch.manual_seed(0)
    step = make_step(build_networks(config), config)
    clips = material.batch()
    rows = [step.run(lambda: clips, 1.0, 1.0) for _ in range(steps)]
    return {name: [float(row[name]) for row in rows] for name in step.loss_names}


def fell(values: list[float], factor: float) -> bool:
    """Whether the last three are lower than the first three (two, of the slow networks' four steps)."""
    some = min(3, len(values) // 2)
    return sum(values[-some:]) < factor * sum(values[:some])


@pytest.mark.parametrize("architecture", ["motion", "poster"])
def test_the_cvae_overfits_eight_clips(architecture, small_config, make_material):
    config = small_config("cvae", architecture, learning_rate=2e-3, frames_per_step=0)
    losses = history(config, make_material(config), 8 if architecture == "motion" else 4)
    assert fell(losses["loss"], 0.9)
    assert fell(losses["reconstruction"], 0.9)
    assert fell(losses["ends"], 0.9) if architecture == "poster" else max(losses["ends"]) < 1e-6


@pytest.mark.parametrize("architecture", ["motion", "poster"])
def test_the_cgans_losses_fall_on_eight_clips(architecture, small_config, make_material):
    config = small_config(
        "cgan", architecture, discriminator_steps=1, learning_rate=2e-3, lambda_reconstruction=0.01,
    )  # fmt: skip
    losses = history(config, make_material(config), 10 if architecture == "motion" else 4)
    assert fell(losses["reconstruction"], 0.9)
    assert fell(losses["ends"], 0.9) if architecture == "poster" else max(losses["ends"]) < 0.1


@pytest.mark.parametrize("architecture", ["motion", "poster"])
def test_the_discriminators_loss_falls_on_eight_clips(architecture, small_config, make_material):
    config = small_config("cgan", architecture, discriminator_rate=2e-3 if architecture == "motion" else 1e-3)
    torch.manual_seed(0)
    step, clips = CganStep(build_networks(config), config), make_material(config).batch()
    assert fell([float(step._discriminate(clips, 1.0)["discriminator"]) for _ in range(7)], 0.9)


@pytest.mark.parametrize(("model", "architecture"), ALL)
def test_the_same_seed_gives_the_same_losses(model, architecture, small_config, make_material):
    config = small_config(model, architecture, batch=2, discriminator_steps=1)
    assert history(config, make_material(config), 2) == history(config, make_material(config), 2)


def test_a_generator_step_follows_four_discriminator_steps(small_config, make_material):
    config = small_config("cgan", "motion", batch=2, discriminator_steps=4)
    material, step = make_material(config), CganStep(build_networks(config), config)
    step.run(material.batch, 1.0, 0.0)
    assert material.position == 4


@pytest.mark.parametrize(("frames", "wanted", "rendered"), [(30, 12, 12), (30, 0, 30), (8, 12, 8), (5, 1, 1)])
def test_a_step_renders_as_many_frames_as_it_is_asked_to(frames, wanted, rendered, small_config):
    config = small_config("cvae", "motion", frames_per_step=wanted)
    step, video = CvaeStep(build_networks(config), config), torch.zeros(1, frames, 1, 1, 1)
    drawn = []
    for _ in range(200):
        indices, times = step._times(video)
        assert len(indices) == len(set(indices.tolist())) == rendered
        torch.testing.assert_close(times, torch.linspace(0, 1, frames)[indices])
        drawn += indices.tolist()
    often = torch.bincount(torch.tensor(drawn), minlength=frames) * frames / len(drawn)
    assert often.min() > 0.5
    assert often.max() < 1.5  # every frame about equally often


def test_the_kl_term_rises(small_config, make_material):
    config = small_config("cvae", "motion", batch=2, kl_ramp=0.5, learning_rate=1e-7)
    clips = make_material(config).batch()
    step = CvaeStep(build_networks(config), config)
    at = {done: step.run(lambda: clips, 1.0, done) for done in (0.0, 0.25, 0.5, 1.0)}
    share = {
        done: float((row["loss"] - row["reconstruction"] - row["ends"]) / row["kl"])
        for done, row in at.items()
    }
    assert share == pytest.approx({0.0: 0.0, 0.25: 0.5, 0.5: 1.0, 1.0: 1.0}, abs=0.02)


def test_a_loss_that_is_not_finite_changes_no_weight(small_config, make_material):
    config = small_config("cvae", "motion")
    networks = build_networks(config)
    step = CvaeStep(networks, config)
    before = {k: v.clone() for k, v in networks.generator.state_dict().items()}
    clips = make_material(config).batch() * torch.nan
    with pytest.raises(RunError, match="loss of the CVAE became nan"):
        step.run(lambda: clips, 1.0, 0.0)
    assert all(torch.equal(before[k], v) for k, v in networks.generator.state_dict().items())


def test_steps_need_their_networks(small_config):
    config = small_config("cvae", "motion")
    bare = Networks(build_generator(config), None, None)
    for kind in (CvaeStep, CganStep):
        with pytest.raises(RunError, match="needs"):
            kind(bare, config)


def test_the_discriminator_learns_in_its_own_steps_only(small_config, make_material):
    config = small_config("cgan", "motion", batch=2)
    step, clips = CganStep(build_networks(config), config), make_material(config).batch()
    step._discriminate(clips, 1.0)
    before = [p.clone() for p in step.discriminator.parameters()]
    gradients = [p.grad.clone() for p in step.discriminator.parameters()]
    generator = [p.clone() for p in step.networks.generator.parameters()]
    step._generate(clips, 1.0)
    after = list(step.discriminator.parameters())
    assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))
    assert all(torch.equal(g, p.grad) for g, p in zip(gradients, after, strict=True))
    assert all(p.requires_grad for p in after)
    trained = step.networks.generator.parameters()
    assert any(not torch.equal(a, b) for a, b in zip(generator, trained, strict=True))
