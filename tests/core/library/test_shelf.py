"""The library of trained models: list, find, add, rename, delete; which is the default."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from f2v_core.assets import resource_folder
from f2v_core.config import TrainConfig
from f2v_core.errors import InputError, ModelError
from f2v_core.library import (
    ModelCard,
    add_model,
    default_name,
    defaults_first,
    delete_model,
    find_model,
    free_name,
    is_default,
    list_models,
    model_bytes,
    places,
    read_card,
    rename_model,
    set_default,
    shelf,
    user_folder,
    write_card,
)
from tests.core.library.small_library import make_model


def test_the_shipped_models_lie_in_the_resources(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    assert places.embedded_folder() == resource_folder() / "models"


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
    assert added.weights.read_bytes() == embedded.weights.read_bytes()
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


def test_a_taken_name_gets_a_number(embedded: ModelCard):
    assert free_name("mine") == "mine"
    add_model(embedded, "mine")
    add_model(embedded, "mine-2")
    assert free_name("mine") == "mine-3"
    assert free_name("flow") == "flow-2"


def test_renaming_moves_the_folder_and_keeps_all_else(embedded: ModelCard):
    added = add_model(embedded, "mine")
    renamed = rename_model(added, "yours")
    assert renamed == replace(added, name="yours", folder=user_folder() / "yours")
    assert read_card(user_folder() / "yours") == renamed
    assert not added.folder.exists()
    assert rename_model(renamed, "yours") == renamed


def test_renaming_refuses_names_that_are_taken_and_models_that_ship(embedded: ModelCard):
    added = add_model(embedded, "mine")
    with pytest.raises(InputError, match="already a model named cvae"):
        rename_model(added, "cvae")
    with pytest.raises(ModelError, match="not one of your own"):
        rename_model(embedded, "other")
    assert find_model("mine") == added


def test_a_rename_that_fails_leaves_the_model_as_it_was(embedded: ModelCard, monkeypatch: pytest.MonkeyPatch):
    added = add_model(embedded, "mine")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shelf, "write_card", full)
    with pytest.raises(ModelError, match="No space left"):
        rename_model(added, "yours")
    assert find_model("mine") == added
    assert not (user_folder() / "yours").exists()


def test_a_model_takes_what_its_files_take(embedded: ModelCard):
    (embedded.folder / "preview.png").write_bytes(b"x" * 1000)
    (embedded.folder / "notes.txt").write_bytes(b"x" * 5000)
    weights, card = (embedded.folder / name for name in ("weights.safetensors", "model.json"))
    assert model_bytes(embedded) == 1000 + weights.stat().st_size + card.stat().st_size


def test_the_default_of_a_kind_is_the_embedded_one_until_another_is_chosen(embedded: ModelCard):
    added = add_model(embedded, "mine")
    assert default_name("cvae") == "cvae"
    assert default_name("cgan") == "cgan"
    set_default(added)
    assert (is_default(added), is_default(embedded)) == (True, False)
    set_default(embedded)
    assert (is_default(added), is_default(embedded)) == (False, True)


def test_the_default_follows_a_rename_and_falls_back_when_it_is_gone(embedded: ModelCard):
    set_default(add_model(embedded, "mine"))
    rename_model(find_model("mine"), "yours")
    assert default_name("cvae") == "yours"
    delete_model("yours")
    assert default_name("cvae") == "cvae"


def test_a_model_of_another_kind_is_no_default(embedded: ModelCard):
    mine = add_model(embedded, "mine")
    set_default(mine)
    write_card(mine.folder, replace(mine, config=TrainConfig(model="cgan")))
    assert default_name("cvae") == "cvae"


def test_defaults_come_first(embedded: ModelCard):
    add_model(embedded, "hare")
    set_default(add_model(embedded, "fox"))
    assert [card.name for card in defaults_first()[0]] == ["fox", "cvae", "hare"]
    (user_folder() / "defaults.json").write_text("{")
    cards, problems = defaults_first()
    assert [card.name for card in cards] == ["cvae", "fox", "hare"]
    assert "defaults.json" in str(problems[0])


def test_a_model_elsewhere_cannot_be_the_default(tmp_path: Path):
    with pytest.raises(ModelError, match="not in your library"):
        set_default(make_model(tmp_path / "elsewhere", "other"))


@pytest.mark.parametrize("text", ["{", "[]", '{"cvae": 1}'])
def test_a_damaged_choice_of_defaults_is_named(embedded: ModelCard, text: str):
    set_default(embedded)
    (user_folder() / "defaults.json").write_text(text)
    with pytest.raises(ModelError, match=r"defaults\.json"):
        default_name("cvae")
