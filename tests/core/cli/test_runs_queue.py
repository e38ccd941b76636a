"""The queue on the terminal: joining, leaving, and who goes on with it."""

import json
from pathlib import Path

import pytest

from f2v_core.cli import runs_queue, runs_watch
from f2v_core.cli.main import main
from f2v_core.config import train_preset
from f2v_core.runs import Run, claim_run, create_run, runs_folder
from f2v_core.runs.queue import queue_run, read_queue, start_next
from f2v_core.runs.state import read_state
from tests.core.cli.told import say

Capture = pytest.CaptureFixture[str]


def make(name: str) -> Run:
    return create_run(runs_folder() / name, train_preset("cvae", "motion", steps=70))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that the queue starts, by name; no process is."""
    names: list[str] = []

    def begin(run: Run) -> None:
        names.append(run.folder.name)
        say(run, "finished")

    monkeypatch.setattr(runs_queue, "start_next", lambda root: start_next(root, begin))
    monkeypatch.setattr(runs_watch, "LOOK_S", 0.002)
    return names


def test_where_nothing_trains_a_queued_run_starts(started: list[str], capsys: Capture):
    run = make("mine")
    assert main(["runs", "queue", "mine"]) == 0
    assert started == ["mine"]
    assert capsys.readouterr().out == f"Training in the background: {run.folder}\n"


def test_behind_a_training_a_run_waits_and_leaves(started: list[str], capsys: Capture):
    busy, _, _ = make("busy"), make("one"), make("two")
    with claim_run(busy):
        say(busy, "training")
        for name in ("one", "two"):
            assert main(["runs", "queue", name]) == 0
        said = capsys.readouterr().out
        assert "Queued, number 1: it starts when" in said
        assert "f2v runs unqueue two" in said
        main(["runs", "list"])
        assert "queued, number 2" in capsys.readouterr().out
        main(["runs", "show", "two"])
        said = capsys.readouterr().out
        assert "Queued, number 2, at step 0 of 70; start it now with: f2v runs resume two" in said
        main(["runs", "list", "--json"])
        assert [each["queue"] for each in json.loads(capsys.readouterr().out)] == [None, 1, 2]
        assert main(["runs", "unqueue", "one"]) == 0
        assert [run.folder.name for run in read_queue(runs_folder()).runs] == ["two"]
    assert main(["runs", "unqueue", "one"]) == 1
    assert started == []


def test_a_list_goes_on_where_a_trainer_was_killed(started: list[str], capsys: Capture):
    make("one")
    queue_run(make("two"))
    say(make("killed"), "training")
    assert main(["runs", "list"]) == 0
    assert started == ["two"]
    assert "the next in the queue trains in the background" in capsys.readouterr().err


def test_a_pause_is_told_as_what_holds_the_queue(started: list[str], capsys: Capture):
    queue_run(make("two"))
    say(make("paused"), "paused")
    main(["runs", "list"])
    assert "queued, number 1 (held by a pause)" in capsys.readouterr().out
    assert started == []


def test_a_queued_run_is_watched_from_before_its_start(started: list[str], capsys: Capture):
    run = make("two")
    queue_run(run)
    run.checkpoint_folder(70).joinpath("model").mkdir(parents=True)
    assert main(["runs", "watch", "two"]) == 0
    assert started == ["two"]
    assert "Done:" in capsys.readouterr().out


def test_who_watches_a_trainer_that_is_killed_goes_on(started: list[str], capsys: Capture):
    queue_run(make("two"))
    say(make("killed"), "training")
    assert main(["runs", "watch", "killed"]) == 1
    assert started == ["two"]


def test_a_new_run_can_be_queued(started: list[str], tmp_path: Path):
    run = tmp_path / "runs" / "mine"
    assert main(["train", "--data", str(tmp_path), "--run", str(run), "--queue"]) == 0
    assert started == ["mine"]


def test_a_trainer_that_ends_starts_the_next(started: list[str], fake, capsys: Capture):
    queue_run(make("two"))
    first = make("first")
    assert main(["train", "--run", str(first.folder), "--resume"]) == 0
    assert fake.calls == [first]
    assert started == ["two"]
    assert read_state(first).phase != "queued"
