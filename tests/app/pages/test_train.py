from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar

from f2v_core.config import train_preset
from f2v_core.errors import RunError
from f2v_core.library import find_model
from f2v_core.messages import (
    CheckpointSaved,
    JobCancelled,
    JobDone,
    JobFailed,
    JobStarted,
    Notice,
    Preview,
    StageProgress,
    Train,
    TrainProgress,
)
from f2v_core.runs import append_history, create_run, open_run
from tests.app.train_room import Room, save

SHEET = np.full((4, 6, 3), 99, np.uint8)


@pytest.fixture
def room(qtbot: Any, tmp_path: Path) -> Room:
    videos = tmp_path / "videos"
    videos.mkdir()
    (videos / "a.mp4").write_bytes(b"video")
    return Room(qtbot, tmp_path / "runs", videos)


def progress(step: int) -> TrainProgress:
    return TrainProgress(step, 3000, {"loss": 1000.0 / step}, 2.1, (3000 - step) / 2.1, step / 2.1)


def test_without_runs_it_says_what_to_do(room: Room) -> None:
    room.show()
    assert "Choose a folder of short videos on the left" in room.words
    assert room.button("Stop and keep").isHidden()
    assert not room.page.training


def test_start_without_videos_asks_for_them(room: Room) -> None:
    room.show()
    room.button("Start training").click()
    assert room.link.commands == []
    assert "Choose a folder first." in room.words


def test_start_sends_the_settings(room: Room) -> None:
    command = room.show().start()
    assert command.config == train_preset("cvae", "motion", data=str(room.videos))
    assert Path(command.run) == room.root / "cvae-motion-2026-11-23-1"
    assert not command.resume
    assert room.page.training
    assert room.sentence == "Starting: the worker process is loading."
    assert room.button("Start training").isHidden()
    assert not room.button("Stop and keep").isHidden()


def test_shows_a_training_as_it_goes(room: Room) -> None:
    room.show().start()
    room.link.tell(JobStarted(), StageProgress("Reading videos", 12, 56, 2.0, 22.0))
    assert room.sentence == "Reading videos: 12 of 56, 22 s left."
    room.link.tell(Notice("Skipped: b.mp4."), progress(120), Preview(250, SHEET), CheckpointSaved(500, "x"))
    room.link.tell(progress(510))
    assert room.sentence == "Training: step 510 of 3000, 2.1 steps/s, 20 min left."
    assert room.named(QProgressBar, "Training progress").value() == 170
    assert room.page._monitor.sheet.image.width() == 6
    assert "Preview at step 250" in room.words
    log = room.named(QPlainTextEdit, "Log").toPlainText()
    assert log == "12:00:00  Skipped: b.mp4.\n12:00:00  Checkpoint at step 500."
    curves = room.page._monitor.curves
    room.qtbot.waitUntil(lambda: curves.plot is not None and list(curves.plot._curves) == ["loss"])
    assert curves.history.series["loss"].steps.tolist() == [120, 510]


