"""A timer in the event loop that measures for how long the loop leaves it waiting."""

from dataclasses import dataclass
from pathlib import Path
from threading import get_native_id
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5


@dataclass(frozen=True)
class Pause:
    """Seconds in which the loop did nothing else.

    Attributes:
        whole: as a person feels them.
        queued: of them, those in which the thread could have gone on but every processor was taken by others.
    """

    whole: float
    queued: float

    @property
    def own(self) -> float:
        """What the program itself is to blame for: its work, and its waiting for locks and disks."""
        return max(0.0, self.whole - self.queued)


class Heartbeat(QObject):
    """Begins to measure with `start`, in the thread that calls it."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[Pause] = []
        self._last, self._queued = perf_counter(), 0.0
        self._schedule = Path(f"/proc/self/task/{get_native_id()}/schedstat")
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Measure from now on."""
        self._last, self._queued = perf_counter(), self._queued_s()
        self._timer.start()

    def stop(self) -> None:
        """Measure no longer."""
        self._timer.stop()

    def _beat(self) -> None:
        now, queued = perf_counter(), self._queued_s()
        whole = max(0.0, now - self._last - BEAT_MS / 1000)
        self.pauses.append(Pause(whole, min(whole, queued - self._queued)))
        self._last, self._queued = now, queued

    def _queued_s(self) -> float:
        """Seconds for which this thread has waited for a processor since it began; 0 where the system does not say."""
        try:
            return int(self._schedule.read_text().split()[1]) / 1e9
        except FileNotFoundError:
            return 0.0
