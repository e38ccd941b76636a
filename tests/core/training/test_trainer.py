"""The loop: events, checkpoints, exact resume, closing saves."""

import pytest
import torch
from safetensors.torch import load_file

from f2v_core.errors import RunError
from f2v_core.library import read_card
from f2v_core.models.networks import build_networks
from f2v_core.runs import create_run
from f2v_core.runs.history import read_history
from f2v_core.train_messages import CheckpointSaved, SampleSaved, TrainProgress
from f2v_core.training import checkpoints
from f2v_core.training.inbox import Inbox
from f2v_core.training.trainer import Trainer


def trainer(folder, config) -> Trainer:
    torch.manual_seed(config.seed)
    return Trainer(create_run(folder, config), build_networks(config), torch.device("cpu"), Inbox())


def again(first: Trainer) -> Trainer:
    """A new trainer for the same run, as another process would make it."""
    torch.manual_seed(99)
    other = Trainer(first.run, build_networks(first.config), torch.device("cpu"), Inbox())
    assert "Resumed" in other.restore()
    return other


def test_events_come_in_order_and_on_time(tmp_path, small_config, make_material):
    config = small_config("cvae", "motion", batch=2)
    first = trainer(tmp_path / "run", config)
    events = list(first.events(make_material(config)))
    assert [e.step for e in events if isinstance(e, TrainProgress)] == [2, 4, 6]
    assert [e.step for e in events if isinstance(e, SampleSaved)] == [3, 6]
    assert [e.step for e in events if isinstance(e, CheckpointSaved)] == [3, 6]
    history = read_history(first.run)
    assert history["step"] == [2, 4, 6]
    assert set(history) == {"step", "loss", "reconstruction", "kl", "ends", "ratio to linear", "seconds"}
    assert first.run.sample_file(6).is_file()


def test_a_checkpoint_is_a_model_folder(tmp_path, small_config, make_material):
    config = small_config("cgan", "motion", batch=2)
    first = trainer(tmp_path / "run", config)
    list(first.events(make_material(config)))
    card = read_card(first.run.model_folder())
    assert (card.kind, card.architecture, card.steps, card.variation) == ("cgan", "motion", 6, 1.0)
    assert card.data[0] == "square-0.mp4 | CC0 | nobody"
    assert len(card.data) == 8
    assert card.metrics["validation mean L2 over linear"].value > 0


@pytest.mark.parametrize(
    ("model", "architecture"), [("cvae", "motion"), ("cgan", "motion"), ("cvae", "poster")]
)
def test_a_resumed_run_ends_with_the_same_weights(model, architecture, tmp_path, small_config, make_material):
    config = small_config(model, architecture, cosine=True, warmup=2, batch=2, augment=True)
    whole = trainer(tmp_path / "whole", config)
    list(whole.events(make_material(config)))
    broken = trainer(tmp_path / "broken", config)
    events = broken.events(make_material(config))
    while not isinstance(next(events), CheckpointSaved):
        pass
    del events  # step 3 is on disk
    resumed = again(broken)
    assert resumed.step == 3
    list(resumed.events(make_material(config)))
    one, other = (load_file(t.run.model_folder() / "weights.safetensors") for t in (whole, resumed))
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert read_history(resumed.run)["step"] == [2, 4, 6]


def test_closing_the_iterator_saves(tmp_path, small_config, make_material):
    config = small_config("cvae", "motion", batch=2, checkpoint_every=100)
    first = trainer(tmp_path / "run", config)
    events = first.events(make_material(config))
    next(events)
    events.close()
    assert [p.name for p in first.run.checkpoints()] == ["step-00000001"]


def test_only_the_newest_checkpoints_are_kept(tmp_path, small_config, make_material):
    config = small_config("cvae", "motion", batch=2, checkpoint_every=1, steps=4)
    first = trainer(tmp_path / "run", config)
    list(first.events(make_material(config)))
    assert [p.name for p in first.run.checkpoints()] == ["step-00000003", "step-00000004"]


def test_a_damaged_checkpoint_falls_back_to_the_one_before(tmp_path, small_config, make_material):
    config = small_config("cvae", "motion", batch=2)
    first = trainer(tmp_path / "run", config)
    list(first.events(make_material(config)))
    (first.run.checkpoint_folder(6) / "state.pt").write_bytes(b"half a file")
    assert again(first).step == 3
    (first.run.checkpoint_folder(3) / "state.pt").write_bytes(b"")
    with pytest.raises(RunError, match="No checkpoint"):
        again(first)


def test_a_disk_that_refuses_is_an_error_in_words(tmp_path, small_config, make_material, monkeypatch):
    config = small_config("cvae", "motion", batch=2)
    first = trainer(tmp_path / "run", config)

    def refuses(*_args, **_kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(checkpoints, "save_weights", refuses)
    with pytest.raises(RunError, match="Input/output error"):
        list(first.events(make_material(config)))
    assert first.run.checkpoints() == []


def test_training_can_start_from_a_model(tmp_path, small_config, make_material):
    config = small_config("cvae", "motion", batch=2)
    first = trainer(tmp_path / "run", config)
    list(first.events(make_material(config)))
    second = trainer(tmp_path / "second", small_config("cgan", "motion", batch=2))
    second.start_from(str(first.run.model_folder()))
    weights = load_file(first.run.model_folder() / "weights.safetensors")
    state = second.networks.generator.state_dict()
    assert all(torch.equal(weights[name], state[name]) for name in weights)
