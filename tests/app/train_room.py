"""A Train page whose jobs are scripted, and what its tests look at."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from f2v_app.pages.train import TrainPage
from f2v_core.library import ModelCard, write_card
from f2v_core.messages import Command, Event, Train
from f2v_core.runs import Run, create_run


class ScriptedLink(QObject):
    """Takes jobs and reports what the test tells it to."""

    reported = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[Command] = []
        self.cancelled = 0

    def start_job(self, make: Callable[[int], Command]) -> int:
        self.commands.append(make(len(self.commands) + 1))
        return len(self.commands)

    def cancel(self) -> None:
        self.cancelled += 1

    def tell(self, *events: Event) -> None:
        for event in events:
            self.reported.emit(len(self.commands), event)


class Room:
    """A page with its link and what the tests look at."""

    def __init__(self, qtbot: Any, root: Path, videos: Path) -> None:
        self.qtbot, self.root, self.videos = qtbot, root, videos
        self.link = ScriptedLink()
        self.page = TrainPage(self.link, root, clock=lambda: datetime(2026, 11, 23, 12, 0))  # type: ignore[arg-type]
        qtbot.addWidget(self.page)

    def show(self) -> "Room":
        with self.qtbot.waitSignal(self.page._runs.listed), self.qtbot.waitExposed(self.page):
            self.page.show()
        return self

    def named(self, kind: type[QWidget], name: str) -> Any:
        return next(each for each in self.page.findChildren(kind) if each.accessibleName() == name)

    def button(self, name: str) -> QPushButton:
        return self.named(QPushButton, name)  # type: ignore[no-any-return]

    @property
    def sentence(self) -> str:
        return self.named(QLabel, "State").text()  # type: ignore[no-any-return]

    @property
    def words(self) -> str:
        return " ".join(each.text() for each in self.page.findChildren(QLabel) if not each.isHidden())

    def start(self) -> Train:
        settings = self.page._panel.settings
        with self.qtbot.waitSignal(settings.data.checked):
            settings.data.set_path(str(self.videos))
        self.button("Start training").click()
        command = self.link.commands[-1]
        assert isinstance(command, Train)
        return command

    def make_run(self, command: Train) -> Run:
        """What the worker does at its start."""
        return create_run(Path(command.run), command.config)


def save(run: Run, step: int) -> Run:
    folder = run.checkpoint_folder(step) / "model"
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(b"weights")
    write_card(folder, ModelCard("x", run.config, "2026-11-23T12:00:00", 0.0))
    return run
