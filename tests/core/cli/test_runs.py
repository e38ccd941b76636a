"""f2v runs: list, show and steer; the trainers are only told of, or played by a thread."""

import json
import math
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest

from f2v_core.cli import runs as runs_command
from f2v_core.cli import runs_watch
from f2v_core.cli.main import main
from f2v_core.config import train_preset
from f2v_core.runs import Run, claim_run, create_run, runs_folder
from f2v_core.runs.events import append_event
from f2v_core.runs.requests import take_requests
from f2v_core.runs.state import HOST
from f2v_core.storage import delete_folder
from tests.core.cli.told import make_checkpoint, say

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def run() -> Run:
    return create_run(runs_folder() / "mine", train_preset("cgan", "motion", "M", steps=70, seed=5))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_command, "LOOK_S", 0.002)
    monkeypatch.setattr(runs_watch, "LOOK_S", 0.002)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_command, "ANSWER_S", 0.02)


@pytest.fixture
def answering(run: Run):
    """A function that starts a trainer: it holds the run, and does as told with each request."""
    over, threads = Flag(), []

    def start(answer: Callable[[str], None]) -> None:
        ready = Flag()

        def train() -> None:
            with claim_run(run):
                say(run, "training", step=9)
                ready.set()
                while not over.wait(0.002) and run.folder.exists():
                    for kind in take_requests(run):
                        answer(kind)

        threads.append(Thread(target=train))
        threads[0].start()
        assert ready.wait(30)

    yield start
    over.set()
    for thread in threads:
        thread.join()


def test_a_list_is_a_table(run: Run, capsys: Capture):
    make_checkpoint(run, 9, 0.87654)
    create_run(runs_folder() / "other", train_preset("cvae", "poster"))
    with claim_run(run):
        say(run, "training", step=12, rate=2.5, left_s=70)
        assert main(["runs", "list"]) == 0
    head, mine, other = (line.split() for line in capsys.readouterr().out.splitlines())
    assert head == ["name", "model", "state", "step", "rate", "left", "ratio"]
    assert mine == ["mine", "motion", "cgan", "training", "12/70", "2.50/s", "1:10", "0.8765"]
    assert other == ["other", "poster", "cvae", "stopped", "0/3000"]


def test_a_list_of_another_folder_and_for_programs(tmp_path: Path, capsys: Capture):
    elsewhere = create_run(tmp_path / "there" / "a", train_preset("cvae", "motion"))
    say(elsewhere, "preparing", host="far", left_s=math.inf)
    assert main(["runs", "list", str(tmp_path / "there"), "--json"]) == 0
    (facts,) = json.loads(capsys.readouterr().out)
    assert (facts["name"], facts["model"], facts["ratio"]) == ("a", "cvae", None)
    assert (facts["state"]["phase"], facts["state"]["left_s"]) == ("preparing", None)


def test_a_page_shows_what_differs_from_the_preset(run: Run, capsys: Capture):
    make_checkpoint(run, 9, 0.9)
    make_checkpoint(run, 19, 0.95)
    append_event(run, 0, "started", host="here", pid=7, device="cpu")
    append_event(run, 9, "sample", ratio=0.9)
    append_event(run, 9, "checkpoint")
    append_event(run, 19, "ended", "paused", phase="paused")
    say(run, "paused", step=19)
    assert main(["runs", "show", "mine"]) == 0
    said = capsys.readouterr().out
    assert "Model: motion cgan, scale M\n  steps: 70\n  seed: 5\nPaused at step 19 of 70" in said
    assert "f2v runs resume mine" in said
    assert "Best checkpoint: step 9, 0.9000 of linear" in said
    assert "Last checkpoint: step 19, 0.9500 of linear" in said
    for words in (
        "step 0  started on here (cpu, process 7)",
        "samples at 0.9000",
        "step 9  saved",
        "step 19  paused",
    ):
        assert words in said


def test_a_page_of_a_training_says_where_it_is(run: Run, capsys: Capture):
    with claim_run(run):
        say(run, "preparing", stage="Decoding", done=3, total=9, left_s=5)
        main(["runs", "show", "mine"])
        say(run, "training", step=3, rate=2.0, left_s=33)
        main(["runs", "show", "mine"])
    said = capsys.readouterr().out
    assert "State: preparing, Decoding 3/9, 0:05 left, on" in said
    assert f"State: training, step 3/70, 2.00/s, 0:33 left, on {HOST} (process {os.getpid()})" in said


def test_a_page_of_a_run_that_was_interrupted_shows_the_end_of_its_log(run: Run, capsys: Capture):
    say(run, "training")
    run.log_file.write_text("".join(f"line {n}\n" for n in range(20)))
    main(["runs", "show", "mine"])
    said = capsys.readouterr().out
    assert "Interrupted at step 0 of 70" in said
    assert said.endswith("Its log ends:\n" + "".join(f"  line {n}\n" for n in range(10, 20)))


