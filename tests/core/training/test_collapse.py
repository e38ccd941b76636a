"""The alarm for posterior collapse: when it sounds, how often, and what is measured for it."""

import pytest
import torch
from torch import nn

from f2v_core.messages import Notice
from f2v_core.models.networks import build_networks
from f2v_core.runs import create_run
from f2v_core.runs.history import read_history
from f2v_core.train_messages import SampleSaved
from f2v_core.training.collapse import CollapseWatch, PosteriorFigures
from f2v_core.training.inbox import Inbox
from f2v_core.training.trainer import Trainer

LIVELY, WEAK, USELESS = (PosteriorFigures(*each) for each in ((0.8, 20.0), (0.8, 0.3), (0.9, 20.0)))


def test_it_sounds_when_the_latent_holds_less_than_a_nat():
    told = CollapseWatch().look(WEAK, 0.9, ramped=False)
    assert "Posterior collapse: the latent holds only 0.3 nats of a clip" in told
    assert "free_bits" in told


def test_it_sounds_when_the_latent_does_not_help_once_the_kl_term_counts_in_full():
    watch = CollapseWatch()
    assert watch.look(USELESS, 0.9, ramped=False) == ""
    assert "no better than the 0.9000 of the images alone" in watch.look(USELESS, 0.9, ramped=True)


def test_it_says_each_change_once():
    watch = CollapseWatch()
    told = [watch.look(each, 0.9, ramped=True) for each in (LIVELY, WEAK, USELESS, WEAK, LIVELY, LIVELY)]
    assert [bool(text) for text in told] == [False, True, False, False, True, False]
    assert "tells something of the videos again: 20 nats" in told[4]


def trainer(folder, config) -> Trainer:
    torch.manual_seed(0)
    return Trainer(create_run(folder, config), build_networks(config), torch.device("cpu"), Inbox())


def prior_itself(encoder: nn.Module) -> None:
    """Make an encoder say N(0, I) whatever it sees: what collapse looks like."""
    for head in (encoder.grid_head, encoder.vector_head.linear):
        nn.init.zeros_(head.weight)
        head.bias.data[: len(head.bias) // 2] = 0
        head.bias.data[len(head.bias) // 2 :] = torch.tensor(1.0).expm1().log()


def test_a_run_tells_of_collapse_and_keeps_the_figures(tmp_path, small_config, make_material):
    config = small_config(
        "cvae", "motion", batch=2, prior_mean_share=0.5, learning_rate=1e-7, sample_every=2, log_every=2,
    )  # fmt: skip
    made = trainer(tmp_path / "run", config)
    prior_itself(made.networks.video_encoder)
    events = list(made.events(make_material(config)))
    told = [event.text for event in events if isinstance(event, Notice)]
    assert len(told) == 1
    assert "Posterior collapse" in told[0]
    assert isinstance(events[events.index(Notice(told[0])) - 1], SampleSaved)
    history = read_history(made.run)
    assert max(history["kl of validation"]) < 0.01
    assert history["posterior ratio"] == pytest.approx(history["ratio to linear"], abs=1e-3)
    again = trainer(tmp_path / "again", config)
    again.run = made.run
    again.restore()
    assert again._checks._watch.collapsed
    assert again._checks.metrics == made._checks.metrics
    assert set(made._checks.metrics) == {
        "validation mean L2 over linear", "validation mean L2 over linear, posterior's mean",
        "validation KL, nats a clip",
    }  # fmt: skip


def test_networks_of_both_architectures_are_measured_in_evaluation_mode(small_config, make_material):
    for architecture in ("motion", "poster"):
        config = small_config("cvae", architecture, batch=4)
        networks, material = build_networks(config), make_material(config)
        before = {name: value.clone() for name, value in networks.video_encoder.state_dict().items()}
        figures = material.validation.check_posterior(networks.generator, networks.video_encoder)
        assert figures.kl > 1
        assert figures.ratio > 0
        assert networks.generator.training
        assert networks.video_encoder.training
        after = networks.video_encoder.state_dict()
        assert all(
            torch.equal(before[name], after[name]) for name in before
        )  # no statistics of batch norm moved


def test_where_no_posterior_is_trained_none_is_measured(tmp_path, small_config, make_material):
    config = small_config("cvae", "motion", batch=2, prior_mean_share=1.0, sample_every=3)
    made = trainer(tmp_path / "run", config)
    list(made.events(make_material(config)))
    assert "kl of validation" not in read_history(made.run)
    assert list(made._checks.metrics) == ["validation mean L2 over linear"]
