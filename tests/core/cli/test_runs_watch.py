"""f2v runs watch: live, from near the end of what was before, until the end."""

import signal

import pytest

from f2v_core.cli import runs as runs_command
from f2v_core.cli import runs_watch
from f2v_core.cli.main import main
from f2v_core.config import train_preset
from f2v_core.runs import Run, append_history, claim_run, create_run, runs_folder
from f2v_core.runs.events import append_event
from f2v_core.runs.requests import take_requests
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


def test_watching_tells_everything_until_the_end(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture):
    def happens():
        append_event(run, 3, "started", host="here", pid=7, device="cpu")
        yield say(run, "preparing", stage="Decoding", done=9, total=9)
        append_history(run, ("step", "loss", "kl", "seconds"), {"step": 10, "loss": 0.5, "seconds": 4})
        append_event(run, 10, "sample", ratio=0.9)
        append_event(run, 10, "notice", "Skipped a.mp4.")
        yield say(run, "training", step=10, rate=2.5, left_s=24)
        make_checkpoint(run, 70, 0.9)
        append_event(run, 70, "checkpoint")
        append_event(run, 70, "ended", "finished", phase="finished")
        yield say(run, "finished", step=70)

    story = happens()
    with claim_run(run):
        next(story)
        monkeypatch.setattr(runs_watch, "sleep", lambda _s: next(story))
        assert main(["runs", "watch", "mine"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Started on here (cpu, process 7), step 3.",
        "Decoding: 9",
        "step 10/70  loss 0.5  2.50/s, 0:24 left",
        "step 10: samples at 0.9000 of linear interpolation's distance",
        "Skipped a.mp4.",
        f"step 70: saved {run.checkpoint_folder(70)}",
        f"Done: {run.checkpoint_folder(70)}/model",
        f"Keep it: f2v models add {run.folder} --name NAME",
    ]


def test_a_long_story_begins_near_its_end(run: Run, capsys: Capture):
    for step in range(1, 60):
        append_history(run, ("step", "loss"), {"step": step, "loss": 1})
    say(run, "paused", step=59)
    main(["runs", "watch", "mine"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    assert lines[0].startswith("step 50/70")


def test_ctrl_c_only_stops_watching(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture):
    monkeypatch.setattr(runs_watch, "sleep", lambda _s: signal.raise_signal(signal.SIGINT))
    with claim_run(run):
        say(run, "training")
        assert main(["runs", "watch", "mine"]) == 130
        assert "no longer watching; the training goes on" in capsys.readouterr().err
        assert take_requests(run) == []


def test_a_run_that_is_discarded_while_one_watches(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    monkeypatch.setattr(runs_watch, "sleep", lambda _s: delete_folder(run.folder))
    with claim_run(run):
        say(run, "training")
        assert main(["runs", "watch", "mine"]) == 0
    assert capsys.readouterr().out == f"Discarded: {run.folder}\n"
