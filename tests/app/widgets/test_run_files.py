from pathlib import Path

import pytest

from f2v_app.widgets import run_files
from f2v_app.widgets.run_files import (
    add_to_library,
    check_run_idle,
    describe_data,
    read_columns,
    read_run_rows,
)
from f2v_core.errors import DataError, ModelError, RunError
from f2v_core.library import find_model
from tests.app.made_runs import Trainer, make_run
from tests.datasets import squares, write_dataset


@pytest.fixture
def trainer(tmp_path: Path) -> Trainer:
    return make_run(tmp_path / "runs")


def test_reads_a_history_as_columns(trainer: Trainer) -> None:
    assert read_columns(trainer.run) == {}
    trainer.train(10, 20, loss=1.5)
    columns = read_columns(trainer.run)
    assert columns["loss"].tolist() == [1.5, 1.5]


def test_counts_videos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError):
        describe_data(tmp_path)
    (tmp_path / "a.mp4").write_bytes(b"video")
    assert describe_data(tmp_path) == "1 video, of which a dataset is made first."
    (tmp_path / "b.webm").write_bytes(b"video")
    assert describe_data(tmp_path) == "2 videos, of which a dataset is made first."
    monkeypatch.setattr(run_files, "MANY", 1)
    assert describe_data(tmp_path) == "More than 1 videos, of which a dataset is made first."


def test_counts_the_clips_of_a_dataset(tmp_path: Path) -> None:
    write_dataset(tmp_path / "set", squares(4, 2, frames=4, side=16))
    assert describe_data(tmp_path / "set") == "A dataset: 4 clips to train on, 2 to validate on."


def test_datasets_that_cannot_be_trained_on_are_refused(tmp_path: Path) -> None:
    write_dataset(tmp_path / "set", squares(4, 0, frames=4, side=16))
    with pytest.raises(DataError, match="set has no val clips"):
        describe_data(tmp_path / "set")
    (tmp_path / "begun" / ".work").mkdir(parents=True)
    with pytest.raises(DataError, match="begun is not complete"):
        describe_data(tmp_path / "begun")


def test_a_checkpoint_goes_to_the_library_under_a_free_name(trainer: Trainer) -> None:
    trainer.save(500).save(1000)
    assert add_to_library(trainer.run, 1000) == "mine"
    assert add_to_library(trainer.run, 1000) == "mine-2"
    assert add_to_library(trainer.run, 500) == "mine-step-500"
    assert find_model("mine-2").weights.read_bytes() == b"weights"


def test_a_checkpoint_that_is_gone_cannot_be_added(trainer: Trainer) -> None:
    with pytest.raises(ModelError):
        add_to_library(trainer.run, 500)


def test_rows_come_newest_first_with_their_true_state(trainer: Trainer, tmp_path: Path) -> None:
    make_run(tmp_path / "runs", "other").save(4000)
    trainer.train(10)
    rows = read_run_rows(tmp_path / "runs")
    assert {(row.folder.name, row.state.phase) for row in rows} == {
        ("other", "finished"),
        ("mine", "training"),
    }
    assert read_run_rows(tmp_path / "nothing") == []


def test_a_run_that_is_being_trained_must_stay(trainer: Trainer) -> None:
    check_run_idle(trainer.run.folder)
    trainer.train(10)
    with pytest.raises(RunError, match="mine is being trained"):
        check_run_idle(trainer.run.folder)
    trainer.say("paused")
    check_run_idle(trainer.run.folder)
