"""A model goes into one file and comes back the same; foreign and damaged files are refused."""

import zipfile
from pathlib import Path

import pytest

from f2v_core.errors import ExportError, InputError, ModelError
from f2v_core.library import (
    ModelCard,
    archive,
    export_model,
    find_model,
    import_model,
    list_models,
    user_folder,
)
from tests.core.library.small_library import make_model


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A file that holds a model named fox."""
    path = tmp_path / "fox.f2v-model"
    card = make_model(tmp_path / "fox", "fox")
    (card.folder / "history.csv").write_text("step\n")
    (card.folder / "notes.txt").write_text("mine alone")
    export_model(card, path)
    return path


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as whole:
        return set(whole.namelist())


def test_a_file_holds_a_model_and_nothing_else(exported: Path):
    assert names(exported) == {"model.json", "weights.safetensors", "history.csv"}


def test_a_model_comes_back_the_same(exported: Path, tmp_path: Path):
    card = import_model(exported)
    assert card.folder == user_folder() / "fox"
    assert card.weights.read_bytes() == (tmp_path / "fox" / "weights.safetensors").read_bytes()
    assert (card.folder / "history.csv").read_text() == "step\n"
    assert find_model("fox") == card


def test_a_taken_name_gets_a_number_unless_another_is_given(exported: Path):
    import_model(exported)
    assert import_model(exported).name == "fox-2"
    assert import_model(exported, "hare").name == "hare"
    with pytest.raises(InputError, match="already a model named hare"):
        import_model(exported, "hare")


def test_nothing_is_overwritten_unasked(exported: Path, embedded: ModelCard):
    before = exported.read_bytes()
    with pytest.raises(ExportError, match="exists already"):
        export_model(embedded, exported)
    assert exported.read_bytes() == before
    export_model(embedded, exported, force=True)
    assert names(exported) == {"model.json", "weights.safetensors"}


def test_a_folder_that_cannot_be_written_is_named(embedded: ModelCard, tmp_path: Path):
    with pytest.raises(ExportError, match="cannot be written"):
        export_model(embedded, tmp_path / "missing" / "cvae.f2v-model")


def rewritten(path: Path, **files: bytes) -> None:
    """Write the file anew with other content; keys have _ for the dot."""
    with zipfile.ZipFile(path) as whole:
        content = {each: whole.read(each) for each in whole.namelist()}
    content |= {name.replace("_", "."): data for name, data in files.items()}
    with zipfile.ZipFile(path, "w") as whole:
        for name, data in content.items():
            whole.writestr(name, data)


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path):
    path = tmp_path / "picture.f2v-model"
    path.write_bytes(b"no zip at all")
    with pytest.raises(ModelError, match=r"picture\.f2v-model is damaged, or no file of a model"):
        import_model(path)


def test_a_file_that_is_cut_off_is_refused(exported: Path):
    exported.write_bytes(exported.read_bytes()[:-100])
    with pytest.raises(ModelError, match="damaged"):
        import_model(exported)


def test_a_flipped_bit_is_noticed(exported: Path):
    data = bytearray(exported.read_bytes())
    data[60] ^= 0xFF
    exported.write_bytes(bytes(data))
    with pytest.raises(ModelError, match="damaged"):
        import_model(exported)


@pytest.mark.parametrize("name", ["../escaped.txt", "/etc/escaped", "folder/model.json", "script.py"])
def test_a_file_with_other_content_is_refused(exported: Path, name: str):
    rewritten(exported, **{name: b"x"})
    with pytest.raises(ModelError, match="holds no model of f2v"):
        import_model(exported)


def test_a_zip_of_something_else_is_refused(tmp_path: Path):
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as whole:
        whole.writestr("readme.md", "x")
    with pytest.raises(ModelError, match="holds no model of f2v"):
        import_model(path)


def test_a_file_that_unpacks_to_too_much_is_refused(exported: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(ModelError, match="unpacks to more"):
        import_model(exported)


def test_a_damaged_card_is_named_with_its_file(exported: Path):
    rewritten(exported, model_json=b"{")
    with pytest.raises(ModelError, match=r"fox\.f2v-model/model\.json is damaged"):
        import_model(exported)


def test_damaged_weights_are_named_with_their_file(exported: Path):
    rewritten(exported, weights_safetensors=b"weights")
    with pytest.raises(ModelError, match=r"fox\.f2v-model/weights\.safetensors is damaged"):
        import_model(exported)
    assert [card.name for card in list_models()[0]] == ["cvae"]


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(ModelError, match="cannot be read"):
        import_model(tmp_path / "missing.f2v-model")
