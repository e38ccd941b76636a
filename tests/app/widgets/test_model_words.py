"""What is said about models."""

from dataclasses import replace
from pathlib import Path

import pytest

from f2v_app.widgets.model_files import ModelRow
from f2v_app.widgets.model_words import data_rows, facts, figure_table, row_words
from f2v_core.library import Figure, places
from tests.core.library.small_library import make_model


@pytest.fixture
def row(tmp_path: Path) -> ModelRow:
    return ModelRow(make_model(tmp_path / "fox", "fox"), default=False, nbytes=4_430_000)


def test_a_row_says_kind_origin_and_whether_it_is_the_default(
    row: ModelRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert row_words(row) == "Motion CVAE"
    monkeypatch.setattr(places, "embedded_folder", lambda: row.folder.parent)
    assert row_words(replace(row, default=True)) == "Motion CVAE · built in · default"


def test_facts_leave_out_what_is_not_known(row: ModelRow) -> None:
    assert facts(row) == [
        ("Kind", "Motion CVAE"),
        ("Made", "23 November 2026"),
        ("Size", "4.43 MB"),
        ("Licence", "none given"),
    ]
    told = dict(facts(replace(row, card=replace(row.card, created="lately", steps=120, licence="CC0"))))
    assert (told["Made"], told["Training"], told["Licence"]) == ("lately", "120 steps", "CC0")


def test_figures_of_one_split_name_it_once(row: ModelRow) -> None:
    card = replace(
        row.card, metrics={"median ratio (test, 9 clips)": Figure(0.5), "KL (test, 9 clips)": Figure(54.25)}
    )
    assert figure_table(card) == ("test, 9 clips", [("Median ratio", "0.500", ""), ("KL", "54.2", "")])


def test_figures_of_several_splits_keep_their_names(row: ModelRow) -> None:
    card = replace(row.card, metrics={"ratio (test)": Figure(0.9, 0.8, 1.0), "ratio (val)": Figure(0.95)})
    where, rows = figure_table(card)
    assert where == ""
    assert rows == [("Ratio (test)", "0.900", "0.800 – 1.000"), ("Ratio (val)", "0.950", "")]


def test_a_model_without_figures_has_no_table(row: ModelRow) -> None:
    assert figure_table(replace(row.card, metrics={})) == ("", [])


def test_data_is_parted_into_video_licence_and_credit() -> None:
    assert data_rows(["a.mp4 | CC0 | somebody | and another", "b.mp4"]) == [
        ("a.mp4", "CC0", "somebody | and another"),
        ("b.mp4", "", ""),
    ]
