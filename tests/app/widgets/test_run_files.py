from pathlib import Path

import numpy as np
import pytest

from f2v_app.widgets import run_files
from f2v_app.widgets.run_files import (
    add_to_library,
    check_run_idle,
    describe_data,
    last_rate,
    read_record,
    read_run_rows,
)
from f2v_core.config import train_preset
from f2v_core.errors import DataError, RunError
from f2v_core.library import ModelCard, find_model, write_card
from f2v_core.media.images import write_png
from f2v_core.runs import LOCK, Run, append_history, claim_run, create_run
from tests.datasets import squares, write_dataset


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return create_run(tmp_path / "runs" / "mine", train_preset("cvae", "motion"))


def with_checkpoint(run: Run, step: int) -> Run:
    folder = run.checkpoint_folder(step) / "model"
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(b"weights")
    write_card(folder, ModelCard("x", run.config, "2026-11-23T12:00:00", 0.0))
    return run


def test_a_young_run_has_no_past(run: Run) -> None:
    record = read_record(run.folder)
    assert (record.columns, record.step, record.rate) == ({}, 0, 0.0)
    assert record.sheet.isNull()


def test_reads_history_and_newest_preview(run: Run) -> None:
    for step in (10, 20):
        append_history(run, ("step", "loss", "seconds"), {"step": step, "loss": 1.5, "seconds": step / 2})
    run.preview_file(250).parent.mkdir()
    for step, width in ((250, 8), (500, 16)):
        write_png(run.preview_file(step), np.zeros((4, width, 3), np.uint8))
    record = read_record(run.folder)
    assert record.columns["loss"] == [1.5, 1.5]
    assert (record.step, record.sheet.width(), record.rate) == (500, 16, 2.0)


def test_no_run_no_record(tmp_path: Path) -> None:
    with pytest.raises(RunError):
        read_record(tmp_path)


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"step": [1.0, 2.0]},
        {"step": [1.0], "seconds": [1.0]},
        {"step": [1.0, 2.0], "seconds": [9.0, 1.0]},
    ],
)
def test_rate_is_unknown_without_two_rows_of_one_session(columns: dict[str, list[float]]) -> None:
    assert last_rate(columns) == 0


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


def test_the_newest_model_goes_to_the_library_under_a_free_name(run: Run) -> None:
    with_checkpoint(run, 500)
    assert add_to_library(run) == "mine"
    assert add_to_library(run) == "mine-2"
    assert find_model("mine-2").weights.read_bytes() == b"weights"


def test_without_a_checkpoint_there_is_nothing_to_add(run: Run) -> None:
    with pytest.raises(RunError):
        add_to_library(run)


def test_rows_come_newest_first(run: Run, tmp_path: Path) -> None:
    with_checkpoint(create_run(tmp_path / "runs" / "other", train_preset("cgan", "motion")), 4000)
    rows = read_run_rows(tmp_path / "runs")
    assert [(row.folder.name, row.state.phase) for row in rows] == [
        ("other", "finished"),
        ("mine", "stopped"),
    ]
    assert read_run_rows(tmp_path / "nothing") == []


def test_a_run_that_is_being_trained_must_stay(run: Run) -> None:
    check_run_idle(run.folder, busy=False)
    with pytest.raises(RunError, match="mine is being trained"):
        check_run_idle(run.folder, busy=True)
    with claim_run(run), pytest.raises(RunError, match="mine is being trained"):
        check_run_idle(run.folder, busy=False)
    (run.folder / LOCK).touch()  # of a process that was killed
    check_run_idle(run.folder, busy=False)
