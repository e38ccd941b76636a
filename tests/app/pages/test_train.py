import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from f2v_app.pages import train
from f2v_app.pages.train import TrainPage
from f2v_app.widgets import run_watcher
from f2v_core.config import train_preset
from f2v_core.errors import RunError
from f2v_core.library import find_model
from f2v_core.runs import open_run
from f2v_core.runs.state import HOST
from tests.app.made_runs import Starts, Trainer, make_run


class Room:
    """A page and what the tests look at."""

    def __init__(self, qtbot: Any, root: Path, videos: Path) -> None:
        self.qtbot, self.root, self.videos = qtbot, root, videos
        self.starts = Starts()
        self.page = TrainPage(root, start=self.starts, clock=lambda: datetime(2026, 11, 23, 12, 0))
        self.monitor = self.page._monitor
        qtbot.addWidget(self.page)

    def show(self) -> "Room":
        with self.qtbot.waitSignal(self.page._runs.listed), self.qtbot.waitExposed(self.page):
            self.page.show()
        return self

    def named(self, kind: type[QWidget], name: str) -> Any:
        return next(each for each in self.page.findChildren(kind) if each.accessibleName() == name)

    def button(self, name: str) -> QPushButton:
        return self.named(QPushButton, name)  # type: ignore[no-any-return]

    def offered(self) -> set[str]:
        """The buttons and the lines of the header's menu that can be pressed."""
        header = self.monitor.header
        shown = {each.text() for each in header._buttons.values() if not each.isHidden() and each.isEnabled()}
        return shown | {each.text() for each in header.actions_by_name.values() if each.isEnabled()}

    def action(self, text: str) -> QAction:
        return next(each for each in self.monitor.header.actions_by_name.values() if each.text() == text)

    @property
    def sentence(self) -> str:
        return self.named(QLabel, "State").text()  # type: ignore[no-any-return]

    @property
    def words(self) -> str:
        return " ".join(each.text() for each in self.page.findChildren(QLabel) if not each.isHidden())

    def says(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.sentence)

    def start(self) -> Trainer:
        settings = self.page._panel.settings
        with self.qtbot.waitSignal(settings.data.checked):
            settings.data.set_path(str(self.videos))
        with self.qtbot.waitSignal(self.page._commands.done):
            self.button("Start training").click()
        return self.starts.last


