"""The trial before the first step: it changes nothing, tells what a run needs, and finds what fits the memory."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch

from f2v_core.errors import NotFiniteError, RunError
from f2v_core.runs import Run, create_run
from f2v_core.runs.events import read_events
from f2v_core.runs.state import read_state
from f2v_core.train_messages import StepDone, TrainEstimate
from f2v_core.training import preflight
from f2v_core.training.preflight import estimate, rehearse
from f2v_core.training.session import Session
from f2v_core.training.steps import Step
from f2v_core.training.trainer import train
from f2v_core.training.trial import Trial, portions_that_fit, try_steps
from f2v_core.training.world import ALONE

CPU = torch.device("cpu")
OUT_OF_MEMORY = [
    torch.OutOfMemoryError("CUDA out of memory."),
    RuntimeError("[enforce fail] DefaultCPUAllocator: not enough memory: you tried to allocate 1 bytes."),
]


@pytest.fixture
def make_run(tmp_path, squares_folder, quick_config):
    def make(name: str = "run", model: str = "cvae", **changes) -> Run:
        wanted = {"steps": 2, "checkpoint_every": 2, "sample_every": 2, **changes}
        return create_run(tmp_path / name, quick_config(model, "motion", data=str(squares_folder), **wanted))

    return make


def hold(monkeypatch: pytest.MonkeyPatch, clips: int, error: Exception) -> None:
    """Let the memory hold so many clips at once."""
    descend = Step._descend

    def refuse(self, optimiser, shares, *rest):
        if any(len(share.video) > clips for share in shares):
            raise error
        return descend(self, optimiser, shares, *rest)

    monkeypatch.setattr(Step, "_descend", refuse)


def tensors(value: object) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from tensors(each)


@pytest.mark.parametrize("model", ["cvae", "cgan"])
def test_a_run_with_a_trial_is_to_the_last_bit_the_run_without(model, make_run, monkeypatch):
    without, tried = make_run("without", model), make_run("with", model)
    assert not any(isinstance(event, TrainEstimate) for event in train(without))
    monkeypatch.setattr(preflight, "PAYS_FROM", 1)
    assert sum(isinstance(event, TrainEstimate) for event in train(tried)) == 1
    kept = []
    for run in (without, tried):
        (folder,) = run.checkpoints()
        kept.append(torch.load(folder / "state.pt", weights_only=True))
    one, other = (list(tensors(state)) for state in kept)
    assert len(one) > 20
    assert all(torch.equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def test_the_estimate_is_told_before_the_first_step_and_stays(make_run, monkeypatch):
    monkeypatch.setattr(preflight, "PAYS_FROM", 1)
    run = make_run()
    kinds = [type(event) for event in Session(run).events()]
    assert kinds.index(TrainEstimate) < kinds.index(StepDone)
    told = next(event for event in read_events(run) if event.kind == "notice")
    assert told.text == read_state(run).estimate
    assert told.facts["steps"] == 2
    assert told.facts["memory_mb"] > 50
    assert told.facts["seconds"] > 0


@pytest.mark.parametrize(
    ("step_s", "words"),
    [(0.002, "2 s"), (1.38, "23 min"), (4.8, "1 h 20 min"), (183.6, "2 d 3 h")],
)
def test_an_estimate_in_words(step_s, words, quick_config):
    config = replace(quick_config("cvae", "motion"), steps=1000)
    assert estimate(Trial(step_s, 1400, 0), config, 310_000_000).text == (
        f"About {words} for 1000 steps; 1.4 GB of memory; 310 MB of disk."
    )
    assert "850 MB of GPU memory" in estimate(Trial(step_s, 1400, 850), config, 1).text


def test_the_trial_meets_the_gradient_penalty(quick_config, monkeypatch):
    seen = []
    config = quick_config("cgan", "motion", gradient_penalty=1.0, penalty_every=3, discriminator_steps=2)
    from f2v_core.training.cgan_step import CganStep

    judge = CganStep._judge
    monkeypatch.setattr(
        CganStep,
        "_judge",
        lambda self, *args, watched=False: (seen.append(watched), judge(self, *args, watched=watched))[1],
    )
    found = try_steps(replace(config, steps=60), CPU, ALONE)
    assert any(seen)
    assert found is not None
    assert found.step_s > 0
    assert found.gpu_memory_mb == 0


def test_a_trial_that_goes_astray_leaves_it_to_the_run_to_tell(quick_config, monkeypatch):
    def astray(*_args: object) -> None:
        raise NotFiniteError("CVAE", "The loss became nan.", "Go slower.")

    monkeypatch.setattr(Step, "_descend", astray)
    assert rehearse(quick_config("cvae", "motion"), CPU, ALONE) is None


@pytest.mark.parametrize("error", OUT_OF_MEMORY)
@pytest.mark.parametrize(("clips", "offer"), [(4, {"accumulate": 2}), (2, {"accumulate": 4}), (0, {})])
def test_a_trial_finds_the_portions_that_fit(error, clips, offer, quick_config, monkeypatch):
    hold(monkeypatch, clips, error)
    config = quick_config("cgan", "motion", batch=8)
    with pytest.raises(RunError, match="a batch of 8 in 1 portions") as caught:
        rehearse(config, CPU, ALONE)
    assert caught.value.offer == offer
    assert ("smaller size" in caught.value.remedy) == (not offer)


def test_what_is_offered_fits(make_run, monkeypatch):
    monkeypatch.setattr(preflight, "PAYS_FROM", 1)
    hold(monkeypatch, 1, OUT_OF_MEMORY[0])
    with pytest.raises(RunError) as caught:
        list(train(make_run("first")))
    assert caught.value.offer == {"accumulate": 4}
    assert StepDone(2) in list(train(make_run("second", **caught.value.offer)))


@pytest.mark.parametrize("model", ["cvae", "cgan"])
@pytest.mark.parametrize(("clips", "offer"), [(2, {"accumulate": 2}), (0, {})])
def test_memory_that_gets_short_later_is_found_out_too(model, clips, offer, make_run, monkeypatch):
    run = make_run(model=model, steps=9)
    events = train(run)
    assert next(events) is not None
    next(event for event in events if event == StepDone(3))
    hold(monkeypatch, clips, OUT_OF_MEMORY[1])
    with pytest.raises(RunError) as caught:
        list(events)
    assert caught.value.offer == offer
    assert [folder.name for folder in run.checkpoints()] == ["step-00000002"]


def test_portions_are_doubled_up_to_single_clips():
    tried = []

    def attempt(portions: int) -> None:
        tried.append(portions)
        raise MemoryError

    assert portions_that_fit(1, 6, attempt) is None
    assert tried == [2, 4, 6]


def test_other_errors_of_a_trial_are_told(quick_config, monkeypatch):
    def breaks(*_args: object) -> None:
        raise RuntimeError("shapes differ")

    with pytest.raises(RuntimeError, match="shapes differ"):
        portions_that_fit(1, 2, breaks)
    monkeypatch.setattr(preflight, "try_steps", breaks)
    with pytest.raises(RuntimeError, match="shapes differ"):
        rehearse(quick_config("cvae", "motion"), CPU, ALONE)
