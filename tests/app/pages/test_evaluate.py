from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QPushButton

from f2v_app.pages.evaluate import EvaluatePage
from f2v_app.settings import Settings
from f2v_app.widgets.report_export import EXPORTS
from f2v_app.worker_link import WorkerLink
from f2v_core.config import EvaluateConfig, train_preset
from f2v_core.errors import F2vError, ModelError
from f2v_core.evaluation.report import TABLE, write_report
from f2v_core.library import ModelCard, embedded_folder
from f2v_core.messages import (
    Cancel,
    Command,
    Evaluate,
    EvaluationReady,
    Event,
    JobFailed,
    Notice,
    StageProgress,
)
from tests.app.made_datasets import make_dataset
from tests.app.made_reports import made_report
from tests.fakes import FakeWorkers

HTML, TABLE_CSV, _, _, PICTURES = EXPORTS


class Room:
    """A page on a folder of datasets and reports, with a scripted worker."""

    def __init__(self, qtbot: Any, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.datasets, self.reports = folder / "datasets", folder / "evaluations"
        self.events: list[Event] = []
        self.workers = FakeWorkers(self.script)
        self.link = WorkerLink(self.workers)
        self.settings = Settings(folder / "window.ini")
        self.settings.write("data/root", str(self.datasets))
        self.settings.write("evaluate/exports", str(folder))

    def script(self, command: Command) -> Iterator[Event]:
        """One stage, and what `events` holds once the test, or Cancel, says that it may go on."""
        assert isinstance(command, Evaluate)
        yield StageProgress("Measuring linear", 1, 6, 2.0, 2.5)
        assert self.workers.last.resumed.wait(10)
        yield from self.events

    def go_on(self, *events: Event) -> None:
        self.events = list(events)
        self.workers.last.resumed.set()

    def make_report(self, name: str = "room-val-20261123-140500") -> Path:
        folder = self.reports / name
        folder.mkdir(parents=True)
        write_report(folder, made_report())
        return folder

    def open(self) -> "Room":
        self.page = EvaluatePage(self.link, self.settings, reports_root=self.reports)
        self.qtbot.addWidget(self.page)
        self.page.resize(1280, 680)
        reports, datasets = self.page._panel.reports.listed, self.page._datasets.answered
        with self.qtbot.waitSignals([reports, datasets]):
            self.page.show()
        return self

    def until(self, *said: str) -> None:
        self.qtbot.waitUntil(lambda: all(each in self.words for each in said))

    @property
    def words(self) -> str:
        return " ".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def button(self, name: str) -> QPushButton:
        return next(each for each in self.page.findChildren(QPushButton) if each.accessibleName() == name)

    def start(self) -> None:
        self.qtbot.waitUntil(lambda: self.page._panel.settings.dataset.candidate is not None)
        self.button("Evaluate").click()


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch) -> list[F2vError]:
    """One embedded model; what the test adds to the list is wrong with others."""
    problems: list[F2vError] = []
    card = ModelCard(
        "cvae", train_preset("cvae", "motion"), "2026-01-01", 0.5, folder=embedded_folder() / "cvae"
    )
    monkeypatch.setattr("f2v_app.pages.evaluate.list_models", lambda: ([card], problems))
    return problems


@pytest.fixture
def room(qtbot: Any, tmp_path: Path) -> Iterator[Room]:
    made = Room(qtbot, tmp_path)
    make_dataset(made.datasets / "room")
    yield made
    made.link.close()


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


def test_a_damaged_model_is_told(room: Room, library: list[F2vError]) -> None:
    library.append(ModelError("mine is damaged.", "Import it again."))
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
    assert command.config == EvaluateConfig(data=str(room.datasets / "room"), split="test", models="cvae")
    assert "Evaluating room" in room.words


def test_its_report_is_shown_in_the_end(room: Room) -> None:
    room.open().start()
    room.until("Measuring linear")
    folder = room.make_report()
    room.go_on(Notice("Kept for the next time."), EvaluationReady(str(folder)))
    room.until("room · val", "31 clips of 7 videos", "Done in")
    assert room.page._centre.showing_report
    assert room.button("Evaluate").isVisible()
    marked = room.page._panel.reports._list.selectedItems
    room.qtbot.waitUntil(lambda: [item.text() for item in marked()] == ["room · val"])


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
    shown.until("⚠")  # the made report names sheets that it does not have
    assert not (tmp_path / "room-val-pictures-2").exists()
    for wanted in (PICTURES, HTML):
        assert export(shown, monkeypatch, wanted, "")


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
