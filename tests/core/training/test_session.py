"""A training told by its folder: states, events, requests and endings."""

import os
from collections.abc import Iterator

import pytest

from f2v_core.errors import RunError
from f2v_core.messages import Notice, StageProgress
from f2v_core.runs import Run
from f2v_core.runs.events import read_events
from f2v_core.runs.requests import send_request
from f2v_core.runs.state import HOST, RunState, read_state, write_state
from f2v_core.train_messages import CheckpointSaved, SampleSaved, StepDone, TrainEvent, TrainProgress
from f2v_core.training import session as session_module
from f2v_core.training.inbox import Inbox
from f2v_core.training.session import Session
from tests.core.training.scripted import STEPS, save, train_and, until

pytestmark = pytest.mark.usefixtures("script")


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
        until(lambda _: read_state(run).stage == "Decoding" and read_state(run).memory_mb > 0, session)
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
