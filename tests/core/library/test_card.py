"""A model's card is read as it was written; damaged ones are named."""

import json
from pathlib import Path

import pytest

from f2v_core.errors import ModelError
from f2v_core.library import ModelCard, places, read_card


def edited(folder: Path, **changes: object) -> str:
    values = json.loads((folder / "model.json").read_text())
    return json.dumps({key: value for key, value in (values | changes).items() if value is not ...})


def test_a_card_is_read_as_it_was_written(embedded: ModelCard):
    card = read_card(embedded.folder)
    assert card == embedded
    assert (card.kind, card.architecture, card.embedded) == ("cvae", "motion", True)
    assert card.weights == embedded.folder / "weights.safetensors"


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
        metrics = read_card(places.embedded_folder() / name).metrics
        assert metrics
        assert all(each.low <= each.value <= each.high for each in metrics.values())


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