def test_a_preview_can_be_enlarged_and_follows_the_training(room: Room) -> None:
    room.show().start()
    enlarge = room.button("Enlarge the preview")
    assert enlarge.isHidden()
    room.link.tell(Preview(250, SHEET))
    enlarge.click()
    window = room.page._monitor._window
    assert window.isVisible()
    assert window.sheet.image == room.page._monitor.sheet.image
    room.link.tell(Preview(500, SHEET // 2))
    assert window.sheet.image.pixelColor(0, 0).red() == 49
    window.close()


def test_curves_wait_for_the_page_to_be_seen(room: Room) -> None:
    room.start()
    room.link.tell(progress(10))
    assert room.page._monitor.curves.plot is None
    room.show()
    assert room.page._monitor.curves.history.last_step == 10


def test_stop_keeps_a_checkpoint_and_the_run_can_be_resumed(room: Room) -> None:
    run = room.make_run(room.show().start())
    room.link.tell(progress(120))
    room.button("Stop and keep").click()
    assert room.link.cancelled == 1
    assert room.sentence == "Stopping: the checkpoint is being saved."
    assert not room.button("Stop and keep").isEnabled()
    save(run, 123)
    with room.qtbot.waitSignal(room.page._runs.listed):
        room.link.tell(JobCancelled())
    assert room.sentence == "Stopped at step 123 of 4000; nothing is running."
    assert not room.page.training
    room.button("Resume").click()
    assert room.link.commands[-1] == Train(2, run.config, str(run.folder), resume=True)
    assert room.page.state.step == 123


def test_a_finished_run_has_nothing_to_resume(room: Room) -> None:
    run = room.make_run(room.show().start())
    save(run, 4000)
    with room.qtbot.waitSignal(room.page._runs.listed):
        room.link.tell(progress(4000), JobDone())
    assert room.sentence == "Finished all 4000 steps; nothing is running."
    assert room.button("Resume").isHidden()
    assert "About 32 min at 2.1 steps/s" in room.words
    assert room.page._panel.settings.run_folder.name == "cvae-motion-2026-11-23-2"


def test_use_this_model_adds_it_to_the_library(room: Room) -> None:
    run = room.make_run(room.show().start())
    save(run, 3000)
    with room.qtbot.waitSignal(room.page._runs.listed):
        room.link.tell(JobDone())
    use = room.button("Use this model")
    with room.qtbot.waitSignal(room.page.model_added) as added:
        use.click()
    assert added.args == ["cvae-motion-2026-11-23-1"]
    assert find_model("cvae-motion-2026-11-23-1").kind == "cvae"
    assert room.sentence == "Added to the library as cvae-motion-2026-11-23-1."
    assert (use.text(), use.isEnabled()) == ("In the library", False)


def test_a_damaged_model_is_told_in_words(room: Room) -> None:
    run = room.make_run(room.show().start())
    run.checkpoint_folder(3000).mkdir(parents=True)
    with room.qtbot.waitSignal(room.page._runs.listed):
        room.link.tell(JobDone())
    room.button("Use this model").click()
    room.qtbot.waitUntil(lambda: "holds no model" in room.words)


def test_a_failure_stands_with_its_remedy_and_details(room: Room) -> None:
    run = save(room.make_run(room.show().start()), 500)
    with room.qtbot.waitSignal(room.page._runs.listed):
        room.link.tell(progress(520), JobFailed("The loss is not a number.", "Lower the rate.", "Traceback"))
    assert room.sentence == "Failed at step 520 of 4000; the checkpoint of step 500 is kept."
    assert "⚠ The loss is not a number. Lower the rate." in room.words
    room.button("Copy details").click()
    assert QGuiApplication.clipboard().text() == "Traceback"
    room.button("Resume").click()
    assert room.page.state.step == 500
    assert "⚠" not in room.words
    assert open_run(run.folder).config == run.config


def test_events_of_other_jobs_are_none_of_its_business(room: Room) -> None:
    room.show().start()
    room.link.reported.emit(99, progress(120))
    assert room.page.state.phase == "starting"


def test_begins_with_the_newest_run_and_its_videos(room: Room) -> None:
    config = train_preset("cgan", "motion", data=str(room.videos))
    run = save(create_run(room.root / "earlier", config), 1000)
    for step in (990, 1000):
        append_history(run, ("step", "loss", "seconds"), {"step": step, "loss": 2.0, "seconds": step / 4})
    with room.qtbot.waitSignal(room.page._reader.answered):
        room.show()
    assert room.sentence == "Stopped at step 1000 of 4000; nothing is running."
    assert room.page._panel.settings.data.path == str(room.videos)
    assert room.page._monitor.curves.history.last_step == 1000
    room.button("Resume").click()
    assert room.link.commands == [Train(1, config, str(run.folder), resume=True)]


def test_choosing_a_run_shows_its_past(room: Room) -> None:
    for name in ("one", "two"):
        append_history(
            create_run(room.root / name, train_preset("cvae", "motion")),
            ("step", name),
            {"step": 10, name: 1.0},
        )
    with room.qtbot.waitSignal(room.page._reader.answered):
        room.show()
    runs = room.page._runs.view
    room.page._runs.select(None)
    for line in range(2):
        with room.qtbot.waitSignal(room.page._reader.answered):
            runs.setCurrentIndex(runs.model().index(line, 0))
        assert list(room.page._monitor.curves.history.series) == [runs.model().index(line, 0).data()]


def test_other_runs_wait_while_one_trains(room: Room) -> None:
    create_run(room.root / "one", train_preset("cvae", "motion"))
    room.show().start()
    runs = room.page._runs.view
    runs.setCurrentIndex(runs.model().index(0, 0))
    assert runs.selectionModel().selectedIndexes() == []
    assert runs.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == (
        "Stop the training to look at other runs."
    )


def test_an_unreadable_past_is_told(room: Room) -> None:
    run = create_run(room.root / "one", train_preset("cvae", "motion"))
    room.show()
    (run.folder / "run.json").unlink()
    room.page._show_run(room.page._runs.row(run.folder))
    room.qtbot.waitUntil(lambda: "holds no training run" in room.words)


def test_the_run_that_is_trained_stays_also_before_its_worker_has_begun(room: Room) -> None:
    command = room.show().start()
    with pytest.raises(RunError, match="is being trained"):
        room.page._runs._check(Path(command.run))


def test_a_run_in_the_trash_is_in_view_no_longer(room: Room) -> None:
    run = save(create_run(room.root / "one", train_preset("cvae", "motion")), 500)
    room.show()
    room.page._runs.leave_out(run.folder)
    assert room.page.state.phase == "none"
    assert "Choose a folder of short videos on the left" in room.words
