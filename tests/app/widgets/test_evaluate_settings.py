from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel

from f2v_app.settings import Settings
from f2v_app.widgets.dataset_files import DatasetRow
from f2v_app.widgets.evaluate_files import read_candidate, read_model
from f2v_app.widgets.evaluate_settings import EvaluateSettings
from f2v_app.widgets.number_box import IntBox
from f2v_core.config import EvaluateConfig, train_preset
from f2v_core.errors import DataError, ModelError
from f2v_core.library import ModelCard, embedded_folder, write_card
from f2v_core.runs import create_run
from tests.app.made_datasets import CONFIG, make_dataset, record


def card(name: str, folder: Path | None = None) -> ModelCard:
    config = train_preset("cvae", "motion")
    return ModelCard(name, config, "2026-01-01", 0.5, "Made for tests.", folder=folder or Path(name))


CARDS = [card("cvae", embedded_folder() / "cvae"), card("mine")]


def write_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write_card(folder, card("other"))
    (folder / "weights.safetensors").write_bytes(b"")
    return folder


@pytest.fixture
def settings(qtbot: Any) -> EvaluateSettings:
    made = EvaluateSettings()
    qtbot.addWidget(made)
    made.models.set_cards(CARDS)
    made.show()
    return made


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return make_dataset(tmp_path / "datasets" / "room").folder


def words(widget: Any) -> str:
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def choose(qtbot: Any, settings: EvaluateSettings, folder: Path, split: str = "") -> None:
    with qtbot.waitSignal(settings.dataset._reader.answered):
        settings.dataset.choose(folder, split)


def test_a_dataset_is_looked_at(room, tmp_path):
    found = read_candidate(room)
    assert found.clips == {"train": 2, "val": 2, "test": 2}
    assert found.splits == ["test", "val", "train"]
    only = make_dataset(tmp_path / "only", [replace(record(0), split="train")])
    assert read_candidate(only.folder).splits == ["train"]
    with pytest.raises(DataError, match="has no clips"):
        read_candidate(make_dataset(tmp_path / "empty", clips={}).folder)


def test_it_begins_with_test_and_says_what_that_is_for(settings, qtbot, room):
    assert "Datasets are made on the Data page." in words(settings.dataset)
    choose(qtbot, settings, room)
    assert settings.dataset._split.currentText() == "test, 2 clips"
    assert "choose models on val" in words(settings.dataset)
    settings.dataset._split.setCurrentIndex(1)
    settings.dataset._split.activated.emit(1)
    assert settings.config() == EvaluateConfig(data=str(room), split="val", models=("cvae",))
    assert "the last word is test" in words(settings.dataset)


def test_another_dataset_keeps_the_split_if_it_has_it(settings, qtbot, room, tmp_path):
    choose(qtbot, settings, room, "val")
    other = make_dataset(tmp_path / "other", [replace(record(0), split="train")]).folder
    choose(qtbot, settings, other, "val")
    assert settings.dataset.split == "train"
    assert "learned by heart" in words(settings.dataset)


def test_scenes_are_no_test(settings, qtbot, tmp_path):
    choose(
        qtbot,
        settings,
        make_dataset(tmp_path / "scenes", config=replace(CONFIG, videos="", scenes="ski")).folder,
    )
    assert "say nothing about real videos" in words(settings.dataset)


def test_complete_datasets_are_offered_and_the_chosen_one_stays(settings, qtbot, room, tmp_path):
    rows = [DatasetRow(tmp_path / "begun", "unfinished"), DatasetRow(room, "ready", 6)]
    with qtbot.waitSignal(settings.dataset._reader.answered):
        settings.dataset.set_rows(rows)
    assert settings.dataset.offered == [room]
    elsewhere = make_dataset(tmp_path / "elsewhere").folder
    choose(qtbot, settings, elsewhere)
    with qtbot.waitSignal(settings.dataset._reader.answered):
        settings.dataset.set_rows(rows)
    assert settings.dataset.offered == [elsewhere, room]
    assert settings.dataset.folder == elsewhere


def test_a_folder_that_is_none_is_told(settings, qtbot, tmp_path):
    with qtbot.waitSignal(settings.dataset._reader.failed):
        settings.dataset.choose(tmp_path)
    assert "⚠" in words(settings.dataset)
    assert settings.dataset.candidate is None
    assert not settings.ready()