def test_a_page_for_programs(run: Run, capsys: Capture):
    make_checkpoint(run, 9, None)
    append_event(run, 9, "checkpoint")
    assert main(["runs", "show", str(run.folder), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["changed"] == {"steps": 70, "seed": 5}
    assert (facts["scale"], facts["config"]["batch"], facts["best"]) == ("M", 16, None)
    assert facts["last"] == {"step": 9, "ratio": None, "folder": str(run.checkpoint_folder(9))}
    assert facts["events"][0]["kind"] == "checkpoint"


@pytest.mark.parametrize("name", ["nope", "."])
def test_a_run_that_is_not_there_is_an_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    monkeypatch.chdir(tmp_path)
    assert main(["runs", "show", name]) == 1
    assert f"no run {name}." in capsys.readouterr().err


def test_a_failed_run_says_why_and_what_to_do(run: Run, capsys: Capture):
    say(run, "failed", step=12, error="The disk is full.", remedy="Make room.")
    assert main(["runs", "watch", "mine"]) == 1
    assert "Failed at step 12 of 70: The disk is full. Make room. Then go on with" in capsys.readouterr().out


@pytest.mark.parametrize(("kind", "phase"), [("pause", "paused"), ("stop", "stopped")])
def test_an_ending_that_comes_is_told(run: Run, answering, capsys: Capture, kind: str, phase: str):
    asked: list[str] = []

    def answer(request: str) -> None:
        asked.append(request)
        say(run, phase, step=9)

    answering(answer)
    assert main(["runs", kind, "mine"]) == 0
    assert asked == [kind]
    assert (
        f"{phase.capitalize()} at step 9 of 70; go on with: f2v runs resume mine" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("kind", "phase", "said"),
    [
        ("pause", "pausing", "Pausing: at the end of this step it saves and ends."),
        ("stop", "stopping", "Stopping: at the end of this step"),
        ("discard", "discarding", "Discarding: at the end of this step it ends and is deleted."),
        ("pause", "starting", "Asked: it is still starting"),
        ("save", "training", "Asked: it is done at the end of this step."),
        ("sample", "preparing", "Asked: it is done after the first step."),
        ("save", "paused", "Paused at step 0 of 70"),
    ],
)
def test_what_takes_longer_is_told_as_it_is(
    run: Run, answering, impatient: None, capsys: Capture, kind: str, phase: str, said: str
):
    answering(lambda _request: say(run, phase))
    say(run, phase if phase != "paused" else "training")
    assert main(["runs", kind, "mine"]) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("kind", "phase"), [("pause", "training"), ("save", "pausing")])
def test_a_trainer_that_does_not_answer_is_named(
    run: Run, answering, impatient: None, capsys: Capture, kind: str, phase: str
):
    answering(lambda _request: None)
    say(run, phase)
    assert main(["runs", kind, "mine"]) == 1
    assert f"process {os.getpid()} on {HOST} has not answered yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "event", "said"),
    [("save", "checkpoint", "Saved step 9"), ("sample", "sample", "Samples of step 9")],
)
def test_what_is_done_now_is_told_when_it_is_done(
    run: Run, answering, capsys: Capture, kind: str, event: str, said: str
):
    append_event(run, 5, event)  # an earlier one is no answer
    answering(lambda _request: append_event(run, 9, event))
    assert main(["runs", kind, "mine"]) == 0
    assert said in capsys.readouterr().out


def test_a_training_is_discarded(run: Run, answering, capsys: Capture):
    answering(lambda _request: delete_folder(run.folder))
    assert main(["runs", "discard", "mine"]) == 0
    assert f"Discarded: {run.folder}" in capsys.readouterr().out


def test_a_run_that_nobody_trains_is_discarded_at_once(run: Run, capsys: Capture):
    assert main(["runs", "discard", "mine"]) == 0
    assert f"Discarded: {run.folder}" in capsys.readouterr().out
    assert list(runs_folder().iterdir()) == []


def test_nobody_is_paused_where_nobody_trains(run: Run, capsys: Capture):
    assert main(["runs", "pause", "mine"]) == 1
    assert "Nobody trains" in capsys.readouterr().err


def test_a_run_goes_on_in_the_background(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture):
    started: list[Run] = []
    monkeypatch.setattr(runs_command, "start_training", started.append)
    run = create_run(tmp_path / "my run", train_preset("cvae", "motion"))
    assert main(["runs", "resume", str(run.folder)]) == 0
    assert started == [run]
    assert f"f2v runs watch {shlex.quote(str(run.folder))}" in capsys.readouterr().out


def test_a_run_that_is_finished_does_not_go_on(run: Run, capsys: Capture):
    say(run, "finished", step=70)
    assert main(["runs", "resume", "mine"]) == 1
    assert "All 70 steps of mine are done." in capsys.readouterr().err


def test_a_run_is_renamed(run: Run, capsys: Capture):
    assert main(["runs", "rename", "mine", "better"]) == 0
    assert capsys.readouterr().out == f"Renamed: {run.folder.with_name('better')}\n"
    assert main(["runs", "rename", "better", "a/b"]) == 1
    assert "a/b is no name for a run. Use letters" in capsys.readouterr().err
