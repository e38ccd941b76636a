"""Sessions in trouble: failures, full disks, other trainers, folders that go."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from f2v_core.errors import DataError, ExportError, RunError
from f2v_core.runs import Run, open_run
from f2v_core.runs import claims as claims_module
from f2v_core.runs.events import read_events
from f2v_core.runs.state import RunState, read_state, write_state
from f2v_core.storage import delete_folder
from f2v_core.train_messages import StepDone, TrainEvent
from f2v_core.training import session as session_module
from f2v_core.training.inbox import Inbox
from f2v_core.training.session import Session
from tests.core.training.scripted import STEPS, Script, save, trains, until

pytestmark = pytest.mark.usefixtures("script")


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


def test_a_disk_that_refuses_is_told(run: Run, script, monkeypatch: pytest.MonkeyPatch, caplog):
    def refuses(*_: object, **__: object) -> None:
        raise RunError("events.jsonl cannot be written: Input/output error.", "Make room on the disk.")

    def fills_up(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
        yield StepDone(1)
        monkeypatch.setattr(session_module, "write_event", refuses)
        yield save(run, 1)

    script(fills_up)
    with pytest.raises(RunError):
        list(Session(run).events())
    assert read_state(run).phase == "failed"
    assert "Input/output error" in read_state(run).error


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
