"""A room with the real page, session and playhead, and a scripted worker."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from f2v_app.app import Studio
from f2v_app.pages.generate import GeneratePage
from f2v_app.playhead import Playhead
from f2v_app.samples import Picture, Sample, list_samples
from f2v_app.session import Session
from f2v_app.settings import Settings
from f2v_app.worker_link import WorkerLink
from f2v_core.config import train_preset
from f2v_core.library import ModelCard
from f2v_core.media.images import write_png
from f2v_core.results.store import ResultStore
from tests.fakes import FakeWorkers


class Room:
    """A Generate page and all that it stands on."""

    def __init__(self, qtbot, folder: Path, samples: list[Sample]) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.workers = FakeWorkers()
        self.link = WorkerLink(self.workers)
        self.session, self.playhead = Session(), Playhead()
        self.session.results = ResultStore(folder / "results", 200_000_000)
        self.settings = Settings(folder / "window.ini")
        self.page = GeneratePage(self.session, self.link, self.playhead, self.settings, samples)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 640)

    def picture_file(self, name: str, size: tuple[int, int] = (16, 12), value: int = 0) -> Path:
        path = self.folder / name
        write_png(path, np.full((size[1], size[0], 3), value, np.uint8))
        return path

    def lay_pictures(self) -> None:
        for slot, value in (("first", 10), ("last", 250)):
            frame = np.full((12, 16, 3), value, np.uint8)
            self.session.set_picture(slot, Picture(f"{slot}.png", frame))

    def generate(self) -> None:
        with self.qtbot.waitSignal(self.page.generated):
            self.page.generate()

    def drop(self, *paths: Path) -> None:
        """Drop files somewhere on the page."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, mime, buttons, modifiers)
        self.page.dragEnterEvent(enter)
        assert enter.isAccepted()
        self.page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, modifiers))


def card(name: str, kind: str) -> ModelCard:
    return ModelCard(name, train_preset(kind, "motion"), "2026-01-01", 0.5)


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """One model of each kind, whatever lies in the real library."""
    cards = [card("cvae", "cvae"), card("cgan", "cgan")]
    monkeypatch.setattr("f2v_app.pages.generate.defaults_first", lambda: (cards, []))


@pytest.fixture
def room(qtbot, tmp_path: Path) -> Iterator[Room]:
    made = Room(qtbot, tmp_path, list_samples()[:1])
    yield made
    made.playhead.pause()
    made.link.close()


@pytest.fixture
def workers() -> FakeWorkers:
    return FakeWorkers()


@pytest.fixture
def studio(qtbot, workers: FakeWorkers) -> Iterator[Studio]:
    made = Studio(workers)
    qtbot.addWidget(made.window)
    yield made
    made.close()
