from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from f2v_app import theme
from f2v_core.config import EvaluateConfig
from f2v_core.errors import F2vError, ModelError
from f2v_core.evaluation.report import write_report
from f2v_core.messages import Cancel, EvaluationReady, JobFailed, Notice, StageProgress
from tests.app.evaluate_room import Room, room_with_dataset, use_library
from tests.app.made_datasets import make_dataset
from tests.app.made_reports import made_report


@pytest.fixture(autouse=True)
def problems(monkeypatch: pytest.MonkeyPatch) -> list[F2vError]:
    """What is wrong with other models."""
    found: list[F2vError] = []
    use_library(monkeypatch, found)
    return found


@pytest.fixture
def room(qtbot: Any, tmp_path: Path) -> Iterator[Room]:
    yield from room_with_dataset(qtbot, tmp_path)


def test_without_a_dataset_it_offers_to_make_one(qtbot: Any, tmp_path: Path) -> None:
    room = Room(qtbot, tmp_path).open()
    room.until("There is none yet", "Reports are kept here.", "Nothing is running.")
    with qtbot.waitSignal(room.page.data_wanted):
        room.button("Make a dataset").click()
    room.button("Evaluate").click()
    assert "Choose a dataset first." in room.words


def test_with_a_dataset_it_says_what_to_do(room: Room) -> None:
    room.open().until("Choose a dataset on the left and press Evaluate.")
    assert not room.button("Make a dataset").isVisible()


def test_a_damaged_model_is_told(room: Room, problems: list[F2vError]) -> None:
    problems.append(ModelError("mine is damaged.", "Import it again."))
    room.open().until("⚠ mine is damaged. Import it again.")


def test_an_evaluation_is_shown_as_it_goes(room: Room) -> None:
    room.open().start()
    room.until("Evaluating room · test", "Measuring linear: 1 of 6", "2.5 s left")
    assert room.page.evaluating
    assert not room.page._panel.settings.isEnabled()
    assert not room.button("Evaluate").isVisible()
    room.button("Evaluate").click()  # as Ctrl+Return does
    room.page.hide()
    room.page.show()
    (command,) = room.workers.last.sent
    assert command.config == EvaluateConfig(data=str(room.datasets / "room"), split="test", models=("cvae",))
    assert "Evaluating room" in room.words


def test_its_report_is_shown_in_the_end(room: Room) -> None:
    room.open().start()
    room.until("Measuring linear")
    folder = room.make_report()
    room.go_on(Notice("Kept for the next time."), EvaluationReady(str(folder)))
    room.until("room · val", "31 clips of 7 videos", "Done in")
    assert room.page._centre.showing_report
    assert room.button("Evaluate").isVisible()
    marked = room.page._panel.reports.view.selectionModel().selectedIndexes
    room.qtbot.waitUntil(lambda: [row.data() for row in marked()] == ["room · val"])


def test_it_can_be_cancelled(room: Room) -> None:
    room.open().start()
    room.until("Measuring linear")
    room.page.activateWindow()
    room.button("Cancel").setFocus()
    room.qtbot.waitUntil(room.button("Cancel").hasFocus)
    room.button("Cancel").click()
    assert not room.button("Cancel").isEnabled()
    room.until("Cancelled after", "Choose a dataset on the left")
    assert room.button("Evaluate").hasFocus()
    assert any(isinstance(each, Cancel) for each in room.workers.last.sent)
    assert not room.page.evaluating
    room.page.cancel()


def test_a_failure_is_told_where_the_report_would_be(room: Room) -> None:
    room.open().start()
    room.until("Measuring linear")
    room.page._on_reported(room.page._job, JobFailed("No such device.", "Choose cpu."))
    room.until("The evaluation stopped", "⚠ No such device. Choose cpu.")


def test_a_failure_leaves_the_report_in_view(room: Room) -> None:
    room.make_report()
    room.open().until("31 clips of 7 videos")
    room.start()
    room.until("Measuring linear")
    assert room.page._centre.showing_report
    room.workers.last.die()
    room.until("The worker process died.", "31 clips of 7 videos")


def test_events_of_other_jobs_are_passed_over(room: Room) -> None:
    room.open().page._on_reported(7, StageProgress("Measuring", 1, 2, 1.0, 1.0))
    assert "Measuring" not in room.words


def test_the_newest_report_is_in_view_at_first(room: Room) -> None:
    room.make_report()
    room.open().until("room · val", "Closer to the real clips")


def test_the_report_is_drawn_anew_when_light_turns_dark(room: Room) -> None:
    room.make_report()
    room.open().until("31 clips of 7 videos")
    charts = room.page._centre.view.charts
    before, app = charts._views, QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        theme.dress(app, theme.DARK)
        assert charts._views is not before
    finally:
        theme.dress(app, theme.LIGHT)


def test_a_damaged_report_is_told(room: Room) -> None:
    (room.make_report() / "report.json").write_text("{")
    room.open().until("This report cannot be shown", "is damaged", "Evaluate again.")


def test_a_training_is_told_beside_the_button(room: Room) -> None:
    room.open().page.show_training(running=True)
    assert "A training is running" in room.words
    room.page.show_training(running=False)
    assert "A training is running" not in room.words


def test_what_is_dropped_is_shown_or_chosen(room: Room, tmp_path: Path) -> None:
    room.open()
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    write_report(outside, made_report())
    drop(room, outside)
    room.until("31 clips of 7 videos")
    other = make_dataset(tmp_path / "other").folder
    drop(room, other)
    assert room.page._panel.settings.dataset.folder == other
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").write_text("{")
    drop(room, tmp_path / "run")
    room.until("is damaged")
    room.start()
    drop(room, room.datasets / "room")
    room.until("Wait for the evaluation")
    assert room.page._panel.settings.dataset.folder == other


def drop(room: Room, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    room.page._drop.eventFilter(
        room.page,
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )


def test_a_report_in_the_trash_is_in_view_no_longer(room: Room) -> None:
    folder = room.make_report()
    room.open().until("31 clips of 7 videos")
    room.page._panel.reports.leave_out(folder)
    room.until("Choose a dataset on the left and press Evaluate.")
    assert room.page._centre.view.folder is None


def test_what_is_under_way_is_told_where_its_report_was(room: Room) -> None:
    folder = room.make_report()
    room.open().until("31 clips of 7 videos")
    room.start()
    room.until("Measuring linear")
    room.page._panel.reports.leave_out(folder)
    room.until("Evaluating room · test")
