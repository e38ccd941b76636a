"""The library of trained models: list, find, add, delete; damaged folders are named."""

import json
from pathlib import Path

import pytest

from f2v_core import library
from f2v_core.config import TrainConfig
from f2v_core.errors import InputError, ModelError
from f2v_core.library import (
    Figure,
    ModelCard,
    add_model,
    delete_model,
    find_model,
    list_models,
    read_card,
    user_folder,
    write_card,
)


def make_model(folder: Path, name: str = "cvae") -> ModelCard:
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(b"weights")
    card = ModelCard(
        name,
        TrainConfig(),
        created="2026-11-23T12:00:00",
        variation=0.5,
        data=("somebody's video, CC0",),
        metrics={"val l2": Figure(54.0, 51.5, 57.0), "val KL": Figure(2.0)},
        folder=folder,
    )
    write_card(folder, card)
    return card


@pytest.fixture(autouse=True)
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelCard:
    """One embedded model named cvae, instead of those that really ship."""
    monkeypatch.setattr(library, "embedded_folder", lambda: tmp_path / "shipped")
    return make_model(tmp_path / "shipped" / "cvae")


def test_a_card_is_read_as_it_was_written(embedded: ModelCard):
    card = read_card(embedded.folder)
    assert card == embedded
    assert (card.kind, card.architecture, card.embedded) == ("cvae", "motion", True)
    assert card.weights.read_bytes() == b"weights"


def test_figures_stand_in_the_file_as_numbers_or_with_both_ends(embedded: ModelCard):
    values = json.loads((embedded.folder / "model.json").read_text())
    assert values["metrics"] == {"val l2": {"value": 54.0, "low": 51.5, "high": 57.0}, "val KL": 2.0}
    assert embedded.measured == ("val l2: 54 [51.5, 57]", "val KL: 2")


def test_a_card_without_figures_is_read(embedded: ModelCard):
    (embedded.folder / "model.json").write_text(edited(embedded.folder, metrics=...))
    assert read_card(embedded.folder).measured == ()


def test_the_shipped_cards_have_their_intervals(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    for name in ("cvae", "cgan"):
        metrics = read_card(library.embedded_folder() / name).metrics
        assert metrics
        assert all(each.low <= each.value <= each.high for each in metrics.values())


def test_the_shipped_models_lie_in_the_resources(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    assert library.embedded_folder() == library.resource_folder() / "models"


def test_the_users_models_lie_in_the_users_data_folder(user_home: Path):
    assert user_folder() == user_home / "data" / "f2v" / "models"


def test_adding_takes_losses_and_preview_along(embedded: ModelCard):
    (embedded.folder / "history.csv").write_text("step\n")
    (embedded.folder / "preview.png").write_bytes(b"picture")
    added = add_model(embedded, "mine")
    assert (added.folder / "history.csv").read_text() == "step\n"
    assert (added.folder / "preview.png").read_bytes() == b"picture"


def test_adding_copies_under_a_new_name(embedded: ModelCard):
    added = add_model(embedded, "My model 2")
    assert added.folder == user_folder() / "My model 2"
    assert added.weights.read_bytes() == b"weights"
    assert not added.embedded
    assert find_model("My model 2") == added
    assert [card.name for card in list_models()[0]] == ["cvae", "My model 2"]


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "/abs", "a\0b", "a\nb", "x" * 101])
def test_a_name_that_is_no_folder_name_is_refused(embedded: ModelCard, name: str):
    with pytest.raises(InputError, match="cannot be a model's name"):
        add_model(embedded, name)


@pytest.mark.parametrize("name", ["linear", "flow", "cvae", "mine"])
def test_a_name_that_is_taken_is_refused(embedded: ModelCard, name: str):
    add_model(embedded, "mine")
    with pytest.raises(InputError, match="already a model named"):
        add_model(embedded, name)


def test_a_library_that_cannot_be_written_is_named(embedded: ModelCard, user_home: Path):
    (user_home / "data").write_text("in the way")
    with pytest.raises(ModelError, match="cannot be written"):
        add_model(embedded, "mine")


def test_deleting_takes_only_the_users_own(embedded: ModelCard):
    add_model(embedded, "mine")
    delete_model("mine")
    assert [card.name for card in list_models()[0]] == ["cvae"]
    with pytest.raises(ModelError, match="not one of your own"):
        delete_model("cvae")
    with pytest.raises(ModelError, match="no model named mine"):
        delete_model("mine")


def test_a_folder_elsewhere_is_found_by_its_path(tmp_path: Path):
    card = make_model(tmp_path / "elsewhere", "other")
    assert find_model(str(tmp_path / "elsewhere")) == card
    with pytest.raises(ModelError, match="not one of your own"):
        delete_model(str(tmp_path / "elsewhere"))


def test_a_model_nobody_knows_lists_the_known():
    with pytest.raises(ModelError) as caught:
        find_model("nope")
    assert "linear, flow, cvae" in caught.value.remedy


def test_a_damaged_model_is_reported_beside_the_good_ones(tmp_path: Path):
    damaged = user_folder() / "damaged"
    damaged.mkdir(parents=True)
    (damaged / "model.json").write_text("{")
    cards, problems = list_models()
    assert [card.name for card in cards] == ["cvae"]
    assert "damaged" in problems[0].message


def edited(folder: Path, **changes: object) -> str:
    values = json.loads((folder / "model.json").read_text())
    return json.dumps({key: value for key, value in (values | changes).items() if value is not ...})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": 2}, "newer f2v"),
        ({"format": "x"}, "damaged"),
        ({"config": {"steps": 0}}, "steps is 0"),
        ({"config": []}, "damaged"),
        ({"config": ...}, "damaged"),
        ({"data": None}, "damaged"),
        ({"name": ...}, "damaged"),
        ({"unheard": 1}, "damaged"),
        ({"metrics": []}, "damaged"),
        ({"metrics": {"l2": "low"}}, "no figure"),
        ({"metrics": {"l2": True}}, "no figure"),
        ({"metrics": {"l2": {"value": 1.0, "low": 0.5}}}, "no figure"),
        ({"metrics": {"l2": {"value": 1.0, "low": 0.5, "high": None}}}, "no figure"),
    ],
)
def test_a_damaged_card_is_named(embedded: ModelCard, changes: dict[str, object], said: str):
    (embedded.folder / "model.json").write_text(edited(embedded.folder, **changes))
    with pytest.raises(ModelError, match=said):
        read_card(embedded.folder)


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"\xff\xfe"])
def test_a_card_that_is_no_card_is_named(embedded: ModelCard, text: bytes):
    (embedded.folder / "model.json").write_bytes(text)
    with pytest.raises(ModelError, match=r"model\.json is damaged"):
        read_card(embedded.folder)


def test_missing_weights_are_named(embedded: ModelCard):
    embedded.weights.unlink()
    with pytest.raises(ModelError, match=r"weights\.safetensors is missing"):
        read_card(embedded.folder)


def test_a_folder_without_a_card_is_no_model(tmp_path: Path):
    with pytest.raises(ModelError, match="holds no model"):
        read_card(tmp_path)
