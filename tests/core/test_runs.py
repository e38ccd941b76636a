"""Run folders: made, read while they grow, resumed after a crash."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.runs import (
    LOCK,
    Run,
    append_history,
    change_run,
    claim_run,
    create_run,
    discard_unbegun,
    list_runs,
    open_run,
    runs_folder,
    truncate_history,
)

NAMES = ("step", "loss", "kl")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return create_run(tmp_path / "run", TrainConfig(steps=7))


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


def test_only_a_run_that_never_began_is_discarded(run: Run):
    append_history(run, NAMES, {"step": 10})
    discard_unbegun(run)
    assert open_run(run.folder) == run
    run.history_file.unlink()
    discard_unbegun(run)
    assert not run.folder.exists()


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


def test_previews_are_named_by_step(run: Run):
    assert run.preview_file(250).name == "step-00000250.png"


def test_history_grows_by_rows(run: Run):
    assert run.history() == {}
    append_history(run, NAMES, {"step": 10, "loss": 0.123456789, "kl": 3})
    append_history(run, NAMES, {"step": 12_345_678, "loss": math.nan})
    history = run.history()
    assert history["step"] == [10.0, 12_345_678.0]
    assert history["loss"][0] == pytest.approx(0.123457)
    assert math.isnan(history["loss"][1])
    assert math.isnan(history["kl"][1])


def test_a_row_that_is_being_written_is_left_out(run: Run):
    append_history(run, NAMES, {"step": 10, "loss": 1, "kl": 1})
    with run.history_file.open("a") as file:
        file.write("20,0.")
    assert run.history()["step"] == [10.0]


def test_resuming_drops_later_rows_and_the_torn_one(run: Run):
    for step in (10, 20, 30):
        append_history(run, NAMES, {"step": step, "loss": 1.5, "kl": 1})
    with run.history_file.open("a") as file:
        file.write("1")
    truncate_history(run, 20)
    append_history(run, NAMES, {"step": 21, "loss": 2, "kl": 1})
    assert run.history()["step"] == [10.0, 20.0, 21.0]


@pytest.mark.parametrize("torn", [None, "", "step,lo"])
def test_resuming_starts_the_table_again_when_it_has_no_whole_line(run: Run, torn: str | None):
    if torn is not None:
        run.history_file.write_text(torn)
    truncate_history(run, 0)
    append_history(run, NAMES, {"step": 1, "loss": 2, "kl": 3})
    assert run.history() == {"step": [1.0], "loss": [2.0], "kl": [3.0]}


@given(st.floats(allow_nan=False, allow_infinity=True))
def test_any_loss_is_read_back_to_six_digits(tmp_path_factory: pytest.TempPathFactory, loss: float):
    run = Run(tmp_path_factory.mktemp("run"), TrainConfig())
    append_history(run, NAMES, {"step": 1, "loss": loss})
    assert run.history()["loss"][0] == pytest.approx(loss, rel=1e-5, abs=0)


def test_runs_lie_in_the_users_data_folder(user_home: Path):
    assert runs_folder() == user_home / "data" / "f2v" / "runs"


def test_run_json_is_readable_without_us(run: Run):
    values = json.loads((run.folder / "run.json").read_text())
    assert values["format"] == 1
    assert values["config"]["steps"] == 7
    assert [file.name for file in run.folder.iterdir()] == ["run.json"]


def test_a_claimed_run_is_not_discarded_by_another(tmp_path):
    run = create_run(tmp_path / "run", TrainConfig())
    with claim_run(run):
        discard_unbegun(run)
        with pytest.raises(RunError, match="being trained already"), claim_run(run):
            pass
    assert run.folder.is_dir()
    assert not (run.folder / LOCK).exists()
    discard_unbegun(run)
    assert not run.folder.exists()
    discard_unbegun(run)


def test_a_run_whose_folder_is_gone_cannot_be_claimed(tmp_path):
    with (
        pytest.raises(RunError, match="run cannot be written"),
        claim_run(Run(tmp_path / "run", TrainConfig())),
    ):
        pass


def test_a_history_that_cannot_be_written_is_an_error_in_words(tmp_path):
    run = create_run(tmp_path / "run", TrainConfig())
    run.history_file.mkdir()
    with pytest.raises(RunError, match=r"history\.csv cannot be written"):
        append_history(run, ("step",), {"step": 1})
