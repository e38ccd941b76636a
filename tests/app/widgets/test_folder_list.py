from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from f2v_app.widgets import folder_trash
from f2v_app.widgets.folder_list import MANY, FolderList
from f2v_app.widgets.folder_model import FolderEntry
from f2v_app.widgets.folder_trash import TrashDialog
from f2v_core.errors import F2vError


@dataclass(frozen=True)
class Row:
    folder: Path


class Listed(FolderList[Row]):
    """The folders below a root, by name."""

    def __init__(self, root: Path) -> None:
        super().__init__("Things", "Things are kept here.")
        self.root = root
        self.opened: list[Path] = []
        self.chosen.connect(self.opened.append)

    def _question(self) -> Callable[[], Sequence[Row]]:
        return lambda: [Row(each) for each in sorted(self.root.iterdir())]

    def _entry(self, row: Row) -> FolderEntry:
        number = int(row.folder.name[-1])
        return FolderEntry(row.folder, row.folder.name, "odd" if number % 2 else "even")

    def _loss(self) -> str:
        return "All of it is lost."

    def _check(self, folder: Path) -> None:
        if folder == self.busy:
            raise F2vError(f"{folder.name} is being made.", "Wait for it.")

    @property
    def names(self) -> list[str]:
        model = self.view.model()
        return [model.index(line, 0).data() for line in range(model.rowCount())]

    @property
    def marked(self) -> list[str]:
        return [index.data() for index in self.view.selectionModel().selectedIndexes()]


@pytest.fixture
def make(qtbot: Any, tmp_path: Path) -> Callable[[int], Listed]:
    def made(number: int) -> Listed:
        (tmp_path / "root").mkdir()
        for each in range(number):
            folder = tmp_path / "root" / f"thing-{each}"
            folder.mkdir()
            (folder / "file").write_bytes(bytes(1500))
        listed = Listed(tmp_path / "root")
        qtbot.addWidget(listed)
        listed.resize(240, 500)
        with qtbot.waitSignal(listed.listed), qtbot.waitExposed(listed):
            listed.show()
            listed.refresh()
        listed.activateWindow()
        return listed

    return made


def press(listed: Listed, line: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    place = listed.view.visualRect(listed.view.model().index(line, 0)).center()
    QTest.mouseClick(listed.view.viewport(), button, Qt.KeyboardModifier.NoModifier, place)


def dialog_of(listed: Listed) -> TrashDialog:
    (dialog,) = listed.findChildren(TrashDialog)
    return dialog


def words_of(dialog: TrashDialog) -> str:
    return " ".join(each.text() for each in dialog.findChildren(QLabel) if not each.isHidden())


def button_of(dialog: TrashDialog, name: str) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == name)


def ask(qtbot: Any, listed: Listed, line: int) -> TrashDialog:
    listed.ask_to_remove(listed.root / f"thing-{line}")
    dialog = dialog_of(listed)
    qtbot.waitUntil(button_of(dialog, "Move to trash").isEnabled)
    return dialog


def test_without_any_it_says_so(make: Any) -> None:
    listed = make(0)
    assert "Things are kept here." in [
        each.text() for each in listed.findChildren(QLabel) if each.isVisible()
    ]
    assert not listed.view.isVisible()


def test_a_choice_is_told_and_a_mark_is_not(make: Any) -> None:
    listed = make(3)
    listed.select(listed.root / "thing-1")
    assert (listed.marked, listed.opened) == (["thing-1"], [])
    press(listed, 0)
    assert (listed.marked, listed.opened) == (["thing-0"], [listed.root / "thing-0"])
    assert listed.row(listed.root / "thing-2") == Row(listed.root / "thing-2")
    listed.select(None)
    assert listed.marked == []


def test_arrows_choose_and_return_chooses_again(make: Any) -> None:
    listed = make(3)
    listed.select(listed.root / "thing-0")
    QTest.keyClick(listed.view, Qt.Key.Key_Down)
    QTest.keyClick(listed.view, Qt.Key.Key_Return)
    assert [each.name for each in listed.opened] == ["thing-1", "thing-1"]


def test_a_mark_comes_once_the_folder_is_listed(qtbot: Any, make: Any) -> None:
    listed = make(2)
    listed.select(listed.root / "thing-7")
    (listed.root / "thing-7").mkdir()
    with qtbot.waitSignal(listed.listed):
        listed.refresh()
    assert (listed.marked, listed.opened) == (["thing-7"], [])


def test_only_many_are_searched(make: Any) -> None:
    assert not make(MANY)._search.isVisible()


def test_the_search_leaves_what_has_its_words(make: Any) -> None:
    listed = make(MANY + 1)
    listed.select(listed.root / "thing-3")
    listed._search.setText("THING odd")
    assert listed.names == ["thing-1", "thing-3", "thing-5", "thing-7"]
    assert listed.marked == ["thing-3"]
    listed._search.setText("even")
    assert listed.marked == []
    QTest.keyClick(listed._search, Qt.Key.Key_Return)
    assert listed.marked == ["thing-0"]
    listed._search.setText("nothing like it")
    assert listed._empty.text() == "None is like that."
    QTest.keyClick(listed._search, Qt.Key.Key_Down)
    QTest.keyClick(listed._search, Qt.Key.Key_Escape)
    assert len(listed.names) == MANY + 1
    QTest.keyClick(listed._search, Qt.Key.Key_Escape)
    assert listed.marked == ["thing-0"]
    QTest.keyClick(listed._search, Qt.Key.Key_A)
    assert listed._search.text() == "a"


