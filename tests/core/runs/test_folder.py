"""Run folders: made, opened, changed, listed; their checkpoints and samples."""

import json
import math
from pathlib import Path

import pytest

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.runs import Run, change_run, create_run, list_runs, open_run, runs_folder


def test_a_run_opens_as_it_was_made(run: Run):
    assert open_run(run.folder) == run
    assert list_runs(run.folder.parent) == [run]


def test_an_empty_folder_will_do(tmp_path: Path):
    (tmp_path / "run").mkdir()
    assert create_run(tmp_path / "run", TrainConfig()).folder == tmp_path / "run"


def test_a_new_run_never_overwrites(run: Run, tmp_path: Path):
    (tmp_path / "file").touch()
    for taken in (run.folder, tmp_path / "file"):
        with pytest.raises(RunError, match="exists and is not empty"):
            create_run(taken, TrainConfig())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match=r"file/run cannot be written"):
        create_run(tmp_path / "file" / "run", TrainConfig())


def test_changed_settings_are_remembered(run: Run):
    assert change_run(run, TrainConfig(steps=9)) == open_run(run.folder)
    assert open_run(run.folder).config.steps == 9


def test_no_run_is_told_from_a_damaged_one(tmp_path: Path):
    with pytest.raises(RunError, match="holds no training run"):
        open_run(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": 1}',
        '{"format": 1, "config": []}',
        '{"format": 1, "config": {"steps": 0}}',
    ],
)
def test_a_damaged_run_is_named(tmp_path: Path, text: str):
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(RunError, match=r"run\.json is damaged"):
        open_run(tmp_path)


def test_a_newer_run_asks_for_an_update(tmp_path: Path):
    (tmp_path / "run.json").write_text('{"format": 2, "config": {"unheard_of": 1}}')
    with pytest.raises(RunError, match="newer f2v"):
        open_run(tmp_path)


def test_a_damaged_run_does_not_hide_the_others(run: Run, caplog: pytest.LogCaptureFixture):
    damaged = run.folder.parent / "another"
    damaged.mkdir()
    (damaged / "run.json").write_text("{")
    assert list_runs(run.folder.parent) == [run]
    assert "another" in caplog.text


def test_checkpoints_come_oldest_first_and_only_whole(run: Run):
    for step in (500, 12_000_000, 1000):
        run.checkpoint_folder(step).mkdir(parents=True)
    (run.folder / "checkpoints" / ".step-00002000.1.partial").mkdir()
    assert run.checkpoints() == [run.checkpoint_folder(step) for step in (500, 1000, 12_000_000)]
    assert run.model_folder() == run.checkpoint_folder(12_000_000) / "model"


def test_a_run_without_a_checkpoint_has_no_model(run: Run):
    with pytest.raises(RunError, match="no checkpoint yet"):
        run.model_folder()


def test_runs_lie_in_the_users_data_folder(user_home: Path):
    assert runs_folder() == user_home / "data" / "f2v" / "runs"


def test_run_json_is_readable_without_us(run: Run):
    values = json.loads((run.folder / "run.json").read_text())
    assert values["format"] == 1
    assert values["config"]["steps"] == 70
    assert [file.name for file in run.folder.iterdir()] == ["run.json"]


def test_a_run_that_is_being_deleted_is_not_listed(run: Run):
    run.folder.rename(run.folder.with_name(".run-old-123-partial"))
    assert list_runs(run.folder.parent) == []


def test_samples_are_named_by_step(run: Run):
    run.real_file.parent.mkdir()
    for step in (500, 12_000_000, 250):
        run.sample_file(step).touch()
    run.real_file.touch()
    assert run.sample_file(250).name == "step-00000250.png"
    assert run.samples() == [250, 500, 12_000_000]


def test_the_best_checkpoint_is_the_newest_with_the_lowest_ratio(run: Run):
    assert run.best_checkpoint() is None
    assert run.saved == 0
    for step, ratio in ((1, 0.9), (2, 0.8), (3, 0.8), (4, None), (5, 0.85)):
        folder = run.checkpoint_folder(step)
        folder.mkdir(parents=True)
        (folder / "checkpoint.json").write_text(json.dumps({"ratio": ratio}))
    assert run.best_checkpoint() == run.checkpoint_folder(3)
    assert run.ratio(run.checkpoint_folder(4)) == math.inf
    assert run.saved == 5
