"""Queueing and renaming on the Train page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from f2v_app.widgets import run_queue
from f2v_app.widgets.folder_delegate import SECOND_LINE
from f2v_app.widgets.folder_rename import RenameDialog
from f2v_core.runs.queue import read_queue
from f2v_core.runs.state import HOST, read_state
from tests.app.made_runs import make_run
from tests.app.train_room import TrainRoom as Room
from tests.app.train_room import train_room

DEAD = 2**22 + 1
"""A number that no process has."""


@pytest.fixture
def room(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(run_queue, "LOOK_MS", 20)
    with train_room(qtbot, tmp_path, monkeypatch) as made:
        yield made


def words(room: Room) -> dict[str, str]:
    """What the list says, by name."""
    rows = room.page._runs.view.model()
    indices = [rows.index(line, 0) for line in range(rows.rowCount())]
    return {each.data(): each.data(SECOND_LINE) for each in indices}


def line(room: Room, name: str, text: str) -> QAction:
    """A line of a run's menu."""
    menu = room.page._runs.menu(room.root / name)
    return next(each for each in menu.actions() if each.text() == text)


def offers(room: Room, name: str) -> list[str]:
    menu = room.page._runs.menu(room.root / name)
    return [each.text() for each in menu.actions() if each.text() and each.isEnabled()]


def queue(room: Room, *names: str) -> None:
    for place, name in enumerate(names):
        make_run(room.root, name).say("queued", host=HOST, queued=1000.0 + place)


def busy(room: Room) -> None:
    make_run(room.root, "busy").train(10).say("training", step=10, host=HOST)


