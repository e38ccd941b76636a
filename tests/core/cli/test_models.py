"""f2v models: list, show, add, delete."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from f2v_core.cli.main import main
from f2v_core.config import TrainConfig
from f2v_core.library import Figure, ModelCard, places, read_card, user_folder, write_card
from f2v_core.runs import create_run


@pytest.fixture(autouse=True)
def nothing_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "embedded_folder", lambda: tmp_path / "shipped")


def make_model(folder: Path, name: str = "m") -> Path:
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(b"weights")
    write_card(folder, ModelCard(name, TrainConfig(model="cgan"), "2026-11-23", 0.25, steps=12000))
    return folder


def test_a_list_shows_what_model_can_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    make_model(tmp_path / "shipped" / "cgan", "cgan")
    mine = make_model(user_folder() / "mine", "mine")
    assert main(["models", "list"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == ["name", "kind", "steps", "variation", "where"]
    assert [row.split()[0] for row in rows[1:]] == ["linear", "flow", "cgan", "mine"]
    assert rows[3].split() == [
        "cgan",
        "motion",
        "cgan",
        "12,000",
        "0.25",
        "ships",
        "with",
        "f2v",
        "(default",
        "CGAN)",
    ]
    assert rows[4].endswith(str(mine))


def test_a_card_is_shown_with_its_figures_and_their_intervals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    card = read_card(make_model(tmp_path / "mine"))
    figures = {"sharpness (val)": Figure(0.32, 0.21, 0.44), "KL": Figure(3.5)}
    write_card(card.folder, replace(card, metrics=figures, bad_at="Birds.", data=("a.mp4 | CC0",)))
    assert main(["models", "show", str(card.folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "m", "motion CGAN, 12,000 steps of training, 2026-11-23",
        "", "Measured:", "  sharpness (val): 0.32 [0.21, 0.44]", "  KL: 3.5",
        "", "Bad at:", "  Birds.",
        "", "Trained on:", "  a.mp4 | CC0",
    ]  # fmt: skip


def test_a_damaged_model_is_named_beside_the_list(capsys: pytest.CaptureFixture[str]):
    make_model(user_folder() / "mine").joinpath("model.json").write_text("{")
    assert main(["models", "list"]) == 0
    assert "damaged" in capsys.readouterr().err


def test_a_model_folder_is_added_and_deleted(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = make_model(tmp_path / "elsewhere")
    assert main(["models", "add", str(folder), "--name", "my model"]) == 0
    assert "--model 'my model'" in capsys.readouterr().out
    assert (user_folder() / "my model" / "weights.safetensors").is_file()
    assert main(["models", "delete", "my model"]) == 0
    assert not (user_folder() / "my model").exists()


def test_a_run_is_added_by_its_newest_checkpoint(tmp_path: Path):
    run = create_run(tmp_path / "run", TrainConfig())
    for step in (500, 1000):
        make_model(run.checkpoint_folder(step) / "model", str(step))
    assert main(["models", "add", str(run.folder), "--name", "mine"]) == 0
    assert (user_folder() / "mine").is_dir()


def test_a_model_is_exported_imported_renamed_and_made_the_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    save_file({"weight": np.zeros(2, np.float32)}, make_model(user_folder() / "m") / "weights.safetensors")
    file = tmp_path / "m.f2v-model"
    assert main(["models", "export", "m", "-o", str(file)]) == 0
    assert main(["models", "export", "m", "-o", str(file)]) == 1
    assert main(["models", "export", "m", "-o", str(file), "--force"]) == 0
    assert main(["models", "import", str(file)]) == 0
    assert "--model m-2" in capsys.readouterr().out
    assert main(["models", "rename", "m-2", "fox"]) == 0
    assert main(["models", "default", "fox"]) == 0
    assert capsys.readouterr().out.splitlines() == ["m-2 is now fox", "fox is now the default CGAN"]
    assert main(["models", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[-2].endswith("fox (default CGAN)")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["add", "nowhere", "--name", "x"], 1, "no model named nowhere"),
        (["add", "model", "--name", "linear"], 2, "already a model named linear"),
        (["show", "nope"], 1, "no model named nope"),
        (["delete", "nope"], 1, "no model named nope"),
        (["rename", "nope", "fox"], 1, "no model named nope"),
        (["default", "nope"], 1, "no model named nope"),
        (["export", "nope", "-o", "x"], 1, "no model named nope"),
        (["import", "nope"], 1, "nope cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    said: str,
):
    make_model(tmp_path / "model")
    monkeypatch.chdir(tmp_path)
    assert main(["models", *words]) == code
    assert said in capsys.readouterr().err
