"""What the Library page does on the disk."""

from pathlib import Path

import pytest

from f2v_app.widgets import model_files
from f2v_app.widgets.model_files import bring_in, check_own, duplicate, name_problem, read_preview, read_shelf
from f2v_core.config import TrainConfig
from f2v_core.errors import ModelError
from f2v_core.library import ModelCard, add_model, export_model, places, set_default, user_folder
from f2v_core.runs import create_run
from tests.core.library.small_library import make_model


@pytest.fixture(autouse=True)
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelCard:
    monkeypatch.setattr(places, "embedded_folder", lambda: tmp_path / "shipped")
    return make_model(tmp_path / "shipped" / "cvae")


def test_the_shelf_tells_defaults_sizes_and_problems(embedded: ModelCard) -> None:
    set_default(add_model(embedded, "fox"))
    damaged = user_folder() / "damaged"
    damaged.mkdir()
    (damaged / "model.json").write_text("{")
    shelf = read_shelf()
    assert [(row.card.name, row.default) for row in shelf.rows] == [("cvae", False), ("fox", True)]
    assert all(row.nbytes > 100 for row in shelf.rows)
    assert "damaged" in str(shelf.problems[0])


def test_a_model_without_a_picture_has_a_null_one(embedded: ModelCard) -> None:
    assert read_preview(embedded.folder).isNull()


def test_files_folders_and_runs_are_brought_in(embedded: ModelCard, tmp_path: Path) -> None:
    export_model(embedded, tmp_path / "one.f2v-model")
    assert bring_in(tmp_path / "one.f2v-model").name == "cvae-2"
    assert bring_in(make_model(tmp_path / "elsewhere", "fox").folder).name == "fox"
    run = create_run(tmp_path / "my run", TrainConfig())
    make_model(run.checkpoint_folder(500) / "model", "x")
    assert bring_in(run.folder).name == "my run"
    with pytest.raises(ModelError, match="holds no model"):
        bring_in(tmp_path)


def test_names_and_copies(embedded: ModelCard) -> None:
    assert duplicate(embedded.folder).name == "cvae-2"
    assert "already" in name_problem("cvae-2")
    assert name_problem("fox") == ""
    assert model_files.rename(user_folder() / "cvae-2", "fox") == user_folder() / "fox"


def test_models_that_ship_stay(embedded: ModelCard) -> None:
    with pytest.raises(ModelError, match="ships with f2v"):
        check_own(embedded.folder)
    check_own(add_model(embedded, "fox").folder)