@pytest.fixture
def alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trainers of this machine live, without a process."""
    monkeypatch.setattr("f2v_core.runs.state._alive", lambda _run, _state: True)


def test_a_new_run_waits_for_the_one_that_trains(room: Room, alive: None) -> None:
    busy(room)
    room.show()
    room.says("Training")
    settings = room.page._panel.settings
    with room.qtbot.waitSignal(settings.data.checked):
        settings.data.set_path(str(room.videos))
    with room.qtbot.waitSignal(room.page._commands.arranged):
        room.button("Add to queue").click()
    (run,) = read_queue(room.root).runs
    room.qtbot.waitUntil(lambda: words(room).get(run.folder.name) == "Queued, 1st")
    assert "Training" in room.sentence  # what trains stays in view
    assert settings.run_folder != run.folder
    assert room.starts.trainers == []


def test_the_menu_changes_the_queue(room: Room, alive: None) -> None:
    busy(room)
    queue(room, "one", "two")
    room.show()
    room.qtbot.waitUntil(lambda: words(room).get("two") == "Queued, 2nd")
    assert offers(room, "one")[-3:] == ["Start now", "Take off the queue", "Move to trash…"]
    line(room, "two", "Move up").trigger()
    room.qtbot.waitUntil(lambda: words(room)["two"] == "Queued, 1st")
    line(room, "two", "Take off the queue").trigger()
    room.qtbot.waitUntil(lambda: words(room)["two"] == "Not begun")
    assert words(room)["one"] == "Queued, 1st"
    line(room, "two", "Add to queue").trigger()
    room.qtbot.waitUntil(lambda: words(room)["two"] == "Queued, 2nd")
    line(room, "two", "Start now").trigger()
    room.qtbot.waitUntil(lambda: bool(room.starts.trainers))
    assert room.starts.last.run.folder.name == "two"


def test_the_head_of_a_queued_run_offers_what_makes_sense(room: Room, alive: None) -> None:
    queue(room, "one", "two")
    busy(room)
    room.show()
    room.page._runs.chosen.emit(room.root / "two")
    room.says("Queued: it starts by itself")
    assert room.offered() == {
        "Start now",
        "Take off the queue",
        "Move up in the queue",
        "Duplicate with changes",
    }
    room.action("Move up in the queue").trigger()
    room.qtbot.waitUntil(lambda: words(room)["two"] == "Queued, 1st")
    room.button("Take off the queue").click()
    room.says("Not begun")
    room.action("Add to queue").trigger()
    room.says("Queued")
    room.button("Start now").click()
    room.qtbot.waitUntil(lambda: bool(room.starts.trainers))


def test_the_window_goes_on_where_a_trainer_was_killed(room: Room) -> None:
    queue(room, "one")
    make_run(room.root, "killed").say("training", host=HOST, pid=DEAD)
    with room.qtbot.waitSignal(room.page._keeper.started) as started:
        room.show()
    assert started.args[0].folder.name == "one"


def test_a_pause_holds_the_queue_and_says_so(room: Room) -> None:
    queue(room, "one")
    make_run(room.root, "paused").say("paused", host=HOST)
    room.show()
    room.qtbot.waitUntil(lambda: words(room)["one"] == "Queued, 1st, on hold")
    tip = room.page._runs.view.model().index_of(room.root / "one").data(Qt.ItemDataRole.ToolTipRole)
    assert "Start now goes on with it" in tip
    assert room.starts.trainers == []


def rename(room: Room, name: str, to: str) -> RenameDialog:
    """Press F2 on a run, and type."""
    view = room.page._runs.view
    index = view.model().index_of(room.root / name)
    view.selectionModel().setCurrentIndex(index, view.selectionModel().SelectionFlag.NoUpdate)
    QTest.keyClick(view, Qt.Key.Key_F2)
    dialog = next(each for each in room.page.findChildren(RenameDialog) if each.isVisible())
    field = dialog.findChild(QLineEdit)
    assert field.selectedText() == name
    field.setText(to)
    return dialog


def test_a_run_is_renamed_and_followed(room: Room) -> None:
    for name in ("one", "two"):
        make_run(room.root, name).train(10, 20).say("paused")
    room.show()
    room.says("Paused")
    room.page._runs.chosen.emit(room.root / "one")
    line(room, "two", "Compare with the shown run").trigger()
    view = room.monitor.curves.view
    room.qtbot.waitUntil(lambda: [each.name for each in view.runs] == ["one", "two"])
    for name, to in (("one", "first"), ("two", "second")):
        dialog = rename(room, name, to)
        with room.qtbot.waitSignal(room.page._runs.renamed):
            QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
        room.qtbot.waitUntil(lambda to=to: to in words(room))
    room.qtbot.waitUntil(lambda: [each.name for each in view.runs] == ["first", "second"])
    assert sorted(words(room)) == ["first", "second"]
    room.qtbot.waitUntil(lambda: room.monitor.curves.history.steps.tolist() == [10, 20])
    (chosen,) = room.page._runs.view.selectionModel().selectedIndexes()
    assert chosen.data() == "first"


def test_a_name_that_does_not_do_is_told(room: Room) -> None:
    for name in ("one", "two"):
        make_run(room.root, name).say("paused")
    room.show()
    room.says("Paused")
    dialog = rename(room, "one", "two")
    assert "There is a run of this name" in dialog._words.text()
    assert not dialog._good.isEnabled()
    dialog.findChild(QLineEdit).setText("one")
    assert dialog._words.text() == ""
    assert not dialog._good.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_run_that_trains_keeps_its_name_and_is_still_watched(room: Room) -> None:
    trainer = make_run(room.root, "one").train(10)
    room.show()
    room.says("Training")
    assert not line(room, "one", "Rename…").isEnabled()
    dialog = rename(room, "one", "two")
    with room.qtbot.waitSignal(dialog.refused):
        dialog._good.click()
    assert "is being trained" in dialog._words.text()
    dialog.reject()
    trainer.train(99)
    room.says("step 99")


def test_what_the_menu_offers_of_a_run_that_rests(room: Room) -> None:
    make_run(room.root, "one").save(10).say("paused", step=10)
    room.show()
    room.qtbot.waitUntil(lambda: words(room)["one"] == "Paused at 10 of 4000")
    assert offers(room, "one") == [
        "Open folder", "Rename…", "Duplicate with changes", "Compare with the shown run", "Resume",
        "Add to queue", "Move to trash…",
    ]  # fmt: skip
    line(room, "one", "Resume").trigger()
    room.qtbot.waitUntil(lambda: bool(room.starts.trainers))
    assert read_state(room.starts.last.run).phase == "starting"
