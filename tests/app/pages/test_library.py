"""The Library page: look at models, keep them in order."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from f2v_app.pages.library import LibraryPage
from f2v_app.settings import Settings
from f2v_app.widgets import folder_trash
from f2v_app.widgets.folder_rename import RenameDialog
from f2v_app.widgets.folder_trash import TrashDialog
from f2v_core.config import TrainConfig
from f2v_core.library import (
    add_model,
    default_name,
    export_model,
    find_model,
    places,
    user_folder,
    write_card,
)
from tests.core.library.small_library import make_model


class Room:
    """A Library page with two models that ship and two of the user's."""

    def __init__(self, qtbot: Any, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.page = LibraryPage(Settings(folder / "window.ini"))
        qtbot.addWidget(self.page)
        self.page.resize(1120, 640)
        with qtbot.waitSignal(self.page.models.listed), qtbot.waitExposed(self.page):
            self.page.show()

    @property
    def names(self) -> list[str]:
        return [row.card.name for row in self.page.models.rows]

    @property
    def words(self) -> list[str]:
        return [label.text() for label in self.page.findChildren(QLabel) if label.isVisible()]

    def until(self, *words: str) -> None:
        self.qtbot.waitUntil(lambda: all(any(word in said for said in self.words) for word in words))

    def button(self, text: str) -> QPushButton:
        return next(each for each in self.page.findChildren(QPushButton) if each.text() == text)

    def choose(self, name: str) -> None:
        folder = next(row.folder for row in self.page.models.rows if row.card.name == name)
        self.page.show_model(folder)

    def menu(self, name: str, text: str) -> None:
        folder = next(row.folder for row in self.page.models.rows if row.card.name == name)
        next(each for each in self.page.models.menu(folder).actions() if each.text() == text).trigger()


@pytest.fixture
def room(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr(places, "embedded_folder", lambda: tmp_path / "shipped")
    card = make_model(tmp_path / "shipped" / "cvae")
    picture = QImage(64, 32, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(card.folder / "preview.png"))
    told = replace(
        card, description="Made for tests.", bad_at="Everything.", commands=("f2v train",), steps=12
    )
    write_card(card.folder, told)
    cgan = make_model(tmp_path / "shipped" / "cgan", "cgan")
    write_card(cgan.folder, replace(cgan, config=TrainConfig(model="cgan"), data=()))
    add_model(told, "fox")
    add_model(card, "hare")
    return Room(qtbot, tmp_path)


def test_all_about_a_model_is_shown(room: Room) -> None:
    assert room.names == ["cgan", "cvae", "fox", "hare"]
    room.choose("fox")
    room.until(
        "fox", "Made for tests.", "Bad at: Everything.", "Motion CVAE", "54.0", "51.5 – 57.0", "12 steps"
    )
    room.qtbot.waitUntil(lambda: not room.page.view._sheet.image.isNull())
    assert room.button("Make it the default").isEnabled()
    room.choose("cvae")
    assert not room.button("Make it the default").isEnabled()
    room.choose("cgan")
    room.qtbot.waitUntil(lambda: not room.page.view._sheet.isVisible())
    assert "Made for tests." not in room.words


def test_commands_can_be_copied(room: Room) -> None:
    room.choose("fox")
    room.page.view._made.button.click()
    copies = [each for each in room.page.view._made.findChildren(QPushButton) if each.text() == "Copy"]
    copies[0].click()
    assert QGuiApplication.clipboard().text() == "f2v train"


def test_a_model_is_used(room: Room) -> None:
    room.choose("fox")
    with room.qtbot.waitSignal(room.page.use_wanted) as told:
        room.button("Use this model").click()
    assert told.args == ["fox"]
    with room.qtbot.waitSignal(room.page.use_wanted) as told:
        room.menu("hare", "Use on the Generate page")
    assert told.args == ["hare"]


def test_a_default_is_chosen(room: Room) -> None:
    room.choose("fox")
    with room.qtbot.waitSignal(room.page.changed):
        room.button("Make it the default").click()
    room.until("fox is the default CVAE now", "Motion CVAE · default")
    assert default_name("cvae") == "fox"


def test_a_model_is_duplicated_and_then_shown(room: Room) -> None:
    with room.qtbot.waitSignal(room.page.changed):
        room.menu("fox", "Duplicate")
    room.qtbot.waitUntil(lambda: room.page.view._title.text() == "fox-2")
    room.until("Added fox-2")


def test_a_model_is_renamed(room: Room) -> None:
    room.choose("fox")
    room.menu("fox", "Rename…")
    dialog = room.page.findChild(RenameDialog)
    assert dialog is not None
    dialog._line.setText("hare")
    assert not dialog._good.isEnabled()
    dialog._line.setText("wolf")
    with room.qtbot.waitSignal(room.page.changed):
        dialog._good.click()
    room.qtbot.waitUntil(lambda: room.page.view._title.text() == "wolf")
    assert find_model("wolf").folder == user_folder() / "wolf"


def test_what_ships_is_neither_renamed_nor_removed(room: Room) -> None:
    room.choose("cvae")
    room.page.models.ask_to_rename(room.page.view.folder)
    assert room.page.findChild(RenameDialog) is None
    actions = room.page.models.menu(room.page.view.folder).actions()
    assert not next(each for each in actions if each.text() == "Rename…").isEnabled()
    room.page.models.ask_to_remove(room.page.view.folder)
    dialog = room.page.findChild(TrashDialog)
    assert dialog is not None
    with room.qtbot.waitSignal(dialog.refused):
        pass
    dialog.close()


def test_a_model_goes_to_the_trash(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_trash, "move_to_trash", lambda folder: folder.rename(room.folder / "trash"))
    room.choose("fox")
    room.page.models.ask_to_remove(room.page.view.folder)
    dialog = room.page.findChild(TrashDialog)
    assert dialog is not None
    with room.qtbot.waitSignal(dialog.weighed):
        pass
    with room.qtbot.waitSignal(room.page.changed):
        dialog._move.click()
    room.qtbot.waitUntil(lambda: room.page.view._title.text() == "hare")
    assert room.names == ["cgan", "cvae", "hare"]


def test_a_model_is_exported_and_imported(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    target = room.folder / "out.f2v-model"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target.with_suffix("")), ""))
    room.choose("fox")
    room.button("Export…").click()
    room.until("Written to")
    assert target.is_file()
    room.button("Export…").click()  # the dialog asked about a name without the ending
    room.until("exists already")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    with room.qtbot.waitSignal(room.page.changed):
        room.button("Import…").click()
    room.qtbot.waitUntil(lambda: room.page.view._title.text() == "fox-2")