def test_the_button_for_more_stands_at_the_pointers_row(make: Any) -> None:
    listed = make(3)
    view = listed.view
    listed.select(listed.root / "thing-1")
    assert view.more.accessibleName() == "More about thing-1"
    view.entered.emit(view.model().index(2, 0))
    assert view.more.accessibleName() == "More about thing-2"
    assert view.visualRect(view.model().index(2, 0)).contains(view.more.geometry())
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert view.more.accessibleName() == "More about thing-1"
    view.grab()


def test_its_menu_opens_the_folder(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: opened.append(menu))
    listed = make(2)
    listed.select(listed.root / "thing-1")
    listed.view.more.click()
    (menu,) = opened
    assert [each.text() for each in menu.actions()] == ["Open folder", "", "Move to trash…"]
    menu.actions()[0].trigger()
    assert shown == [str(listed.root / "thing-1")]


def test_the_right_button_and_the_menu_key_do_not_choose(qtbot: Any, make: Any) -> None:
    listed = make(2)
    wanted: list[tuple[str, QPoint]] = []
    listed.view.menu_wanted.disconnect()
    listed.view.menu_wanted.connect(lambda folder, place: wanted.append((folder.name, place)))
    press(listed, 1, Qt.MouseButton.RightButton)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        place = listed.view.visualRect(listed.view.model().index(1, 0)).center()
        event = QContextMenuEvent(reason, place, listed.view.viewport().mapToGlobal(place))
        QApplication.sendEvent(listed.view.viewport(), event)
    assert [name for name, _ in wanted] == ["thing-1", "thing-1"]
    assert (listed.marked, listed.opened) == ([], [])


def test_the_question_names_the_folder_and_its_size(qtbot: Any, make: Any) -> None:
    listed = make(2)
    dialog = ask(qtbot, listed, 1)
    words = words_of(dialog)
    for said in (
        "Move thing-1 to the trash?",
        str(listed.root / "thing-1"),
        "1.5 kB on the disk",
        "All of it is",
    ):
        assert said in words
    button_of(dialog, "Cancel").click()
    assert not dialog.isVisible()
    assert (listed.root / "thing-1" / "file").is_file()


def test_it_goes_to_the_trash_and_the_next_one_is_chosen(qtbot: Any, make: Any, user_home: Path) -> None:
    (user_home / "data").mkdir(exist_ok=True)  # where the system's trash lies
    listed = make(3)
    told: list[str] = []
    listed.removed.connect(lambda folder: told.append(f"removed {folder.name}"))
    listed.chosen.connect(lambda folder: told.append(f"chosen {folder.name}"))
    listed.select(listed.root / "thing-1")
    QTest.keyClick(listed.view, Qt.Key.Key_Delete)
    move = button_of(dialog_of(listed), "Move to trash")
    qtbot.waitUntil(move.isEnabled)
    with qtbot.waitSignal(listed.listed):
        move.click()
        dialog_of(listed).reject()  # not while it is being moved
    assert told == ["removed thing-1", "chosen thing-2"]
    assert (listed.names, listed.marked) == (["thing-0", "thing-2"], ["thing-2"])
    assert (user_home / "data" / "Trash" / "files" / "thing-1" / "file").is_file()


@pytest.mark.parametrize(("number", "gone", "after"), [(2, 1, "thing-0"), (1, 0, None)])
def test_the_one_above_is_chosen_after_the_last(make: Any, number: int, gone: int, after: str | None) -> None:
    listed = make(number)
    listed.select(listed.root / f"thing-{gone}")
    listed.leave_out(listed.root / f"thing-{gone}")
    assert [each.name for each in listed.opened] == ([after] if after else [])


def test_one_that_is_not_in_view_goes_alone(make: Any) -> None:
    listed = make(3)
    listed.select(listed.root / "thing-0")
    listed.leave_out(listed.root / "thing-2")
    assert (listed.marked, listed.opened, listed.names) == (["thing-0"], [], ["thing-0", "thing-1"])


def test_what_somebody_works_on_stays_and_the_others_wait(qtbot: Any, make: Any) -> None:
    listed = make(3)
    listed.select(listed.root / "thing-1")
    listed.set_busy(listed.root / "thing-1", "Stop it first.")
    press(listed, 0)
    listed.view.activated.emit(listed.view.model().index(0, 0))
    assert (listed.marked, listed.opened) == (["thing-1"], [])
    tips = [listed.view.model().index(line, 0).data(Qt.ItemDataRole.ToolTipRole) for line in (0, 1)]
    assert tips == ["Stop it first.", str(listed.root / "thing-1")]
    listed.view.grab()
    listed.ask_to_remove(listed.root / "thing-1")
    dialog = dialog_of(listed)
    with qtbot.waitSignal(dialog.refused):
        pass
    assert "thing-1 was not moved to the trash" in words_of(dialog)
    assert "⚠ thing-1 is being made. Wait for it." in words_of(dialog)
    button_of(dialog, "Close").click()
    listed.set_busy(None, "Stop it first.")
    press(listed, 0)
    assert listed.marked == ["thing-0"]


def test_a_system_without_a_trash_is_told(qtbot: Any, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("f2v_app.widgets.folder_files.QFile.moveToTrash", lambda _file: False)
    listed = make(1)
    dialog = ask(qtbot, listed, 0)
    with qtbot.waitSignal(dialog.refused):
        button_of(dialog, "Move to trash").click()
    assert "The system does not move thing-0 to the trash." in words_of(dialog)
    assert (listed.root / "thing-0").is_dir()


def test_one_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(F2vError, match="is not there any more"):
        folder_trash.move_to_trash(tmp_path / "gone")
