"""A Data page with scripted works, and what its tests look at."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from f2v_app.pages.data import DataPage
from f2v_app.settings import Settings
from f2v_core.config import PrepareConfig
from f2v_core.messages import FolderScanned

FOUND = FolderScanned(
    "folders", "By source video.", {"train": {"erupting": 3, "skiing": 2}, "test": {"skiing": 1}}, 2, 5_000_000,
    (2.0, 30.0), ((640, 480), (1920, 1080)), (("broken.mp4", "It is no video."),),
)  # fmt: skip


class Script:
    """Stands in for a long work: gives what the test puts, an error is raised, None is the end."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.events: SimpleQueue[Any] = SimpleQueue()
        self.closed = 0

    def __call__(self, *arguments: Any) -> Iterator[object]:
        self.asked.append(arguments)
        try:
            while (event := self.events.get(timeout=10)) is not None:
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self.closed += 1

    def put(self, *events: Any) -> None:
        for event in events:
            self.events.put(event)


class Room:
    """A page with its works and what the tests look at."""

    def __init__(self, qtbot: Any, folder: Path) -> None:
        self.qtbot = qtbot
        self.videos, self.root = folder / "footage", folder / "datasets"
        self.videos.mkdir()
        self.settings = Settings(folder / "window.ini")
        self.settings.write("data/root", str(self.root))
        self.scan, self.prepare = Script(), Script()
        self.seconds = 0.0
        self.pages: list[DataPage] = []

    def open(self) -> "Room":
        self.page = DataPage(
            self.settings, scan=self.scan, prepare=self.prepare, clock=lambda: datetime(2026, 11, 23, 12, 0),
            ticks=lambda: self.seconds,
        )  # fmt: skip
        self.pages.append(self.page)
        self.qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        with self.qtbot.waitSignal(self.page._datasets.listed), self.qtbot.waitExposed(self.page):
            self.page.show()
        return self

    def close(self) -> None:
        for script in (self.scan, self.prepare):
            script.put(*[None] * 5)
        for page in self.pages:
            page.close_work()

    def named(self, kind: type[QWidget], name: str) -> Any:
        return next(each for each in self.page.findChildren(kind) if each.accessibleName() == name)

    def button(self, name: str) -> QPushButton:
        return self.named(QPushButton, name)  # type: ignore[no-any-return]

    @property
    def sentence(self) -> str:
        return self.named(QLabel, "State").text()  # type: ignore[no-any-return]

    @property
    def words(self) -> str:
        return " ".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def until(self, *said: str) -> None:
        self.qtbot.waitUntil(lambda: all(each in self.words for each in said))

    def choose_videos(self) -> None:
        """Take the folder and see what is in it."""
        self.page._take(self.videos)
        self.scan.put(FOUND, None)
        self.until("6 videos, 5 MB.")

    def start(self) -> Path:
        self.choose_videos()
        self.button("Prepare").click()
        return self.root / "footage"

    @property
    def config(self) -> PrepareConfig:
        return PrepareConfig(videos=str(self.videos))
