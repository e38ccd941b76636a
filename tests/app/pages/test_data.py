from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
)

from f2v_app.pages import data
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.config import PrepareConfig
from f2v_core.data.dataset import INFO
from f2v_core.errors import DataError
from f2v_core.messages import DatasetReady, Notice, StageProgress
from tests.app.data_room import FOUND, Room
from tests.app.made_datasets import make_dataset, make_unfinished


@pytest.fixture
def room(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[Room]:
    monkeypatch.setattr(data, "PAUSE_MS", 20)
    made = Room(qtbot, tmp_path)
    yield made
    made.close()


def test_without_anything_it_says_what_to_do(room: Room) -> None:
    room.open()
    assert "Drop a folder of videos here, or make procedural scenes." in room.words
    assert "Datasets that you prepare are kept here" in room.words
    room.button("Prepare").click()
    assert "Choose a folder first." in room.words
    assert room.prepare.asked == []


def test_a_folder_is_looked_through_and_shown(room: Room) -> None:
    room.open().page._take(room.videos)
    room.until("Looking at the folder.")
    room.seconds = 2.0
    room.scan.put(StageProgress("Scanning", 1234, 0, 600.0, float("inf")))
    room.until("Scanning: 1234 so far, 2 s.")
    assert room.button("Stop looking").isVisible()
    room.scan.put(FOUND, None)
    room.until("6 videos, 5 MB.", "Layout: folders. By source video.", "2 files are no use")
    found = room.page._centre.found
    assert found.unusable.shown == [("broken.mp4", "It is no video.")]
    assert found.summary._panels[0].histogram.accessibleName() == "Length, s"
    assert room.scan.asked == [(room.config,)]
    assert room.settings.read("data/videos", "") == str(room.videos)
    assert not room.button("Stop looking").isVisible()


def test_looking_can_be_stopped(room: Room) -> None:
    room.open().page._take(room.videos)
    room.until("Looking at the folder.")
    room.button("Stop looking").click()
    room.scan.put(StageProgress("Scanning", 1, 0, 1.0, 1.0))
    room.until("Not looked through to the end.")
    assert room.scan.closed == 1
    room.button("Prepare").click()
    room.qtbot.waitUntil(lambda: len(room.prepare.asked) == 1)


def test_a_folder_of_no_use_is_told(room: Room) -> None:
    room.open().page._take(room.videos)
    room.scan.put(DataError("footage holds no video.", "Known endings are .mp4."))
    room.until("⚠ footage holds no video. Known endings are .mp4.")
    assert room.page.state.phase == "failed"


def test_it_looks_again_where_the_splits_change(room: Room) -> None:
    room.open().choose_videos()
    room.named(IntBox, "Frame size").setValue(128)
    room.named(FloatBox, "Share for the test").setValue(0.2)
    room.scan.put(FOUND, None)
    room.qtbot.waitUntil(lambda: len(room.scan.asked) == 2)
    assert room.scan.asked[1][0].test_share == 0.2
    room.until("6 videos, 5 MB.")


def test_preparing_is_shown_as_it_goes(room: Room) -> None:
    with room.qtbot.waitSignal(room.open().page.busy_changed):
        folder = room.start()
    assert room.page.preparing
    assert room.sentence == "Starting."
    assert not room.page._panel.settings.isEnabled()
    assert room.page._datasets.busy == folder
    room.seconds = 10.0
    room.prepare.put(StageProgress("Cutting clips", 30, 120, 3.0, 30.0), Notice("a.mp4 was left out."))
    room.until("Cutting clips: 30 of 120, 3 a second, 30 s left, 10 s so far.")
    room.qtbot.waitUntil(
        lambda: "12:00:00  a.mp4 was left out." in room.page.findChild(QPlainTextEdit).toPlainText()
    )
    assert room.prepare.asked == [(room.config, folder)]
    assert room.named(QProgressBar, "Progress").value() == 250
    assert "Layout: folders. By source video." in room.words
    room.page._take(room.videos)
    room.page._on_settings()
    assert len(room.scan.asked) == 1


def test_what_is_finished_is_seen_while_it_goes_on(room: Room) -> None:
    room.open()
    folder = room.start()
    make_unfinished(folder, room.config)
    room.seconds = 5.0
    room.prepare.put(StageProgress("Cutting clips", 3, 120, 3.0, 30.0))
    room.until("Finished last")
    assert room.page._centre.found.fresh.grid.clips.count == 3


def test_a_complete_dataset_is_shown(room: Room) -> None:
    room.open()
    folder = room.start()
    make_dataset(folder, config=room.config)
    with room.qtbot.waitSignal(room.page._centre.overview.shown):
        room.prepare.put(DatasetReady(str(folder)), None)
    assert room.sentence == "6 clips, 2 s long, 12.3 MB on the disk."
    assert not room.page.preparing
    assert room.button("Prepare").isVisible()
    assert room.named(QLineEdit, "Save as").text() == "footage-2"
    with room.qtbot.waitSignal(room.page.dataset_chosen) as chosen:
        room.button("Train on this").click()
    assert chosen.args == [str(folder)]


def test_the_folder_can_be_opened(room: Room, monkeypatch: Any) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    folder = make_dataset(room.root / "set").folder
    room.open().until("6 clips, 2 s long")
    room.button("Open folder").click()
    assert opened == [str(folder)]


def test_cancel_keeps_what_is_finished_and_continue_goes_on(room: Room) -> None:
    room.open()
    folder = room.start()
    room.prepare.put(StageProgress("Cutting clips", 30, 120, 3.0, 30.0))
    room.until("Cutting clips")
    make_unfinished(folder, room.config)
    room.button("Cancel").click()
    assert room.sentence.startswith("Stopping: ")
    assert not room.button("Cancel").isEnabled()
    room.prepare.put(StageProgress("Cutting clips", 31, 120, 3.0, 30.0))
    room.until("Cancelled. What is finished is kept: Continue goes on from here.")
    assert room.prepare.closed == 1
    room.button("Continue").click()
    room.qtbot.waitUntil(lambda: len(room.prepare.asked) == 2)
    assert room.prepare.asked[1] == (room.config, folder)


def test_cancel_before_anything_is_finished_leaves_nothing(room: Room) -> None:
    room.open().start()
    room.button("Cancel").click()
    room.prepare.put(StageProgress("Scanning", 31, 0, 3.0, 30.0))
    room.until("Cancelled before anything was finished.")
    assert room.button("Prepare").isVisible()


def test_a_failure_stands_with_its_remedy(room: Room) -> None:
    room.open().start()
    room.prepare.put(DataError("The disk is full.", "Make room, then go on."))
    room.until("⚠ The disk is full. Make room, then go on.", "Stopped by a problem; nothing is running.")
    assert not room.page.preparing
    assert room.button("Prepare").isVisible()


def test_scenes_are_made_without_videos(room: Room) -> None:
    room.open()
    room.button("Procedural scenes").click()
    assert room.named(QRadioButton, "Procedural scenes").isChecked()
    room.button("Prepare").click()
    room.qtbot.waitUntil(lambda: len(room.prepare.asked) == 1)
    assert room.prepare.asked[0] == (PrepareConfig(scenes="erupting,skiing"), room.root / "scenes")


def test_it_begins_with_the_newest_dataset(room: Room) -> None:
    make_dataset(room.root / "set")
    room.settings.write("data/videos", str(room.videos))
    room.open().until("6 clips, 2 s long")
    room.qtbot.waitUntil(lambda: room.page._panel.settings.source.folder.good)
    room.page._on_settings()
    assert room.scan.asked == []
    room.button("New").click()
    room.qtbot.waitUntil(lambda: len(room.scan.asked) == 1)


def test_it_begins_with_the_folder_of_the_last_time(room: Room) -> None:
    room.settings.write("data/videos", str(room.videos))
    room.open()
    room.scan.put(FOUND, None)
    room.until("6 videos, 5 MB.")
    room.page.hide()
    room.page.show()
    assert len(room.scan.asked) == 1


def test_new_asks_for_a_folder_where_there_is_none(room: Room) -> None:
    make_dataset(room.root / "set")
    room.open().until("6 clips, 2 s long")
    room.button("New").click()
    assert "Drop a folder of videos here" in room.words
    assert room.page._datasets.view.selectionModel().selectedIndexes() == []


def test_an_unfinished_dataset_is_gone_on_with(room: Room) -> None:
    config = PrepareConfig(videos=str(room.videos), size=32)
    folder = make_unfinished(room.root / "begun", config)
    room.open().until("Not complete yet: 1 shard", "Finished last")
    room.qtbot.waitUntil(lambda: room.page._panel.settings.source.folder.good)
    room.page._on_settings()
    assert room.scan.asked == []
    room.button("Continue").click()
    room.qtbot.waitUntil(lambda: len(room.prepare.asked) == 1)
    assert room.prepare.asked[0] == (config, folder)


def test_a_damaged_dataset_is_told(room: Room) -> None:
    (make_dataset(room.root / "set").folder / INFO).write_text("{")
    room.open()
    assert "Make a dataset" in room.words
    room.page._datasets.view.mark(room.root / "set")
    room.until("dataset.json is damaged")
    assert not room.button("Train on this").isVisible()


def test_a_dataset_that_lies_elsewhere_is_remembered(room: Room, tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "away").folder
    room.open().page._take(folder)
    room.until("6 clips, 2 s long")
    assert room.settings.read("data/others", []) == [str(folder)]
    room.qtbot.waitUntil(lambda: room.page._datasets.view.model().rowCount() == 1)
    room.open().until("6 clips, 2 s long")


def test_a_dataset_whose_index_is_gone_is_told(room: Room) -> None:
    (make_dataset(room.root / "set").folder / "index.csv").unlink()
    room.open().until("index.csv is missing or damaged")
    assert room.page.state.phase == "failed"


def test_a_folder_is_browsed_for(room: Room, monkeypatch: Any) -> None:
    room.open()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    room.button("Choose a folder…").click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(room.videos))
    room.button("Choose a folder…").click()
    room.qtbot.waitUntil(lambda: len(room.scan.asked) == 1)


