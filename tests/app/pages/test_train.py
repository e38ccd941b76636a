import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
)

from f2v_core.config import train_preset
from f2v_core.errors import RunError
from f2v_core.runs import open_run
from f2v_core.runs.state import HOST
from tests.app.made_runs import make_run
from tests.app.train_room import TrainRoom as Room
from tests.app.train_room import train_room


@pytest.fixture
def room(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with train_room(qtbot, tmp_path, monkeypatch) as made:
        yield made


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
    trainer.say("finished", step=4000, host=HOST, trained_s=2000.0, rate=0.0)
    room.says("Finished all 4000 steps; nothing is running.")
    assert room.offered() == {"Duplicate with changes"}
    assert "About 33 min on this machine" in room.words
    assert "Measured in your last run of this kind." in room.words


def test_a_run_on_another_machine_says_nothing_about_this_one(room: Room) -> None:
    trainer = room.show().start().train(10, 4000).save(4000)
    trainer.say("finished", step=4000, trained_s=2000.0, rate=0.0)
    room.says("Finished all 4000 steps; nothing is running.")
    assert "Measured in your last run" not in room.words


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


def test_the_run_that_is_trained_must_stay(room: Room) -> None:
    trainer = room.show().start()
    with pytest.raises(RunError, match="is being trained"):
        room.page._runs._check(trainer.run.folder)


def test_a_run_in_the_trash_is_in_view_no_longer(room: Room) -> None:
    trainer = make_run(room.root).save(500)
    room.show()
    room.says("Stopped")
    shutil.rmtree(trainer.run.folder)
    room.page._runs.leave_out(trainer.run.folder)
    assert room.page.state is None
    assert room.page._watcher._lookout is None
    assert room.monitor.currentIndex() == 0
    assert "Choose a folder of short videos on the left" in room.words