def test_a_dataset_that_is_gone_is_told(settings, qtbot, room):
    choose(qtbot, settings, room)
    (room / "dataset.json").unlink()
    with qtbot.waitSignal(settings.dataset._reader.failed):
        settings.dataset.set_rows([])
    assert settings.dataset.candidate is None
    assert settings.dataset._split.count() == 0


def test_a_dataset_can_be_chosen_in_the_systems_dialog(settings, qtbot, room, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(room))
    with qtbot.waitSignal(settings.dataset._reader.answered):
        settings.dataset._on_browse()
    assert settings.dataset.folder == room
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    settings.dataset._on_browse()
    assert settings.dataset.folder == room


def test_a_model_with_a_comma_in_its_name_is_one_model(settings, qtbot, room):
    choose(qtbot, settings, room)
    settings.models.set_cards([*CARDS, card("mine, the second")], {"mine, the second": True})
    assert settings.config().models == ("cvae", "mine, the second")


def test_without_a_dataset_nothing_starts(settings):
    assert not settings.ready()
    assert "Choose a dataset first." in words(settings.dataset)


def test_embedded_models_are_ticked_and_the_users_are_not(settings, qtbot, room):
    choose(qtbot, settings, room)
    assert settings.models.chosen == ["cvae"]
    boxes = {box.accessibleName(): box for box in settings.models.findChildren(QCheckBox)}
    boxes["mine"].click()
    assert settings.models.chosen == ["cvae", "mine"]
    boxes["cvae"].click()
    boxes["mine"].click()
    assert not settings.ready()
    assert "Tick at least one model." in words(settings.models)
    boxes["cvae"].click()
    assert settings.ready()
    assert "Tick" not in words(settings.models)


def test_without_any_model_the_simple_methods_are_enough(settings, qtbot, room):
    choose(qtbot, settings, room)
    settings.models.set_cards([])
    assert settings.ready()
    assert settings.config().models == ()


def test_what_the_user_ticked_outlives_the_library(settings):
    settings.models.set_cards(CARDS, {"mine": True, "cvae": False, "gone": True})
    assert settings.models.chosen == ["mine"]
    settings.models.set_cards(CARDS)
    assert settings.models.chosen == ["mine"]
    assert settings.models.ticks["gone"]


def test_a_models_folder_can_be_added(settings, qtbot, tmp_path, monkeypatch):
    folder = write_model(tmp_path / "a model with a very long name, too long to be shown")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    for _ in range(2):
        with qtbot.waitSignal(settings.models._reader.answered):
            settings.models._on_add()
    assert settings.models.chosen == ["cvae", str(folder)]
    box = next(
        each for each in settings.models.findChildren(QCheckBox) if each.accessibleName() == folder.name
    )
    assert box.text().endswith("…")
    assert str(folder) in box.toolTip()
    settings.models.set_cards(CARDS)
    assert settings.models.chosen == ["cvae", str(folder)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    settings.models._on_add()


def test_a_runs_newest_model_can_be_added(tmp_path):
    run = create_run(tmp_path / "run", train_preset("cvae", "motion"))
    write_model(run.checkpoint_folder(500) / "model")
    model = read_model(run.folder)
    assert model.value == str(run.folder)
    assert model.card.name == "other"


def test_a_folder_without_a_model_is_told(settings, qtbot, tmp_path):
    with pytest.raises(ModelError):
        read_model(tmp_path)
    with qtbot.waitSignal(settings.models._reader.failed):
        settings.models.add(tmp_path)
    assert "⚠" in words(settings.models)


def test_everything_else_stands_behind_more(settings, qtbot, room):
    choose(qtbot, settings, room)
    assert not settings.form.isVisible()
    settings.fold.button.click()
    assert settings.form.isVisible()
    fields = {box.accessibleName(): box.text() for box in settings.form.findChildren(IntBox)}
    assert fields == {"Clips": "all", "Draws": "8", "Classifier seeds": "3", "Seed": "0"}
    settings.form.set_values({**EvaluateConfig().to_json(), "clips": 4, "classifier_seeds": 0})
    assert settings.config().clips == 4
    assert settings.config().classifier_seeds == 0


def test_it_is_remembered(settings, qtbot, room, tmp_path):
    store = Settings(tmp_path / "window.ini")
    choose(qtbot, settings, room, "val")
    settings.remember(store)
    again = EvaluateSettings()
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.dataset._reader.answered):
        again.restore(store)
    assert again.dataset.folder == room
    assert again.dataset.split == "val"