def test_another_root_is_remembered(room: Room, tmp_path: Path) -> None:
    make_dataset(tmp_path / "others" / "set")
    room.open()
    with room.qtbot.waitSignal(room.page._datasets.listed):
        room.named(QLineEdit, "Folder of the datasets").setText(str(tmp_path / "others"))
        room.qtbot.waitUntil(lambda: room.settings.read("data/root", "") == str(tmp_path / "others"))
    assert room.page._datasets.view.model().rowCount() == 1


def test_closing_stops_what_is_under_way(room: Room) -> None:
    room.open().start()
    room.qtbot.waitUntil(lambda: len(room.prepare.asked) == 1)
    room.prepare.put(StageProgress("Cutting clips", 1, 2, 1.0, 1.0))
    room.page.close_work()
    assert room.prepare.closed == 1
    assert not room.page.preparing


def test_a_dataset_in_the_trash_is_in_view_no_longer(room: Room, tmp_path: Path) -> None:
    away = make_dataset(tmp_path / "away").folder
    make_dataset(room.root / "set")
    room.open().until("6 clips, 2 s long")
    room.page._take(away)
    room.qtbot.waitUntil(lambda: room.page._datasets.view.model().rowCount() == 2)
    room.page._datasets.leave_out(away)
    assert room.settings.read("data/others", []) == []
    assert room.page._dataset == room.root / "set"
    room.page._datasets.leave_out(room.root / "set")
    assert "Make a dataset" in room.words
    assert room.page.state.phase == "new"