def test_a_dialog_that_is_closed_changes_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    room.button("Export…").click()
    room.button("Import…").click()
    assert not room.page._work.asking


def test_a_damaged_file_is_refused_in_words(room: Room) -> None:
    (room.folder / "bad.f2v-model").write_bytes(b"no zip")
    room.page._drop.dropped.emit(room.folder / "bad.f2v-model")
    room.until("⚠", "bad.f2v-model is damaged")


def test_one_thing_at_a_time(room: Room) -> None:
    export_model(find_model("fox"), room.folder / "one.f2v-model")
    room.page.bring_in(room.folder / "one.f2v-model")
    room.page.bring_in(room.folder / "one.f2v-model")
    assert "Wait until the last one is done." in room.words
    room.until("Added fox-2")


def test_a_damaged_model_is_told(room: Room) -> None:
    (user_folder() / "fox" / "model.json").write_text("{")
    room.page.models.refresh()
    room.until("⚠", "model.json is damaged")


def test_f2_renames(room: Room) -> None:
    room.choose("hare")
    room.page.models.view.setFocus()
    QTest.keyClick(room.page.models.view, Qt.Key.Key_F2)
    dialog = room.page.findChild(RenameDialog)
    assert dialog is not None
    dialog.reject()
    QApplication.processEvents()
