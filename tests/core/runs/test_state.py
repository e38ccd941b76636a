"""What a run is doing: as its trainer said it, and as it is when nobody can say it any more."""

import errno
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from f2v_core.runs import LOCK, Run, claim_run
from f2v_core.runs.state import HOST, RunState, read_state, said_state, write_state

GONE = 2**22 + 1
"""No process has this number."""


def test_a_state_comes_back(run: Run):
    state = RunState("paused", 5, 70, 5, rate=1.5, offer={"batch": 4}, host=HOST, pid=1)
    write_state(run, state)
    assert read_state(run) == state
    assert sorted(path.name for path in run.folder.iterdir()) == ["run.json", "state.json"]


def test_threads_of_a_trainer_may_write_at_once(run: Run):
    def write(number: int) -> None:
        for step in range(100):
            write_state(run, RunState("training", step, 100, pid=number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert sorted(path.name for path in run.folder.iterdir()) == ["run.json", "state.json"]


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", '{"phase"'])
def test_without_a_readable_state_the_checkpoints_are_the_truth(run: Run, text: str | None):
    if text is not None:
        run.state_file.write_text(text)
    assert read_state(run) == RunState("stopped", 0, 70, 0)
    run.checkpoint_folder(30).mkdir(parents=True)
    assert read_state(run) == RunState("stopped", 30, 70, 30)
    run.checkpoint_folder(70).mkdir()
    assert read_state(run).phase == "finished"


def test_what_a_newer_version_says_more_is_passed_over(run: Run):
    run.state_file.write_text(json.dumps({"phase": "paused", "unheard_of": 1}))
    assert read_state(run) == RunState("paused")


def test_a_trainer_that_holds_the_lock_is_believed(run: Run, say):
    with claim_run(run):
        said = say("training", step=9)
        assert read_state(run) == said
    assert read_state(run).phase == "interrupted"


def test_an_interrupted_run_stands_at_its_newest_checkpoint(run: Run, say):
    run.checkpoint_folder(30).mkdir(parents=True)
    say("training", step=39, saved=20, rate=5.0, left_s=9.0, memory_mb=700.0, trained_s=12.0)
    state = read_state(run)
    assert (state.phase, state.step, state.saved, state.trained_s) == ("interrupted", 30, 30, 12.0)
    assert (state.rate, state.left_s, state.memory_mb) == (0.0, 0.0, 0.0)


def test_a_killed_trainer_reads_interrupted(run: Run, say):
    code = (
        "import os, sys, pathlib; from f2v_core.runs import claim_run, open_run\n"
        "with claim_run(open_run(pathlib.Path(sys.argv[1]))): print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(run.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as trainer:
        trainer.stdout.readline()
        say("training", pid=trainer.pid)
        assert read_state(run).phase == "training"
        trainer.kill()
    assert (run.folder / LOCK).exists()
    assert read_state(run).phase == "interrupted"


def test_a_trainer_that_ends_while_one_looks_is_not_taken_for_killed(
    run: Run, say, monkeypatch: pytest.MonkeyPatch
):
    say("training")

    def ends(_path: Path) -> bool:
        say("paused")
        return False

    monkeypatch.setattr("f2v_core.runs.state.is_locked", ends)
    assert read_state(run).phase == "paused"


@pytest.mark.parametrize(("ago_s", "phase"), [(0.0, "training"), (50.0, "training"), (70.0, "interrupted")])
def test_a_trainer_elsewhere_counts_while_it_writes(run: Run, say, ago_s: float, phase: str):
    say("training", host="elsewhere", ago_s=ago_s)
    assert read_state(run).phase == phase


@pytest.mark.parametrize(
    ("pid", "ago_s", "phase"),
    [(os.getpid(), 0.0, "starting"), (GONE, 0.0, "interrupted"), (os.getpid(), 1e8, "interrupted")],
)
def test_who_is_starting_is_known_by_its_process(run: Run, say, pid: int, ago_s: float, phase: str):
    say("starting", pid=pid, ago_s=ago_s)  # the last one is a process that got the number of an earlier one
    assert read_state(run).phase == phase


def test_a_dead_child_that_nobody_waits_for_is_not_starting(run: Run, say):
    child = subprocess.Popen([sys.executable, "-c", "print()"], stdout=subprocess.PIPE)
    with child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        say("starting", pid=child.pid)
        assert read_state(run).phase == "interrupted"


def test_a_state_whose_file_goes_while_one_looks_is_silent(run: Run, say, monkeypatch: pytest.MonkeyPatch):
    state = say("training", host="elsewhere")
    monkeypatch.setattr("f2v_core.runs.state.said_state", lambda _run: state)
    run.state_file.unlink()
    assert read_state(run).phase == "interrupted"


def test_on_a_full_disk_the_state_is_written_over_the_one_before(run: Run, monkeypatch: pytest.MonkeyPatch):
    write_state(run, RunState("training", details="long" * 100))
    real = Path.write_text

    def full(path: Path, text: str, **options: str) -> int:
        if "partial" in path.name:
            path.touch()
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, text, **options)

    monkeypatch.setattr(Path, "write_text", full)
    write_state(run, RunState("failed", error="No space left."))
    assert said_state(run) == RunState("failed", error="No space left.")
    assert sorted(path.name for path in run.folder.iterdir()) == ["run.json", "state.json"]


def test_a_state_of_a_folder_that_is_gone_is_an_error(run: Run):
    gone = Run(run.folder / "gone", run.config)
    with pytest.raises(FileNotFoundError):
        write_state(gone, RunState("training"))


@pytest.mark.parametrize(
    ("state", "share"),
    [
        (RunState("training", 5, 20), 0.25),
        (RunState("preparing", 5, 20, done=3, total=4), 0.75),
        (RunState("preparing", 5, 20), 0.0),
        (RunState("finished", 30, 20), 1.0),
    ],
)
def test_the_share_is_that_of_the_present_phase(state: RunState, share: float):
    assert state.share == share
