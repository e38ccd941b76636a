"""`train(run)` on a dataset, as the command line and the worker call it."""

from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file

from f2v_core.errors import DataError, ExportError, InputError, ModelError, RunError
from f2v_core.frames import FramePair
from f2v_core.generators.learned import Learned
from f2v_core.library import read_card
from f2v_core.messages import Notice, StageProgress
from f2v_core.runs import change_run, create_run, open_run
from f2v_core.runs.history import read_history
from f2v_core.train_messages import CheckpointSaved, SampleSaved, StepDone, TrainProgress
from f2v_core.training.cgan_step import CganStep
from f2v_core.training.trainer import train


@pytest.fixture
def make_run(tmp_path, squares_folder, small_config):
    """A function that makes a run on moving squares, small in every way."""

    def make(name: str = "run", model: str = "cvae", **changes):
        small = {
            "size": 32,
            "frames": 8,
            "batch": 2,
            "augment": True,
            "steps": 4,
            "warmup": 2,
            "cosine": True,
        }
        config = small_config(model, "motion", **{"data": str(squares_folder), **small, **changes})
        return create_run(tmp_path / name, config)

    return make


def weights(run) -> dict[str, torch.Tensor]:
    return load_file(run.model_folder() / "weights.safetensors")


def same(one, other) -> bool:
    return all(torch.equal(value, other[name]) for name, value in one.items())


def stop_at(events, step: int) -> None:
    """Read on to a step, then close, as Cancel does."""
    next(event for event in events if event == StepDone(step))
    events.close()


def notices(events) -> str:
    return " ".join(e.text for e in events if isinstance(e, Notice))


def test_a_run_from_a_dataset_to_a_model_that_makes_clips(make_run):
    run = make_run()
    kinds = [type(event) for event in train(run)]
    assert [k for k in dict.fromkeys(kinds) if k is not Notice] == [
        StageProgress, StepDone, TrainProgress, SampleSaved, CheckpointSaved,
    ]  # fmt: skip
    assert read_history(run)["step"] == [2, 4]
    card = read_card(run.model_folder())
    assert len(card.data) == 8
    image = torch.zeros(20, 30, 3, dtype=torch.uint8).numpy()
    clip = Learned(card, "cpu").clip(FramePair(image, image + 200), 3, 10.0)
    assert clip.frames.shape == (3, 20, 30, 3)


@pytest.mark.parametrize("model", ["cvae", "cgan"])
@pytest.mark.parametrize("step", [1, 3])
def test_a_stopped_and_resumed_run_is_the_run_that_never_stopped(model, step, make_run):
    whole, broken = make_run("whole", model), make_run("broken", model)
    list(train(whole))
    stop_at(train(broken), step)
    torch.manual_seed(1234)  # another process begins with other random numbers
    events = list(train(open_run(broken.folder)))
    assert f"Resumed at step {step}." in notices(events)
    assert same(weights(whole), weights(broken))
    assert read_history(whole)["step"] == read_history(broken)["step"]


def test_resuming_a_complete_run_does_nothing_until_more_steps_are_asked_for(make_run):
    run = make_run()
    list(train(run))
    before = weights(run)
    events = list(train(run))
    assert "All 4 steps are done" in notices(events)
    assert {type(e) for e in events} == {Notice}
    assert same(before, weights(run))
    list(train(change_run(run, replace(run.config, steps=5))))
    assert [folder.name for folder in run.checkpoints()] == ["step-00000004", "step-00000005"]


def test_a_run_that_was_killed_before_its_first_checkpoint_begins_as_it_was_asked_to(make_run):
    source = make_run("source")
    list(train(source))
    killed, whole = (make_run(name, start_from=str(source.model_folder())) for name in ("killed", "whole"))
    (killed.folder / "history.csv").write_text(
        "step,loss,reconstruction,kl,ends,ratio to linear,seconds\n2,9,9,9,9,9,9\n"
    )
    list(train(whole))
    list(train(killed))
    assert same(weights(whole), weights(killed))
    assert read_history(killed)["step"] == [2, 4]


def test_a_model_of_other_networks_is_no_start(make_run):
    source = make_run("source")
    list(train(source))
    other = make_run("other", "cgan", start_from=str(source.model_folder()), z_first=8, z_last=8)
    with pytest.raises(ModelError, match="cannot be the start: its z_first is 16, here it is 8"):
        list(train(other))


def test_a_step_that_fails_halfway_is_not_kept(make_run, monkeypatch):
    run = make_run(model="cgan", discriminator_steps=2)
    events = train(run)
    next(e for e in events if e == CheckpointSaved(3, str(run.checkpoint_folder(3))))
    monkeypatch.setattr(CganStep, "_generate", fail)  # after the discriminator's steps
    with pytest.raises(RunError, match="became nan"):
        list(events)
    assert [folder.name for folder in run.checkpoints()] == ["step-00000003"]
    monkeypatch.undo()
    list(train(run))
    whole = make_run("whole", "cgan", discriminator_steps=2)
    list(train(whole))
    assert same(weights(run), weights(whole))


def fail(*_):
    raise RunError("The loss of the generator became nan.")


def test_a_sample_that_cannot_be_written_costs_no_step(make_run):
    run = make_run()
    (run.folder / "samples" / "step-00000003.png" / "in the way").mkdir(parents=True)
    with pytest.raises(ExportError, match=r"step-00000003\.png cannot be written"):
        list(train(run))
    assert [folder.name for folder in run.checkpoints()] == ["step-00000003"]


def test_checkpoints_of_other_networks_do_not_fit(make_run):
    run = make_run()
    list(train(run))
    with pytest.raises(RunError, match="other networks than its settings"):
        list(train(change_run(run, replace(run.config, width=12))))
    with pytest.raises(RunError, match="other networks than its settings"):
        list(train(change_run(run, replace(run.config, model="cgan"))))


def test_settings_and_folders_are_checked_before_the_first_step(make_run, tmp_path):
    with pytest.raises(DataError, match="nowhere is not a folder"):
        list(train(make_run("a", data=str(tmp_path / "nowhere"))))
    with pytest.raises(InputError, match="multiples of 16"):
        list(train(make_run("b", size=40)))
    with pytest.raises(ModelError, match="no model named nonsense"):
        list(train(make_run("c", start_from="nonsense")))


def test_a_loss_that_is_not_finite_offers_half_the_rate_and_goes_on(make_run):
    run = make_run(learning_rate=0.002)
    events = train(run)
    next(e for e in events if isinstance(e, CheckpointSaved))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("f2v_core.training.steps.torch.isfinite", lambda _value: torch.tensor(data=False))
        with pytest.raises(RunError, match="loss of the CVAE") as caught:
            list(events)
    assert caught.value.offer == {"learning_rate": 0.001}
    assert [folder.name for folder in run.checkpoints()] == ["step-00000003"]
    list(train(change_run(run, replace(run.config, learning_rate=0.001))))
    assert run.saved == 4


def test_a_step_without_memory_offers_smaller_portions(make_run, monkeypatch):
    generate = CganStep._generate

    def lacks(self, shares, rate):
        if len(shares) < 2:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
        return generate(self, shares, rate)

    run = make_run(model="cgan")
    with monkeypatch.context() as patch:
        patch.setattr(CganStep, "_generate", lacks)
        with pytest.raises(RunError, match="memory is too small") as caught:
            list(train(run))
    assert caught.value.offer == {"accumulate": 2}
    list(train(change_run(run, replace(run.config, accumulate=2))))
    assert run.saved == 4
