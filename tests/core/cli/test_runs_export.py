"""f2v runs export: which runs, where to, how long."""

from pathlib import Path

import pytest

from f2v_core.cli import runs_export
from f2v_core.cli.main import main
from f2v_core.config import TrainConfig
from f2v_core.runs import Run, append_history, claim_run, create_run, runs_folder
from tests.core.cli.told import say

Capture = pytest.CaptureFixture[str]


def make(folder: Path) -> Run:
    run = create_run(folder, TrainConfig())
    append_history(run, ("step", "loss", "seconds"), {"step": 1, "loss": 1.0, "seconds": 1})
    return run


def test_several_runs_get_a_folder_each(tmp_path: Path, capsys: Capture):
    make(runs_folder() / "one")
    make(runs_folder() / "two")
    assert main(["runs", "export", "one", "two", "--tensorboard", str(tmp_path / "board")]) == 0
    assert sorted(each.name for each in (tmp_path / "board").iterdir()) == ["one", "two"]
    assert f"tensorboard --logdir {tmp_path / 'board'}" in capsys.readouterr().out


def test_a_training_is_followed_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run, looks = make(runs_folder() / "one"), []

    def pass_time(_seconds: float) -> None:
        looks.append(1)
        if len(looks) == 3:
            say(run, "finished")

    monkeypatch.setattr(runs_export, "sleep", pass_time)
    with claim_run(run):
        say(run, "training")
        assert main(["runs", "export", "one", "--tensorboard", str(tmp_path / "board"), "--follow"]) == 0
    assert len(looks) == 3


def test_ctrl_c_ends_the_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture):
    run = make(runs_folder() / "one")

    def stop(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runs_export, "sleep", stop)
    with claim_run(run):
        say(run, "training")
        assert main(["runs", "export", "one", "--tensorboard", str(tmp_path / "board"), "--follow"]) == 130
    assert "the training goes on" in capsys.readouterr().err


def test_two_runs_of_one_name_are_refused(tmp_path: Path, capsys: Capture):
    folders = [make(tmp_path / each / "same").folder for each in ("a", "b")]
    assert main(["runs", "export", *map(str, folders), "--tensorboard", str(tmp_path / "board")]) == 2
    assert "same name" in capsys.readouterr().err


def test_an_unknown_run_is_named(tmp_path: Path, capsys: Capture):
    assert main(["runs", "export", "nope", "--tensorboard", str(tmp_path / "board")]) == 1
    assert "There is no run nope" in capsys.readouterr().err
