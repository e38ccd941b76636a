"""A training told by its folder: states, events, requests, endings, other trainers, folders that go."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from f2v_core.config import TrainConfig
from f2v_core.errors import DataError, ExportError, RunError
from f2v_core.messages import (
    CheckpointSaved,
    Notice,
    SampleSaved,
    StageProgress,
    StepDone,
    TrainEvent,
    TrainProgress,
)
from f2v_core.runs import Run, create_run, open_run
from f2v_core.runs import claims as claims_module
from f2v_core.runs.events import read_events
from f2v_core.runs.requests import send_request
from f2v_core.runs.state import HOST, RunState, read_state, write_state
from f2v_core.storage import delete_folder
from f2v_core.training import session as session_module
from f2v_core.training.inbox import Inbox
from f2v_core.training.session import Session

STEPS = 6
Script = Callable[[Run, Inbox], Iterator[TrainEvent]]


def trains(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
    """Stands for `train`: prepares, makes steps, takes what is asked, saves as the real one does."""
    step = saved = run.saved
    try:
        yield StageProgress("Decoding", 1, 2, 4.0, float("inf"))
        while step < run.config.steps and not inbox.over:
            step += 1
            yield StepDone(step)
            asked = inbox.take()
            if "sample" in asked:
                yield SampleSaved(step, 0.5)
            if "save" in asked:
                yield save(run, saved := step)
        if inbox.keeps and step > saved:
            yield save(run, step)
    except GeneratorExit:
        if inbox.keeps and step > saved:
            save(run, step)
        raise


def save(run: Run, step: int) -> CheckpointSaved:
    run.checkpoint_folder(step).mkdir(parents=True)
    return CheckpointSaved(step, str(run.checkpoint_folder(step)))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return create_run(tmp_path / "run", TrainConfig(steps=STEPS, device="cpu"))


@pytest.fixture(autouse=True)
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[Script], None]:
    """A function that replaces the training; at first it is `trains`."""

    def replace_it(made: Script) -> None:
        monkeypatch.setattr(session_module, "train", made)

    replace_it(trains)
    monkeypatch.setattr(session_module, "LOOK_S", 0.002)
    monkeypatch.setattr(session_module, "BEAT_S", 0.004)
    monkeypatch.setattr(claims_module, "LISTEN_S", 0.01)
    return replace_it


def until(state: Callable[[RunState], bool], session: Session) -> None:
    """Wait for what the heartbeat makes of the state."""
    for _ in range(10_000):
        if state(session.state):
            return
        session_module.Flag().wait(0.001)
    raise AssertionError(session.state)


def train_and(run: Run, step: int, act: Callable[[Session], None]) -> tuple[Session, list[TrainEvent]]:
    """Train, and do something after a step."""
    session, events = Session(run), []
    for event in session.events():
        events.append(event)
        if event == StepDone(step):
            act(session)
    return session, events


def kinds(run: Run) -> list[str]:
    return [event.kind for event in read_events(run)]


def test_a_training_ends_finished(run: Run):
    session, events = train_and(run, 1, lambda _: None)
    assert [event.step for event in events if isinstance(event, StepDone)] == [1, 2, 3, 4, 5, 6]
    state = read_state(run)
    assert state == session.state
    assert (state.phase, state.step, state.saved, state.device) == ("finished", 6, 6, "cpu")
    assert (state.host, state.pid, state.memory_mb) == (HOST, os.getpid(), 0.0)
    assert kinds(run) == ["started", "checkpoint", "ended"]
    assert read_events(run)[-1].facts == {"phase": "finished"}
    assert not (run.folder / ".lock").exists()


def test_states_are_told_while_it_trains(run: Run, script):
    seen: list[RunState] = []

    def told(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield Notice("begins")
        seen.append(read_state(run))
        yield StageProgress("Decoding", 1, 2, 4.0, 3.0)
        until(lambda state: state.memory_mb > 0, session)
        seen.append(read_state(run))
        yield StepDone(1)
        seen.append(read_state(run))
        yield TrainProgress(1, STEPS, {"loss": 1.0}, 2.5, 9.0, 4.0)
        yield SampleSaved(1, 0.75)
        yield save(run, 1)
        seen.append(read_state(run))

    script(told)
    session = Session(run)
    list(session.events())
    assert [state.phase for state in seen] == ["preparing", "preparing", "training", "training"]
    assert (seen[1].stage, seen[1].done, seen[1].total, seen[1].left_s) == ("Decoding", 1, 2, 3.0)
    assert seen[1].memory_mb > 10
    assert (seen[2].stage, seen[2].left_s, seen[2].step) == ("", 0.0, 1)
    assert (seen[3].rate, seen[3].left_s, seen[3].trained_s, seen[3].saved) == (2.5, 9.0, 4.0, 1)
    assert [(event.kind, event.text, event.facts) for event in read_events(run)[1:4]] == [
        ("notice", "begins", {}), ("sample", "", {"ratio": 0.75}), ("checkpoint", "", {}),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "phase"), [("pause", "paused"), ("stop", "stopped")])
def test_an_ending_that_is_asked_for_shows_at_once_and_saves(run: Run, kind, phase: str):
    shown: list[str] = []

    def ask(session: Session) -> None:
        session.ask(kind)
        shown.append(read_state(run).phase)

    train_and(run, 2, ask)
    assert shown == [{"pause": "pausing", "stop": "stopping"}[kind]]
    assert (read_state(run).phase, read_state(run).step, run.saved) == (phase, 2, 2)


def test_a_request_in_the_folder_is_taken_by_the_heartbeat(run: Run):
    def ask(session: Session) -> None:
        send_request(run, "pause")
        until(lambda state: state.phase == "pausing", session)

    train_and(run, 2, ask)
    assert read_state(run).phase == "paused"


def test_of_several_endings_the_last_one_counts(run: Run):
    def ask(session: Session) -> None:
        for kind in ("discard", "pause", "stop"):
            session.ask(kind)

    train_and(run, 2, ask)
    assert read_state(run).phase == "stopped"


def test_saving_and_sampling_go_on(run: Run):
    def ask(session: Session) -> None:
        session.ask("save")
        session.ask("sample")

    _, events = train_and(run, 2, ask)
    assert SampleSaved(2, 0.5) in events
    assert [event.step for event in events if isinstance(event, CheckpointSaved)] == [2, 6]


def test_what_is_asked_while_it_prepares_is_not_lost(run: Run):
    session = Session(run)
    events = session.events()
    assert isinstance(next(events), StageProgress)
    session.ask("sample")
    assert SampleSaved(1, 0.5) in list(events)


@pytest.mark.parametrize(("kind", "phase"), [("pause", "paused"), ("stop", "stopped"), ("discard", None)])
def test_an_ending_while_it_prepares(run: Run, kind, phase: str | None):
    session = Session(run)
    events = session.events()
    next(events)
    session.ask(kind)
    assert list(events) == []
    if phase is None:
        assert list(run.folder.parent.iterdir()) == []
    else:
        assert (read_state(run).phase, run.checkpoints()) == (phase, [])


def test_what_was_asked_of_an_earlier_trainer_is_not_for_this_one(run: Run):
    leave_a_request(run, "pause")
    train_and(run, 1, lambda _: None)
    assert read_state(run).phase == "finished"


def test_what_was_asked_while_it_started_is(run: Run, script):
    def waits(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        until(lambda state: state.phase == "pausing", session)
        yield Notice("begins")

    script(waits)
    write_state(run, RunState("starting", host=HOST, pid=os.getpid(), trained_s=3.0))
    leave_a_request(run, "pause")
    session = Session(run)
    list(session.events())
    assert (read_state(run).phase, read_state(run).trained_s) == ("paused", 3.0)


def leave_a_request(run: Run, kind: str) -> None:
    folder = run.folder / "requests"
    folder.mkdir()
    (folder / f"0001-7-{kind}").touch()


def test_a_request_after_the_end_changes_nothing(run: Run):
    session, _ = train_and(run, 1, lambda _: None)
    session.ask("discard")
    assert read_state(run).phase == "finished"
    assert session.state.phase == "finished"


def test_an_ending_asked_for_at_the_last_step_finds_it_finished(run: Run):
    train_and(run, STEPS, lambda session: session.ask("pause"))
    assert read_state(run).phase == "finished"


def test_a_discarded_run_leaves_nothing(run: Run):
    session, _ = train_and(run, 2, lambda session: session.ask("discard"))
    assert list(run.folder.parent.iterdir()) == []
    assert session.state.phase == "discarding"


def test_a_run_that_cannot_be_deleted_says_so(run: Run, monkeypatch: pytest.MonkeyPatch):
    def fails(_run: Run) -> None:
        raise RunError("It cannot be deleted.", "Delete it by hand.")

    monkeypatch.setattr(session_module, "delete_run", fails)
    with pytest.raises(RunError, match="cannot be deleted"):
        train_and(run, 2, lambda session: session.ask("discard"))
    assert (read_state(run).phase, read_state(run).error) == ("failed", "It cannot be deleted.")


def test_a_paused_run_goes_on(run: Run):
    train_and(run, 2, lambda session: session.ask("pause"))
    _, events = train_and(run, 3, lambda _: None)
    assert [event.step for event in events if isinstance(event, StepDone)] == [3, 4, 5, 6]
    assert kinds(run) == ["started", "checkpoint", "ended", "resumed", "checkpoint", "ended"]


def test_closing_stops_and_keeps(run: Run):
    events = Session(run).events()
    next(event for event in events if event == StepDone(2))
    events.close()
    assert (read_state(run).phase, read_state(run).step, run.saved) == ("stopped", 2, 2)


def test_a_second_ctrl_c_stops_at_the_newest_checkpoint(run: Run, script):
    def pressed(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        yield save(run, 1)
        yield StepDone(2)
        raise KeyboardInterrupt

    script(pressed)
    with pytest.raises(KeyboardInterrupt):
        train_and(run, 1, lambda _: None)
    assert (read_state(run).phase, read_state(run).step) == ("stopped", 1)


def failing(error: Exception) -> Script:
    def fails(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        yield save(run, 1)
        yield StepDone(2)
        raise error

    return fails


def test_a_failure_is_told_with_its_remedy_and_offer(run: Run, script):
    script(failing(RunError("The loss became nan.", "Resume.", {"learning_rate": 1e-4})))
    with pytest.raises(RunError):
        list(Session(run).events())
    state = read_state(run)
    assert (state.phase, state.error, state.remedy) == ("failed", "The loss became nan.", "Resume.")
    assert (state.offer, state.details, state.step, state.saved) == ({"learning_rate": 1e-4}, "", 2, 1)
    assert read_events(run)[-1].text == "The loss became nan. Resume."


def test_a_bug_is_told_with_its_traceback(run: Run, script):
    script(failing(ZeroDivisionError("by zero")))
    with pytest.raises(ZeroDivisionError):
        list(Session(run).events())
    state = read_state(run)
    assert state.phase == "failed"
    assert "by zero" in state.error
    assert "ZeroDivisionError" in state.details


def test_a_failure_is_forgotten_when_the_run_goes_on(run: Run, script):
    script(failing(DataError("A shard is missing.")))
    with pytest.raises(DataError):
        list(Session(run).events())
    script(trains)
    list(Session(run).events())
    assert (read_state(run).phase, read_state(run).error) == ("finished", "")


def test_a_device_that_is_not_there_is_a_failure_that_is_told(run: Run, monkeypatch: pytest.MonkeyPatch):
    def fails(_device: str) -> None:
        raise RunError("There is no GPU.", "Choose cpu.")

    monkeypatch.setattr(session_module, "choose_device", fails)
    with pytest.raises(RunError):
        list(Session(run).events())
    assert (read_state(run).phase, read_state(run).error) == ("failed", "There is no GPU.")


def test_a_full_disk_is_told(run: Run, script, monkeypatch: pytest.MonkeyPatch, caplog):
    def full(*_: object, **__: object) -> None:
        raise RunError("events.jsonl cannot be written: No space left on device.", "Make room on the disk.")

    def fills_up(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        monkeypatch.setattr(session_module, "append_event", full)
        yield save(run, 1)

    script(fills_up)
    with pytest.raises(RunError):
        list(Session(run).events())
    assert read_state(run).phase == "failed"
    assert "No space left on device" in read_state(run).error


def test_a_state_that_cannot_be_written_is_logged_once(run: Run, monkeypatch: pytest.MonkeyPatch, caplog):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(session_module, "write_state", full)
    list(Session(run).events())
    assert caplog.text.count("state.json cannot be written: No space left on device") == 1


def test_requests_that_cannot_be_taken_are_logged_once(run: Run, script, monkeypatch, caplog):
    def fails(_run: Run) -> list[str]:
        raise OSError(13, "Permission denied")

    def waits(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        monkeypatch.setattr(session_module, "take_requests", fails)
        until(lambda _: "Permission denied" in caplog.text, session)
        until(lambda state: state.memory_mb > 0, session)  # the heart beats on
        yield from trains(run, inbox)

    script(waits)
    session = Session(run)
    list(session.events())
    assert caplog.text.count("cannot be taken: Permission denied") == 1


def test_two_trainers_on_one_run(run: Run):
    events = Session(run).events()
    next(event for event in events if event == StepDone(2))
    with pytest.raises(RunError, match="being trained already"):
        next(Session(open_run(run.folder)).events())
    assert read_state(run).phase == "training"
    assert next(events) == StepDone(3)
    events.close()
    assert read_state(run).phase == "stopped"


def test_a_trainer_whose_run_was_taken_over_writes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session_module, "BEAT_S", 1000.0)  # one beat, which is not to fall into the takeover
    session = Session(run)
    asleep = session.events()
    next(event for event in asleep if event == StepDone(2))
    until(lambda state: state.memory_mb > 0, session)
    write_state(run, replace(read_state(run), host="elsewhere"))
    os.utime(run.state_file, (0, 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims_module, "is_silent", lambda _run: True)
        patch.setattr(claims_module, "_still_writes", lambda _run: False)
        patch.setattr(claims_module, "HOST", "here")
        with claims_module.claim_run(run):
            write_state(run, RunState("training", 1, STEPS, host="other", pid=7))
            before = sorted((path, path.stat().st_mtime_ns) for path in run.folder.rglob("*"))
            with pytest.raises(RunError, match="taken over by another trainer"):
                list(asleep)
            assert sorted((path, path.stat().st_mtime_ns) for path in run.folder.rglob("*")) == before


@pytest.mark.parametrize("error", [None, OSError(2, "No such file"), ExportError("samples cannot be made.")])
def test_a_folder_that_is_deleted_while_it_trains_is_told_as_that(run: Run, script, error, caplog):
    def loses(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        try:
            yield StepDone(1)
            delete_folder(run.folder)
            if error:
                raise error
            yield StepDone(2)
        except GeneratorExit:
            assert not inbox.keeps
            raise

    script(loses)
    session = Session(run)
    with pytest.raises(RunError, match="was deleted while it was trained"):
        list(session.events())
    assert not run.folder.exists()
    assert session.state.phase == "failed"
