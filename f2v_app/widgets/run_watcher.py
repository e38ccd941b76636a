"""Watches one run's folder from a thread and tells the window what is new, whoever trains the run."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event as Flag
from threading import Thread

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from f2v_core.runs import Run
from f2v_core.runs.events import RunEvent
from f2v_core.runs.state import RunState
from f2v_core.runs.watch import RunNews, RunWatch

log = logging.getLogger(__name__)

LOOK_S = 0.25
"""Time between two looks into the folder."""
_LOOKING: set["_Lookout"] = set()
"""Those whose thread has not ended: a QObject must not be destroyed in a thread that is not its own."""
Columns = Mapping[str, NDArray[np.float64]]
"""Rows of a history: a column of numbers by name, all of one length."""


@dataclass(frozen=True, eq=False)
class RunTold:
    """What a look found, ready to be shown.

    Attributes:
        state: where the run stands.
        afresh: what was told of its history and samples before is void.
        columns: the new rows of its history.
        events: what happened since.
        samples: the steps that have samples, all of them.
        ratios: the validation ratio to linear interpolation of each checkpoint by its step; infinite where unknown.
    """

    state: RunState
    afresh: bool = False
    columns: Columns = field(default_factory=dict)
    events: tuple[RunEvent, ...] = ()
    samples: tuple[int, ...] = ()
    ratios: Mapping[int, float] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The step of the newest checkpoint; 0 when there is none."""
        return max(self.ratios, default=0)

    @property
    def best(self) -> int:
        """The step of the checkpoint with the lowest ratio, of several the newest; 0 where no ratio is known."""
        known = [(ratio, -step) for step, ratio in self.ratios.items() if np.isfinite(ratio)]
        return -min(known)[1] if known else 0


class _Lookout(QObject):
    """Looks again and again, in a thread of its own, until it is told to stop.

    Signals:
        told: a RunTold that differs from the one before.
        gone: the folder is no longer there.
        ended: the thread has nothing more to tell.
    """

    told = Signal(object)
    gone = Signal()
    ended = Signal()

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self._watch = RunWatch(run)
        self._told: RunTold | None = None
        self._trouble = ""
        self._over, self._wake = Flag(), Flag()
        self._thread = Thread(target=self._look_on, name="lookout", daemon=True)
        self.ended.connect(self._on_ended)

    def start(self) -> None:
        _LOOKING.add(self)
        self._thread.start()

    def hurry(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._over.set()
        self._wake.set()

    def _look_on(self) -> None:
        while not self._over.is_set():
            self._wake.clear()
            if not self._run.folder.is_dir():
                self.gone.emit()
                break
            self._look()
            self._wake.wait(LOOK_S)
        self.ended.emit()

    def _on_ended(self) -> None:
        self._thread.join()
        _LOOKING.discard(self)

    def _look(self) -> None:
        try:
            told = self._ready(self._watch.look())
        except OSError as error:  # a share that is away, a file in the making: the next look may see it
            if str(error) != self._trouble:
                self._trouble = str(error)
                log.warning("%s cannot be read now: %s", self._run.folder, error)
            return
        if self._told is None or self._is_new(told, self._told):
            self._told = told
            if not self._over.is_set():
                self.told.emit(told)

    def _ready(self, news: RunNews) -> RunTold:
        before = {} if self._told is None else self._told.ratios
        ratios = {
            step: before[step] if step in before else self._run.ratio(self._run.checkpoint_folder(step))
            for step in news.checkpoints
        }
        names = tuple(news.rows[0]) if news.rows else ()
        columns = {name: np.array([row[name] for row in news.rows]) for name in names}
        return RunTold(news.state, news.afresh, columns, news.events, news.samples, ratios)

    @staticmethod
    def _is_new(told: RunTold, before: RunTold) -> bool:
        if told.afresh or told.columns or told.events or told.state != before.state:
            return True
        return (told.samples, told.ratios) != (before.samples, before.ratios)


class RunWatcher(QObject):
    """Follows one run at a time.

    Signals:
        told: a RunTold; the first one of a run tells everything.
        gone: the run's folder was deleted.
    """

    told = Signal(object)
    gone = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lookout: _Lookout | None = None

    def watch(self, run: Run) -> None:
        """Follow this run from now on."""
        self.stop()
        self._lookout = lookout = _Lookout(run)
        lookout.told.connect(self._on_told)
        lookout.gone.connect(self._on_gone)
        self.destroyed.connect(lookout.stop)
        lookout.start()

    def hurry(self) -> None:
        """Look now: something was asked of the trainer."""
        if self._lookout is not None:
            self._lookout.hurry()

    def stop(self) -> None:
        """Follow no run; what was seen but not yet told is dropped."""
        if self._lookout is not None:
            self._lookout.stop()
            self._lookout = None

    def _on_told(self, told: RunTold) -> None:
        if self.sender() is self._lookout:
            self.told.emit(told)

    def _on_gone(self) -> None:
        if self.sender() is self._lookout:
            self._lookout = None
            self.gone.emit()
