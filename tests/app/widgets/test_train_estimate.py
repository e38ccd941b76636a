from dataclasses import replace
from pathlib import Path

import pytest

from f2v_app.widgets.train_cost import step_gflop
from f2v_app.widgets.train_estimate import Estimator, Facts, facts_of, pace_of
from f2v_core.config import PrepareConfig, train_preset
from f2v_core.data.dataset import open_dataset
from f2v_core.runs.state import HOST, RunState
from tests.datasets import squares, write_dataset

CONFIG = train_preset("cvae", "motion")
OTHER = train_preset("cgan", "recurrent")


@pytest.fixture
def estimator() -> Estimator:
    return Estimator()


def ended(seconds: float, **fields) -> RunState:
    return RunState(**{"phase": "finished", "step": 4000, "trained_s": seconds, "host": HOST, **fields})


def test_nothing_is_known_at_first(estimator: Estimator) -> None:
    estimate = estimator.estimate(CONFIG)
    assert (estimate.seconds, estimate.ground, estimate.knows_data) == (0, "unknown", False)
    assert estimate.memory_mb > estimate.weights_mb + estimate.step_mb


def test_the_machines_speed_is_a_first_ground_and_validations_take_time(estimator: Estimator) -> None:
    estimator.machine_rate = 100.0
    bare = estimator.estimate(CONFIG)
    assert bare.ground == "machine"
    assert bare.seconds == pytest.approx(4000 * step_gflop(CONFIG) / 100)
    estimator.facts = Facts(421, 31, 1000.0)
    assert estimator.estimate(CONFIG).seconds > bare.seconds


def test_a_run_is_the_best_ground_for_its_like_and_a_good_one_for_others(estimator: Estimator) -> None:
    estimator.machine_rate = 1.0
    assert estimator.learn(CONFIG, ended(2000.0, device="cpu"))
    twice = estimator.estimate(replace(CONFIG, steps=8000, seed=3, learning_rate=0.1))
    assert (twice.seconds, twice.ground) == (pytest.approx(4000), "measured")
    other = estimator.estimate(OTHER)
    assert other.ground == "alike"
    assert other.seconds == pytest.approx(2000 * step_gflop(OTHER) / step_gflop(CONFIG) * OTHER.steps / 4000)
    assert estimator.estimate(replace(OTHER, device="cpu")).ground == "alike"  # auto was this processor
    assert estimator.estimate(replace(OTHER, device="cuda")).ground == "machine"


def test_a_short_run_that_validates_often_says_how_long_one_takes_that_seldom_does(
    estimator: Estimator,
) -> None:
    estimator.facts = Facts(421, 31, 1000.0)
    often = replace(CONFIG, steps=60, sample_every=5)
    estimator.learn(often, ended(60.0, step=60))
    assert estimator.estimate(often).seconds == pytest.approx(60)
    seldom = estimator.estimate(replace(often, sample_every=60))
    assert seldom.ground == "measured"
    assert 30 < seldom.seconds < 45


@pytest.mark.parametrize(("phase", "times"), [("finished", 2), ("paused", 1)])
def test_the_last_validation_is_at_the_end(phase, times) -> None:
    pace = pace_of(replace(CONFIG, steps=60, sample_every=50), ended(9.0, step=60, phase=phase))
    assert pace is not None
    assert (pace.steps, pace.validations, pace.seconds) == (60, times, 9.0)


@pytest.mark.parametrize(
    "setting", [{"batch": 4}, {"size": 32}, {"precision": "bf16"}, {"compile": "on"}, {"accumulate": 2}]
)
def test_what_changes_a_steps_time_is_not_the_same_training(estimator: Estimator, setting) -> None:
    estimator.learn(CONFIG, ended(2000.0))
    assert estimator.estimate(replace(CONFIG, **setting)).ground == "alike"


def test_a_running_training_corrects_itself_but_not_for_trifles(estimator: Estimator) -> None:
    running = RunState("training", step=10, rate=2.0, host=HOST)
    assert estimator.learn(CONFIG, running)
    assert not estimator.learn(CONFIG, replace(running, rate=2.05))
    assert estimator.learn(CONFIG, replace(running, rate=1.5))
    assert estimator.estimate(CONFIG).seconds == pytest.approx(4000 / 1.5)


@pytest.mark.parametrize(
    "state",
    [
        ended(2000.0, host="server"),
        ended(0.0),
        ended(2000.0, step=0),
        ended(2000.0, phase="interrupted"),  # its steps are those of the checkpoint, its seconds are not
        RunState("starting", host=HOST),
    ],
)
def test_what_says_nothing_about_this_machine_is_no_ground(estimator: Estimator, state: RunState) -> None:
    assert not estimator.learn(CONFIG, state)
    assert estimator.estimate(CONFIG).ground == "unknown"


def test_clips_that_do_not_fit_are_read_from_the_disk(estimator: Estimator) -> None:
    estimator.facts = Facts(5000, 48, 3000.0)
    assert estimator.estimate(CONFIG).data_mb == 3000
    assert estimator.estimate(replace(CONFIG, memory_gb=2.0)).data_mb == 0


def test_facts_come_from_the_datasets_own_description(tmp_path: Path) -> None:
    sizes = {}
    for name, made in (("tight", {"crop": "center"}), ("full", {"crop": "full"}), ("room", {"room": True})):
        folder = tmp_path / name
        write_dataset(folder, squares(train=6, val=2), PrepareConfig(videos="", **made))
        facts = facts_of(open_dataset(folder))
        assert (facts.clips, facts.validated) == (6, 2)
        sizes[name] = facts.decoded_mb
    assert sizes["tight"] < sizes["full"] < sizes["room"]
