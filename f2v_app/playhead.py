"""The playhead: which frame is shown, and how it moves; it plays against the clock, so it never drifts."""

from collections.abc import Callable
from math import ceil, floor
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FASTEST = 4.0
"""How fast repeated shuttling gets, as a multiple of the chosen speed."""


class Playhead(QObject):
    """A place 0..count-1 in clips that all have `count` frames.

    It plays between the first and the last frame of its range, both included; seeking goes anywhere.

    Signals:
        index_changed: the frame that is shown.
        count_changed: how many frames there are; the index is then valid.
        playing_changed: whether it plays.
        loop_changed: whether it begins again at the end.
        ping_pong_changed: whether it plays there and back.
        range_changed: the first and the last frame that it plays.
        speed_changed: the chosen speed; 1.0 plays in real time.
    """

    index_changed = Signal(int)
    count_changed = Signal(int)
    playing_changed = Signal(bool)
    loop_changed = Signal(bool)
    ping_pong_changed = Signal(bool)
    range_changed = Signal(int, int)
    speed_changed = Signal(float)

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._count, self._index, self._fps = 0, 0, 10.0
        self._loop, self._ping_pong, self._speed, self._shuttle = True, False, 1.0, 0.0
        self._range = (0, 0)
        self._began_s, self._began_at = 0.0, 0  # when the way was at which of its places
        self._place = 0  # on the way, where it is now
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
    def ping_pong(self) -> bool:
        """Whether it plays there and back."""
        return self._ping_pong

    @property
    def range(self) -> tuple[int, int]:
        """The first and the last frame that it plays."""
        return self._range

    @property
    def ranged(self) -> bool:
        """Whether it plays a part only."""
        return self._range != (0, max(0, self._count - 1))

    @property
    def speed(self) -> float:
        """The chosen speed; 1.0 plays in real time."""
        return self._speed

    @property
    def rate(self) -> float:
        """Frames per second as it plays now; negative backwards, 0 at rest."""
        return self._fps * self._speed * self._shuttle

    def set_clip(self, count: int, fps: float) -> None:
        """Take up clips of another length: at rest, at frame 0, the whole of them."""
        self.pause()
        self._count, self._index, self._fps = count, 0, fps
        self.count_changed.emit(count)
        self.set_range(0, count - 1)
        self.index_changed.emit(0)

    def set_range(self, first: int, last: int) -> None:
        """Play from frame `first` to frame `last` only; a place outside the clip becomes its nearest end."""
        end = max(self._count - 1, 0)
        first = min(max(first, 0), end)
        self._range = first, min(max(last, first), end)
        self._begin(self._place_of(self._index))
        self.range_changed.emit(*self._range)

    def begin_range_here(self) -> None:
        """Play from the frame that is shown; an end before it goes to the clip's."""
        last = self._range[1]
        self.set_range(self._index, last if last > self._index else self._count - 1)

    def end_range_here(self) -> None:
        """Play up to the frame that is shown; a beginning behind it goes to the clip's."""
        first = self._range[0]
        self.set_range(first if first < self._index else 0, self._index)

    def clear_range(self) -> None:
        """Play the whole clip."""
        self.set_range(0, self._count - 1)

    def seek(self, index: int) -> None:
        """Show a frame; a place outside the clip becomes its nearest end."""
        self._show(min(max(index, 0), max(self._count - 1, 0)))
        self._begin(self._place_of(self._index))

    def step(self, frames: int) -> None:
        """Pause, and go some frames on or back."""
        self.pause()
        self.seek(self._index + frames)

    def play(self) -> None:
        """Play forward; from the beginning when it stands at the end or outside the range."""
        self._go(1, 1.0)

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
        going_on = self._shuttle * direction > 0
        self._go(direction, min(FASTEST, abs(self._shuttle) * 2) if going_on else 1.0)

    def _go(self, direction: int, speed: float) -> None:
        first, last = self._range
        if last == first:
            return
        start, end = (first, last) if direction > 0 else (last, first)
        if self._shuttle * direction <= 0 and (self._index == end or not first <= self._index <= last):
            self._show(start)
        self._set_shuttle(direction * speed)

    def set_loop(self, loop: bool) -> None:
        """Say whether to begin again at the end."""
        if loop != self._loop:
            self._loop = loop
            self.loop_changed.emit(loop)

    def set_ping_pong(self, ping_pong: bool) -> None:
        """Say whether to come back from the end the same way."""
        if ping_pong != self._ping_pong:
            self._ping_pong = ping_pong
            self._begin(self._place_of(self._index))
            self.ping_pong_changed.emit(ping_pong)

    def set_speed(self, speed: float) -> None:
        """Choose the speed, > 0; takes effect at once."""
        if speed != self._speed:
            self._speed = speed
            self._begin(self._place)
            self.speed_changed.emit(speed)

    def _set_shuttle(self, shuttle: float) -> None:
        was, turned = self.playing, self._shuttle * shuttle <= 0
        self._shuttle = shuttle
        self._begin(self._place_of(self._index) if turned else self._place)
        if was != self.playing:
            self.playing_changed.emit(self.playing)

    def _show(self, index: int) -> None:
        if index != self._index:
            self._index = index
            self.index_changed.emit(index)

    @property
    def _way(self) -> int:
        """How many places there are from the range's one end to the other, and back where that is asked for."""
        first, last = self._range
        return 2 * (last - first) if self._ping_pong else last - first + 1

    def _place_of(self, index: int) -> int:
        """Where on the way a frame is met first; the way begins where the playing comes from."""
        first, last = self._range
        return index - first if self._shuttle >= 0 else last - index

    def _frame_at(self, place: int) -> int:
        """The frame at a place 0.. of the way."""
        first, last = self._range
        there = min(place, 2 * (last - first) - place) if self._ping_pong else place
        return first + there if self._shuttle > 0 else last - there

    def _begin(self, place: int) -> None:
        """Count the time from now on, with the way at that place."""
        self._began_s, self._began_at, self._place = self._clock(), place, place
        self._wait()

    def _wait(self) -> None:
        """Wake when the next frame is due."""
        self._timer.stop()
        if self.playing:
            passed_s = self._clock() - self._began_s
            due_s = (floor(passed_s * abs(self.rate)) + 1) / abs(self.rate)
            self._timer.start(max(1, ceil((due_s - passed_s) * 1000)))

    def _on_due(self) -> None:
        place = self._began_at + floor((self._clock() - self._began_s) * abs(self.rate))
        end = self._way if self._ping_pong else self._way - 1
        if self._loop or place <= end:
            self._place = place % self._way
            self._show(self._frame_at(place if not self._loop else self._place))
        else:
            self._show(self._frame_at(end))
            self.pause()
        self._wait()
