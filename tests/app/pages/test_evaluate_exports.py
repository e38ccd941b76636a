from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from f2v_app.widgets.report_export import EXPORTS
from f2v_core.errors import F2vError
from f2v_core.evaluation.report import TABLE
from tests.app.evaluate_room import Room, room_with_dataset, use_library

HTML, TABLE_CSV, _, _, PICTURES = EXPORTS


@pytest.fixture(autouse=True)
def problems(monkeypatch: pytest.MonkeyPatch) -> list[F2vError]:
    """What is wrong with other models."""
    found: list[F2vError] = []
    use_library(monkeypatch, found)
    return found


@pytest.fixture
def room(qtbot: Any, tmp_path: Path) -> Iterator[Room]:
    yield from room_with_dataset(qtbot, tmp_path)


def export(room: Room, monkeypatch: Any, wanted: Any, answer: str) -> list[str]:
    asked: list[str] = []

    def choose(*arguments: Any) -> Any:
        asked.append(arguments[2])
        return answer if wanted.ending == "" else (answer, "")

    name = "getSaveFileName" if wanted.ending else "getExistingDirectory"
    monkeypatch.setattr(QFileDialog, name, choose)
    room.page._centre.view.header.export_wanted.emit(wanted)
    return asked


@pytest.fixture
def shown(room: Room) -> Room:
    room.make_report()
    room.open().until("31 clips of 7 videos")
    return room


def test_a_table_is_exported_where_the_user_says(shown: Room, monkeypatch: Any, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    asked = export(shown, monkeypatch, TABLE_CSV, str(tmp_path / "out" / "figures"))
    assert asked == [str(tmp_path / "room-val-table.csv")]
    path = tmp_path / "out" / "figures.csv"
    shown.until(f"Written to {path}")
    assert path.read_bytes() == (shown.reports / "room-val-20261123-140500" / TABLE).read_bytes()
    assert shown.settings.read("evaluate/exports", "") == str(tmp_path / "out")


def test_a_file_that_the_dialog_did_not_ask_about_is_kept(
    shown: Room, monkeypatch: Any, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text("mine")
    export(shown, monkeypatch, TABLE_CSV, str(tmp_path / "mine"))
    shown.until("exists already")
    assert (tmp_path / "mine.csv").read_text() == "mine"
    export(shown, monkeypatch, TABLE_CSV, str(tmp_path / "mine.csv"))  # there the dialog has asked
    shown.until("Written to")
    assert (tmp_path / "mine.csv").read_text() != "mine"


def test_pictures_get_a_folder_of_their_own(shown: Room, monkeypatch: Any, tmp_path: Path) -> None:
    (tmp_path / "room-val-pictures").mkdir()
    export(shown, monkeypatch, PICTURES, str(tmp_path))
    shown.until("Written to", "room-val-pictures-2")
    assert (tmp_path / "room-val-pictures-2" / "ratios.png").is_file()  # of sheets, the made report has none
    assert list((tmp_path / "room-val-pictures").iterdir()) == []
    for wanted in (PICTURES, HTML):
        assert export(shown, monkeypatch, wanted, "")


def test_a_disk_that_refuses_is_told(shown: Room, monkeypatch: Any, tmp_path: Path) -> None:
    export(shown, monkeypatch, TABLE_CSV, str(tmp_path / "no such folder" / "a.csv"))
    shown.until("⚠", "cannot be written")


def test_the_menu_and_its_key(shown: Room, monkeypatch: Any) -> None:
    opened: list[bool] = []
    monkeypatch.setattr(QPushButton, "showMenu", lambda *_: opened.append(True))
    shown.page._offer_exports()
    assert opened
    menu = shown.page.findChild(QMenu)
    assert [each.text() for each in menu.actions() if each.text()][:2] == [
        "Report as a web page…",
        "Table as CSV…",
    ]
    urls: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    menu.actions()[-1].trigger()
    assert urls == [str(shown.reports / "room-val-20261123-140500")]


def test_without_a_report_nothing_is_exported(room: Room) -> None:
    room.open().page._offer_exports()
    room.page._on_export(HTML)
    assert "Written" not in room.words


def test_what_is_still_being_read_is_not_exported(shown: Room, monkeypatch: Any) -> None:
    opened: list[bool] = []
    monkeypatch.setattr(QPushButton, "showMenu", lambda *_: opened.append(True))
    shown.page.show_report(shown.make_report("another"))
    assert "another Reading…" in shown.words
    shown.page._offer_exports()
    assert not opened
    shown.until("31 clips of 7 videos")
    shown.page._offer_exports()
    assert opened
