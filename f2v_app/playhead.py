"""The playhead: which frame is shown, and how it moves; it plays against the clock, so it never drifts."""

from collections.abc import Callable
from math import ceil, floor
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FASTEST = 4.0
"""How fast repeated shuttling gets, as a multiple of the chosen speed."""


class Playhead(QObject):
    """A place 0..count-1 in clips that all have `count` frames.

    Signals:
        index_changed: the frame that is shown.
        count_changed: how many frames there are; the index is then valid.
        playing_changed: whether it plays.
        loop_changed: whether it begins again at the end.
        speed_changed: the chosen speed; 1.0 plays in real time.
    """

    index_changed = Signal(int)
    count_changed = Signal(int)
    playing_changed = Signal(bool)
    loop_changed = Signal(bool)
    speed_changed = Signal(float)

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._count, self._index, self._fps = 0, 0, 10.0
        self._loop, self._speed, self._shuttle = True, 1.0, 0.0
        self._began_s, self._began_at = 0.0, 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)

    @property
    def count(self) -> int:
        """How many frames there are; 0 when there is nothing to show."""
        return self._count

    @property
    def index(self) -> int:
        """The frame that is shown."""
        return self._index

    @property
    def fps(self) -> float:
        """Frames per second at speed 1."""
        return self._fps

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._shuttle != 0

    @property
    def loop(self) -> bool:
        """Whether it begins again at the end."""
        return self._loop

    @property
    def speed(self) -> float:
        """The chosen speed; 1.0 plays in real time."""
        return self._speed

    @property
    def rate(self) -> float:
        """Frames per second as it plays now; negative backwards, 0 at rest."""
        return self._fps * self._speed * self._shuttle

    def set_clip(self, count: int, fps: float) -> None:
        """Take up clips of another length: at rest, at frame 0."""
        self.pause()
        self._count, self._index, self._fps = count, 0, fps
        self.count_changed.emit(count)
        self.index_changed.emit(0)

    def seek(self, index: int) -> None:
        """Show a frame; a place outside the clip becomes its nearest end."""
        self._show(min(max(index, 0), max(self._count - 1, 0)))
        self._begin()

    def step(self, frames: int) -> None:
        """Pause, and go some frames on or back."""
        self.pause()
        self.seek(self._index + frames)

    def play(self) -> None:
        """Play forward; from the beginning when it stands at the end."""
        if self._count > 1:
            if self._index == self._count - 1:
                self._show(0)
            self._set_shuttle(1.0)

    def pause(self) -> None:
        """Stand still."""
        self._set_shuttle(0.0)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def shuttle(self, direction: int) -> None:
        """Play forward (1) or backward (-1); once more in the same direction doubles the speed up to four times."""
        if self._count < 2:
            return
        going_on = self._shuttle * direction > 0
        if not going_on and self._index == (self._count - 1 if direction > 0 else 0):
            self._show(0 if direction > 0 else self._count - 1)
        self._set_shuttle(direction * min(FASTEST, abs(self._shuttle) * 2 if going_on else 1.0))

    def set_loop(self, loop: bool) -> None:
        """Say whether to begin again at the end."""
        if loop != self._loop:
            self._loop = loop
            self.loop_changed.emit(loop)

    def set_speed(self, speed: float) -> None:
        """Choose the speed, > 0; takes effect at once."""
        if speed != self._speed:
            self._speed = speed
            self._begin()
            self.speed_changed.emit(speed)

    def _set_shuttle(self, shuttle: float) -> None:
        was, self._shuttle = self.playing, shuttle
        self._begin()
        if was != self.playing:
            self.playing_changed.emit(self.playing)

    def _show(self, index: int) -> None:
        if index != self._index:
            self._index = index
            self.index_changed.emit(index)

    def _begin(self) -> None:
        """Count the time from here and now on."""
        self._began_s, self._began_at = self._clock(), self._index
        self._wait()

    def _wait(self) -> None:
        """Wake when the next frame is due."""
        self._timer.stop()
        if self.playing:
            passed_s = self._clock() - self._began_s
            due_s = (floor(passed_s * abs(self.rate)) + 1) / abs(self.rate)
            self._timer.start(max(1, ceil((due_s - passed_s) * 1000)))

    def _on_due(self) -> None:
        passed = floor((self._clock() - self._began_s) * abs(self.rate))
        place = self._began_at + (passed if self._shuttle > 0 else -passed)
        if self._loop:
            self._show(place % self._count)
        elif 0 <= place < self._count:
            self._show(place)
        else:
            self._show(0 if place < 0 else self._count - 1)
            self.pause()
        self._wait()