@pytest.fixture
def room(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(run_watcher, "LOOK_S", 0.01)
    monkeypatch.setattr(train, "LIST_MS", 20)
    videos = tmp_path / "videos"
    videos.mkdir()
    (videos / "a.mp4").write_bytes(b"video")
    made = Room(qtbot, tmp_path / "runs", videos)
    yield made
    made.page._watcher.stop()


def test_without_runs_it_says_what_to_do(room: Room) -> None:
    room.show()
    assert "Choose a folder of short videos on the left" in room.words
    assert not room.page.training
    assert room.page.state is None
    assert room.page.trainings() == []


def test_start_without_videos_asks_for_them(room: Room) -> None:
    room.show()
    room.button("Start training").click()
    assert room.starts.trainers == []
    assert "Choose a folder first." in room.words


def test_start_makes_a_run_and_watches_it(room: Room) -> None:
    trainer = room.show().start()
    assert open_run(trainer.run.folder).config == train_preset("cvae", "motion", data=str(room.videos))
    assert trainer.run.folder == room.root / "cvae-motion-2026-11-23-1"
    room.says("Starting: a process of its own is loading.")
    assert room.page.training
    assert room.page.trainings() == [trainer.run]
    assert room.offered() == {"Duplicate with changes"}
    assert room.page._panel.settings.run_folder.name == "cvae-motion-2026-11-23-2"
    room.qtbot.waitUntil(lambda: "another training beside it makes both slower" in room.words)


def test_a_start_that_fails_is_told_where_it_was_asked(room: Room) -> None:
    room.show()
    room.starts.error = RunError("No room.", "Make some.")
    settings = room.page._panel.settings
    with room.qtbot.waitSignal(settings.data.checked):
        settings.data.set_path(str(room.videos))
    with room.qtbot.waitSignal(room.page._commands.failed):
        room.button("Start training").click()
    assert "⚠ No room. Make some." in room.words
    assert room.button("Start training").isEnabled()


def test_shows_a_training_as_it_goes(room: Room) -> None:
    trainer = room.show().start()
    trainer.say("preparing", stage="Reading videos", done=12, total=56, left_s=22.0)
    room.says("Reading videos: 12 of 56, 22 s left.")
    assert room.offered() == {"Pause", "Stop and keep", "Cancel and discard…", "Duplicate with changes"}
    trainer.train(250, 500).save(500, ratio=0.9).sample(250).sample(500)
    room.says("Training: step 500 of 4000, 2 steps/s, 1 min left.")
    assert room.offered() > {"Pause", "Stop and keep", "Save a checkpoint now", "Make samples now"}
    assert room.named(QProgressBar, "Training progress").value() == 125
    log = room.named(QPlainTextEdit, "Log")
    room.qtbot.waitUntil(lambda: "Checkpoint at step 500." in log.toPlainText())
    room.qtbot.waitUntil(lambda: "Samples at step 500: 0.950 of linear's distance" in room.words)
    history = room.monitor.curves.history
    assert history.series["loss"].raw.tolist() == [2, 2]
    assert history.steps.tolist() == [250, 500]
    assert [each.step for each in room.monitor.curves.view.marks] == [500]


@pytest.mark.parametrize(
    ("name", "kind", "ending"),
    [("Pause", "pause", "paused"), ("Stop and keep", "stop", "stopped")],
)
def test_pause_and_stop_are_asked_of_the_trainer(room: Room, name: str, kind: str, ending: Any) -> None:
    trainer = room.show().start().train(120)
    room.says("Training")
    room.button(name).click()
    assert not room.button(name).isEnabled()
    room.qtbot.waitUntil(lambda: trainer.requests() == [kind])
    trainer.save(120).say(ending, step=120)
    room.says(f"{ending.capitalize()} at step 120 of 4000")
    assert not room.page.training
    room.button("Resume").click()
    room.qtbot.waitUntil(lambda: len(room.starts.trainers) == 2)
    room.says("Starting")


@pytest.mark.parametrize(
    ("name", "kind"), [("Save a checkpoint now", "save"), ("Make samples now", "sample")]
)
def test_save_and_sample_are_asked_of_the_trainer(room: Room, name: str, kind: str) -> None:
    trainer = room.show().start().train(120)
    room.says("Training")
    room.action(name).trigger()
    room.qtbot.waitUntil(lambda: trainer.requests() == [kind])


def test_samples_can_be_asked_for_where_they_are(room: Room) -> None:
    trainer = room.show().start().train(120)
    room.says("Training")
    room.button("Sample now").click()
    assert not room.button("Sample now").isEnabled()
    room.qtbot.waitUntil(lambda: trainer.requests() == ["sample"])
    trainer.say("paused")
    room.says("Paused")
    assert room.button("Sample now").isHidden()


@pytest.mark.parametrize("answer", ["Discard", "Keep training"])
def test_discard_asks_first(room: Room, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    def press(box: QMessageBox) -> None:
        next(each for each in box.buttons() if each.text() == answer).click()

    monkeypatch.setattr(QMessageBox, "exec", press)
    trainer = room.show().start().train(120)
    room.says("Training")
    room.action("Cancel and discard…").trigger()
    if answer == "Keep training":
        assert room.action("Cancel and discard…").isEnabled()
        return
    room.qtbot.waitUntil(lambda: trainer.requests() == ["discard"])
    shutil.rmtree(trainer.run.folder)
    room.qtbot.waitUntil(lambda: room.page.state is None)
    assert room.monitor.currentIndex() == 0
    room.qtbot.waitUntil(lambda: not room.page.training)


def test_a_request_that_nobody_answers_is_told(room: Room) -> None:
    trainer = room.show().start().train(120)
    room.says("Training")
    trainer.say("paused")
    room.says("Paused")
    with room.qtbot.waitSignal(room.page._commands.failed):
        room.page._on_wanted("save")
    assert "Nobody trains" in room.words


def test_a_finished_run_has_nothing_to_resume(room: Room) -> None:
    trainer = room.show().start().train(10, 4000).save(4000)
    trainer.say("finished", step=4000)
    room.says("Finished all 4000 steps; nothing is running.")
    assert room.offered() == {"Duplicate with changes"}
    assert "About 33 min at 2 steps/s" in room.words


def test_a_failure_stands_with_its_remedy_details_and_offer(room: Room) -> None:
    trainer = room.show().start().save(500)
    trainer.say(
        "failed",
        step=520,
        error="The loss is not a number.",
        remedy="Lower the rate.",
        details="Traceback",
        offer={"learning_rate": 0.001},
    )
    room.says("Failed at step 520 of 4000; the checkpoint of step 500 is kept.")
    assert "⚠ The loss is not a number. Lower the rate." in room.words
    room.button("Copy details").click()
    assert QGuiApplication.clipboard().text() == "Traceback"
    room.button("Resume with learning rate 0.001").click()
    room.says("Starting")
    assert open_run(trainer.run.folder).config.learning_rate == 0.001
    assert "⚠" not in room.words


def test_an_interrupted_run_can_go_on(room: Room) -> None:
    trainer = make_run(room.root).save(500)
    trainer.say("training", step=700, host=HOST)
    room.show()
    room.says("Interrupted: the process that trained is gone; the checkpoint of step 500 of 4000 is kept.")
    assert "Resume" in room.offered()


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
    assert settings.form.changes() == {"learning_rate": 0.005}
    assert settings.expert.button.isChecked()
    assert settings.run_folder.name == "cgan-recurrent-2026-11-23-1"


def test_choosing_a_run_shows_its_past(room: Room) -> None:
    for name in ("one", "two"):
        make_run(room.root, name).train(10, **{name: 1.0}).say("paused")
    room.show()
    runs = room.named(QListWidget, "Runs")
    for line in range(2):
        runs.setCurrentRow(line)
        name = runs.item(line).text()
        room.qtbot.waitUntil(lambda name=name: list(room.monitor.curves.history.series) == [name])


def test_ticked_runs_lie_over_the_shown_one(room: Room) -> None:
    for name in ("one", "two"):
        make_run(room.root, name).train(10, 20).say("paused")
    room.show()
    room.says("Paused")
    runs = room.named(QListWidget, "Runs")
    shown = next(line for line in range(2) if runs.item(line).isSelected())
    place = runs.visualItemRect(runs.item(1 - shown))
    room.qtbot.mouseClick(
        runs.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.right() - 14, place.center().y())
    )
    assert runs.item(1 - shown).checkState() == Qt.CheckState.Checked
    assert runs.item(shown).isSelected()
    view = room.monitor.curves.view
    room.qtbot.waitUntil(lambda: len(view.runs) == 2)
    assert view.runs[1].name == runs.item(1 - shown).text()
    assert view.runs[1].history.steps.tolist() == [10, 20]
    runs.item(1 - shown).setCheckState(Qt.CheckState.Unchecked)
    room.qtbot.waitUntil(lambda: len(view.runs) == 1)


def test_the_list_follows_runs_that_others_train(room: Room) -> None:
    first = make_run(room.root, "first").say("paused")
    room.show()
    runs = room.named(QListWidget, "Runs")
    first.train(30)
    room.qtbot.waitUntil(lambda: runs.item(0).data(0x101) == "Training, 30 of 4000")
    assert room.page.training
    make_run(room.root, "second")
    room.qtbot.waitUntil(lambda: runs.count() == 2)
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
