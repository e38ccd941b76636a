"""Starting a trainer that belongs to nobody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from f2v_core.errors import RunError
from f2v_core.runs import Run, claim_run
from f2v_core.runs import launch as launch_module
from f2v_core.runs.launch import announce, start_training
from f2v_core.runs.requests import send_request, take_requests
from f2v_core.runs.state import HOST, read_state, said_state


class Started:
    """Stands for `Popen`: starts a process that sleeps instead of one that trains."""

    def __init__(self) -> None:
        self.calls: list[tuple[list[str], dict]] = []
        self.processes: list[subprocess.Popen[bytes]] = []

    def __call__(self, command: list[str], **options) -> "subprocess.Popen[bytes]":
        self.calls.append((command, options))
        process = self.real([sys.executable, "-c", "import signal; signal.pause()"])
        self.processes.append(process)
        return process

    real = staticmethod(subprocess.Popen)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch):
    made = Started()
    monkeypatch.setattr(launch_module.subprocess, "Popen", made)
    yield made
    for process in made.processes:
        process.kill()
        process.wait()


def test_a_trainer_is_started_apart_and_told_of_at_once(
    run: Run, started: Started, say, monkeypatch: pytest.MonkeyPatch
):
    say("paused", trained_s=9.0)
    monkeypatch.setenv("WORLD_SIZE", "8")  # the one that starts it may be one of many
    start_training(run)
    ((command, options),) = started.calls
    assert command[-4:] == ["train", "--run", str(run.folder), "--resume"]
    assert options["start_new_session"]
    assert Path(options["stdout"].name) == run.log_file
    assert options["env"]["PYTHONPATH"].split(os.pathsep)[0] == str(Path(launch_module.__file__).parents[2])
    assert "WORLD_SIZE" not in options["env"]
    state = read_state(run)
    assert (state.phase, state.host, state.pid) == ("starting", HOST, started.processes[0].pid)
    assert (state.steps, state.trained_s) == (70, 9.0)


def test_a_request_to_one_that_starts_waits_for_it_and_earlier_ones_do_not(run: Run, started: Started):
    folder = run.folder / "requests"
    folder.mkdir()
    (folder / "0001-7-discard").touch()
    start_training(run)
    send_request(run, "pause")
    assert take_requests(run) == ["pause"]


def test_a_run_is_not_started_twice(run: Run, started: Started):
    start_training(run)
    with pytest.raises(RunError, match="being trained already"):
        start_training(run)
    assert len(started.calls) == 1


def test_a_trainer_that_died_while_it_started_is_seen(run: Run, started: Started):
    start_training(run)
    (process,) = started.processes
    process.kill()
    process.wait()
    assert read_state(run).phase == "interrupted"


def test_a_trainer_whose_start_cannot_be_told_is_ended(
    run: Run, started: Started, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(launch_module, "write_state", full)
    with pytest.raises(RunError, match="cannot be started: No space left on device"):
        start_training(run)
    assert started.processes[0].wait() != 0


def test_a_log_that_cannot_be_written_is_an_error_in_words(run: Run):
    run.log_file.mkdir()
    with pytest.raises(RunError, match="cannot be started"):
        start_training(run)


def test_this_process_is_announced(run: Run):
    announce(run)
    assert (read_state(run).phase, read_state(run).pid) == ("starting", os.getpid())
    before = said_state(run)
    announce(run)  # as the process that `start_training` began does
    assert said_state(run) == before


def test_a_run_that_is_trained_is_not_announced(run: Run, say):
    with claim_run(run):
        say("training")
        with pytest.raises(RunError, match="being trained already"):
            announce(run)


def test_an_announcement_that_cannot_be_written_is_an_error_in_words(run: Run):
    run.state_file.mkdir()
    with pytest.raises(RunError, match="cannot be started"):
        announce(run)
