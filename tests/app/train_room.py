"""A Train page over a folder of runs that are written by hand, and what the tests look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from f2v_app.pages import train
from f2v_app.pages.train import TrainPage
from f2v_app.widgets import run_watcher
from tests.app.made_runs import Starts, Trainer


class TrainRoom:
    """A page and what the tests look at."""

    def __init__(self, qtbot: Any, root: Path, videos: Path) -> None:
        self.qtbot, self.root, self.videos = qtbot, root, videos
        self.starts = Starts()
        self.page = TrainPage(root, start=self.starts, clock=lambda: datetime(2026, 11, 23, 12, 0))
        self.monitor = self.page._monitor
        qtbot.addWidget(self.page)

    def show(self) -> "TrainRoom":
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


@contextmanager
def train_room(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TrainRoom]:
    """A room whose page looks often."""
    monkeypatch.setattr(run_watcher, "LOOK_S", 0.01)
    monkeypatch.setattr(train, "LIST_MS", 20)
    videos = tmp_path / "videos"
    videos.mkdir()
    (videos / "a.mp4").write_bytes(b"video")
    made = TrainRoom(qtbot, tmp_path / "runs", videos)
    yield made
    made.page._watcher.stop()
