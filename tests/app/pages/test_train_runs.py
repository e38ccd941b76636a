from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from f2v_app.pages import train
from f2v_app.widgets.folder_delegate import SECOND_LINE
from f2v_app.widgets.folder_list import MANY
from f2v_app.widgets.folder_ticks import tick_area
from f2v_core.config import train_preset
from f2v_core.errors import RunError
from f2v_core.library import find_model
from tests.app.made_runs import make_run
from tests.app.train_room import TrainRoom as Room
from tests.app.train_room import train_room


@pytest.fixture
def room(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with train_room(qtbot, tmp_path, monkeypatch) as made:
        yield made


def test_begins_with_the_run_that_trains_and_its_videos(room: Room) -> None:
    busy = make_run(room.root, "busy", data=str(room.videos)).train(10)
    make_run(room.root, "newer").save(4000)
    room.show()
    room.says("Training")
    assert room.page._panel.settings.data.path == str(room.videos)
    assert room.page.trainings() == [busy.run]


def test_use_this_model_takes_the_checkpoint_that_is_chosen(room: Room) -> None:
    make_run(room.root).train(10).save(500, ratio=0.9).save(1000, ratio=0.95).say("stopped", step=1000)
    room.show()
    room.says("Stopped")
    menu = room.monitor.header.use.menu()
    room.qtbot.waitUntil(lambda: len(menu.actions()) == 2)
    assert [each.text() for each in menu.actions()] == [
        "Best: step 500, 0.900 of linear's distance",
        "Last: step 1000, 0.950 of linear's distance",
    ]
    with room.qtbot.waitSignal(room.page.model_added) as added:
        menu.actions()[0].trigger()
    assert added.args == ["mine-step-500"]
    assert find_model("mine-step-500").kind == "cvae"
    assert "Added to the library as mine-step-500" in room.sentence


def test_a_damaged_model_is_told_in_words(room: Room) -> None:
    make_run(room.root).run.checkpoint_folder(3000).mkdir(parents=True)
    room.show()
    room.says("Stopped")
    menu = room.monitor.header.use.menu()
    room.qtbot.waitUntil(lambda: len(menu.actions()) == 1)
    menu.actions()[0].trigger()
    room.qtbot.waitUntil(lambda: "holds no model" in room.words)


def test_duplicate_puts_the_settings_on_the_left(room: Room) -> None:
    config = train_preset("cgan", "recurrent", "M", data=str(room.videos), steps=77, learning_rate=0.005)
    make_run(room.root, **config.to_json())
    room.show()
    room.says("Not begun")
    room.action("Duplicate with changes").trigger()
    settings = room.page._panel.settings
    assert settings.config() == config
    assert settings.draft.preset.name == "recurrent-cgan-m"
    assert settings.draft.changes == {"steps": 77, "learning_rate": 0.005}
    assert "1 expert setting changed." in room.words  # the steps are no expert setting
    assert settings.run_folder.name == "cgan-recurrent-2026-11-23-1"


def test_choosing_a_run_shows_its_past_also_while_another_trains(room: Room) -> None:
    for name in ("one", "two"):
        make_run(room.root, name).train(10, **{name: 1.0}).say("training" if name == "one" else "paused")
    room.show()
    rows = room.page._runs.view
    for line in range(2):
        rows.setCurrentIndex(rows.model().index(line, 0))
        name = rows.model().index(line, 0).data()
        room.qtbot.waitUntil(lambda name=name: list(room.monitor.curves.history.series) == [name])


def test_ticked_runs_lie_over_the_shown_one(room: Room) -> None:
    for name in ("one", "two"):
        make_run(room.root, name).train(10, 20).say("paused")
    room.show()
    room.says("Paused")
    rows = room.page._runs.view
    (shown,) = rows.selectionModel().selectedIndexes()
    other = rows.model().index(1 - shown.row(), 0)
    place = tick_area(rows.visualRect(other)).center()
    room.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.folder.name for row in room.page._runs.compared] == [other.data()]
    assert rows.selectionModel().selectedIndexes() == [shown]
    view = room.monitor.curves.view
    room.qtbot.waitUntil(lambda: len(view.runs) == 2)
    assert view.runs[1].name == other.data()
    assert view.runs[1].history.steps.tolist() == [10, 20]
    room.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    room.qtbot.waitUntil(lambda: len(view.runs) == 1)


def test_the_list_follows_runs_that_others_train(room: Room) -> None:
    first = make_run(room.root, "first").say("paused")
    room.show()
    rows = room.page._runs.view.model()
    first.train(30)
    room.qtbot.waitUntil(lambda: rows.index(0, 0).data(SECOND_LINE) == "Training, 30 of 4000")
    room.qtbot.waitUntil(lambda: room.page.training)  # the watcher may look a little later
    make_run(room.root, "second")
    room.qtbot.waitUntil(lambda: rows.rowCount() == 2)
    room.page.hide()
    assert not room.page._pulse.isActive()


def test_all_that_concern_the_window_are_asked_at_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = room.show().start().train(10)
    room.page.ask_all("pause")
    assert mine.requests() == ["pause"]

    def refuse(*_: object) -> None:
        raise RunError("It cannot be asked.")

    monkeypatch.setattr(train, "send_request", refuse)
    with pytest.raises(RunError):
        room.page.ask_all("pause")
    mine.say("finished")
    room.page.ask_all("pause")


def test_find_searches_the_runs_where_the_focus_is_among_them_else_the_settings(room: Room) -> None:
    for number in range(MANY + 1):
        make_run(room.root, f"run-{number}").say("paused")
    room.show()
    room.page.activateWindow()
    room.page._runs.view.setFocus()
    QTest.keyClick(room.page._runs.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room.page.focusWidget().accessibleName() == "Search"
    field = room.page._panel.settings.data
    QTest.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room.page.focusWidget().accessibleName() == "Search the settings"


def test_find_among_few_runs_searches_the_settings(room: Room) -> None:
    make_run(room.root, "one").say("paused")
    room.show()
    room.page.activateWindow()
    room.page._runs.view.setFocus()
    QTest.keyClick(room.page._runs.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room.page.focusWidget().accessibleName() == "Search the settings"
