"""What all steps share: losses fall on a few clips, the same seed gives the same ones, spoilt weights are refused."""

import pytest
import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.models.networks import Networks, build_generator, build_networks
from f2v_core.training.cgan_step import CganStep
from f2v_core.training.cvae_step import CvaeStep
from f2v_core.training.step_kinds import make_step
from tests.core.training.portions import shares

KINDS = [(model, kind) for model in ("cvae", "cgan") for kind in ("motion", "recurrent", "poster")]


def history(config: TrainConfig, material, steps: int) -> dict[str, list[float]]:
    """The losses of `steps` steps on one and the same batch."""
    torch.manual_seed(0)
    step = make_step(build_networks(config), config)
    clips = material.batch()
    rows = [step.run(lambda: shares(clips), 1.0, 1.0) for _ in range(steps)]
    return {name: [float(row[name]) for row in rows] for name in step.loss_names}


def fell(values: list[float], factor: float) -> bool:
    """Whether the last three are lower than the first three (two, of the poster's four steps)."""
    some = min(3, len(values) // 2)
    return sum(values[-some:]) < factor * sum(values[:some])


@pytest.mark.parametrize(("model", "architecture"), KINDS)
def test_the_reconstruction_overfits_a_few_clips(model, architecture, quick_config, make_material):
    poster = architecture == "poster"
    given = {"learning_rate": 2e-3 if poster else 5e-3}
    if model == "cgan":
        given |= {"discriminator_steps": 1, "lambda_reconstruction": 0.01 if poster else 10.0}
    config = quick_config(model, architecture, **given)
    losses = history(config, make_material(config), 4 if poster else 24)
    assert fell(losses["reconstruction"], 0.9)
    assert fell(losses["ends"], 0.9) if poster else not any(losses["ends"])


@pytest.mark.parametrize(("model", "architecture"), KINDS)
def test_the_same_seed_gives_the_same_losses(model, architecture, quick_config, make_material):
    config = quick_config(model, architecture, batch=2, discriminator_steps=1)
    assert history(config, make_material(config), 2) == history(config, make_material(config), 2)


@pytest.mark.parametrize(("frames", "wanted", "rendered"), [(30, 12, 12), (30, 0, 30), (8, 12, 8), (5, 1, 1)])
def test_a_step_renders_as_many_frames_as_it_is_asked_to(frames, wanted, rendered, small_config):
    config = small_config("cvae", "motion", frames_per_step=wanted)
    step, video = CvaeStep(build_networks(config), config), torch.zeros(1, frames, 1, 1, 1)
    drawn = []
    for batch in range(200):
        indices, times = step._times(*shares(video, batch=batch))
        assert len(indices) == len(set(indices.tolist())) == rendered
        torch.testing.assert_close(times, torch.linspace(0, 1, frames)[indices])
        drawn += indices.tolist()
    often = torch.bincount(torch.tensor(drawn), minlength=frames) * frames / len(drawn)
    assert often.min() > 0.5
    assert often.max() < 1.5  # every frame about equally often


def test_biases_and_norms_do_not_decay(small_config):
    config = small_config("cvae", "motion", weight_decay=0.01)
    step = CvaeStep(build_networks(config), config)
    weights, others = step.optimiser.param_groups
    assert (weights["weight_decay"], others["weight_decay"]) == (0.01, 0.0)
    assert {p.ndim for p in others["params"]} == {1}
    assert min(p.ndim for p in weights["params"]) > 1


def test_a_loss_that_is_not_finite_changes_no_weight(small_config, make_material):
    config = small_config("cvae", "motion")
    networks = build_networks(config)
    step = CvaeStep(networks, config)
    before = {k: v.clone() for k, v in networks.generator.state_dict().items()}
    clips = make_material(config).batch()
    clips[:, 5:] = torch.nan
    with pytest.raises(RunError, match="loss of the CVAE became nan"):
        step.run(lambda: shares(clips), 1.0, 0.0)
    assert all(torch.equal(before[k], v) for k, v in networks.generator.state_dict().items())


def test_steps_need_their_networks(small_config):
    config = small_config("cvae", "motion")
    bare = Networks(build_generator(config), None, None)
    for kind in (CvaeStep, CganStep):
        with pytest.raises(RunError, match="needs"):
            kind(bare, config)
