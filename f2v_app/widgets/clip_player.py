"""Plays one clip at a time at its own rate; it is decoded when it is wanted."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from f2v_app.widgets.background import Background
from f2v_app.widgets.clip_table import Clips
from f2v_app.widgets.pictures import borrowed_image
from f2v_core.frames import Frame

REST_MS = 90
"""How long the pointer must rest on a clip: crossing the grid plays nothing."""


@dataclass(frozen=True, eq=False)
class _Reel:
    """A decoded clip: the row it belongs to, its frames, the time that each stays."""

    row: int
    frames: tuple[Frame, ...]
    delay_ms: int


class ClipPlayer(QObject):
    """The clip that moves.

    Signals:
        moved: the frame of this row is another one.
    """

    moved = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clips: Clips | None = None
        self._row, self._place = -1, 0
        self._reel: _Reel | None = None
        self._background = Background(self)
        self._background.answered.connect(self._on_answered)
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._load)
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._on_beat)

    @property
    def row(self) -> int:
        """The clip that plays or is about to; -1: none."""
        return self._row

    def set_clips(self, clips: Clips | None) -> None:
        """Play clips of another dataset."""
        self.stop()
        self._clips = clips

    def play(self, row: int) -> None:
        """Play a clip from its start, over and over, once the pointer rests."""
        if row != self._row:
            self.stop()
            self._row = row
            self._rest.start()

    def stop(self) -> None:
        """Play nothing."""
        row, self._row = self._row, -1
        self._rest.stop()
        self._beat.stop()
        self._background.drop()
        self._reel = None
        if row >= 0:
            self.moved.emit(row)

    def image(self, row: int) -> QImage | None:
        """The frame that a clip shows now; None where it does not move."""
        if self._reel is None or row != self._reel.row:
            return None
        return borrowed_image(self._reel.frames[self._place])

    def _load(self) -> None:
        clips, row = self._clips, self._row
        if clips is not None:
            self._background.ask(lambda: _read(clips, row))

    def _on_answered(self, reel: _Reel) -> None:
        self._reel, self._place = reel, 0
        self._beat.start(reel.delay_ms)
        self.moved.emit(reel.row)

    def _on_beat(self) -> None:
        assert self._reel is not None  # noqa: S101 - it beats for a reel
        self._place = (self._place + 1) % len(self._reel.frames)
        self.moved.emit(self._reel.row)


def _read(clips: Clips, row: int) -> _Reel:
    return _Reel(row, tuple(clips.frames(row)), max(1, round(1000 / clips.record(row).fps)))
