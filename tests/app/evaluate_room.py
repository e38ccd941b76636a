"""An Evaluate page on a folder of datasets and reports, with a scripted worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from f2v_app.pages.evaluate import EvaluatePage
from f2v_app.settings import Settings
from f2v_app.worker_link import WorkerLink
from f2v_core.config import train_preset
from f2v_core.errors import F2vError
from f2v_core.evaluation.report import write_report
from f2v_core.library import ModelCard, embedded_folder
from f2v_core.messages import Command, Evaluate, Event, StageProgress
from tests.app.made_datasets import make_dataset
from tests.app.made_reports import made_report
from tests.fakes import FakeWorkers


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


def use_library(monkeypatch: pytest.MonkeyPatch, problems: list[F2vError]) -> None:
    """One embedded model, whatever lies in the real library; `problems` are of others."""
    config = train_preset("cvae", "motion")
    card = ModelCard("cvae", config, "2026-01-01", 0.5, folder=embedded_folder() / "cvae")
    monkeypatch.setattr("f2v_app.pages.evaluate.list_models", lambda: ([card], problems))


def room_with_dataset(qtbot: Any, folder: Path) -> Iterator[Room]:
    made = Room(qtbot, folder)
    make_dataset(made.datasets / "room")
    yield made
    made.link.close()
