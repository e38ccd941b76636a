"""The two long works of the Data page, each told as the state of what is in view."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from f2v_app.widgets.current_task import CurrentTask
from f2v_app.widgets.data_state import DataState, after
from f2v_app.widgets.data_words import found_facts
from f2v_app.widgets.dataset_files import is_any_dataset
from f2v_core.config import PrepareConfig
from f2v_core.errors import F2vError
from f2v_core.messages import FolderScanned, Notice, StageProgress

Ticks = Callable[[], float]
"""Seconds on a clock that only goes forward."""


class _Work(QObject):
    """Follows a task with a state that starts anew with each.

    Signals:
        stated: the state is another one.
    """

    stated = Signal(object)

    def __init__(self, ticks: Ticks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticks = ticks
        self._begun_s = 0.0
        self._state = DataState()
        self._task = CurrentTask(self)
        self._task.progressed.connect(self._on_progressed)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(self._on_cancelled)

    def close(self) -> None:
        """Stop and wait until it has stopped."""
        self._task.close()

    def _begin(self, state: DataState, make: Callable[[], Iterator[object]]) -> None:
        self._begun_s = self._ticks()
        self._task.start(make)
        self._tell(state)

    def _tell(self, state: DataState) -> None:
        self._state = state
        self.stated.emit(state)

    def _on_progressed(self, event: object) -> None:
        if isinstance(event, StageProgress):
            self._tell(after(self._state, event, self._ticks() - self._begun_s))

    def _on_failed(self, error: F2vError) -> None:
        self._tell(DataState("failed", error=str(error)))

    def _on_cancelled(self) -> None:
        raise NotImplementedError


class FolderScanner(_Work):
    """Looks through a folder of videos.

    Signals:
        found: what it holds, a FolderScanned.
    """

    found = Signal(object)

    def __init__(
        self,
        scan: Callable[[PrepareConfig], Iterator[object]],
        ticks: Ticks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(ticks, parent)
        self._scan = scan

    def start(self, config: PrepareConfig) -> None:
        """Begin, and forget the folder before."""
        self._begin(DataState("scanning"), lambda: self._scan(config))

    def stop(self) -> None:
        """Look no further, and say so."""
        self._task.cancel()

    def drop(self) -> None:
        """Look no further, and say nothing."""
        self._task.drop()

    @override
    def _on_progressed(self, event: object) -> None:
        super()._on_progressed(event)
        if isinstance(event, FolderScanned):
            self.found.emit(event)
            self._tell(DataState("found", facts=found_facts(event)))

    @override
    def _on_failed(self, error: F2vError) -> None:
        self._tell(DataState("failed", facts=self.tr("No dataset can be made of it."), error=str(error)))

    @override
    def _on_cancelled(self) -> None:
        self._tell(DataState("found", facts=self.tr("Not looked through to the end.")))


class DatasetMaker(_Work):
    """Makes a dataset.

    Signals:
        noticed: something worth telling, a sentence.
        made: the dataset is complete; its folder.
        ended: nothing is made any more, however it ended.
    """

    noticed = Signal(str)
    made = Signal(object)
    ended = Signal()

    def __init__(
        self,
        prepare: Callable[[PrepareConfig, Path], Iterator[object]],
        ticks: Ticks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(ticks, parent)
        self._prepare = prepare
        self._folder = Path()
        self._task.done.connect(self._on_done)

    @property
    def busy(self) -> bool:
        """Whether a dataset is being made."""
        return self._task.running

    def start(self, config: PrepareConfig, folder: Path) -> None:
        """Begin, or go on where it was."""
        self._folder = folder
        self._begin(DataState("starting"), lambda: self._prepare(config, folder))

    def cancel(self) -> None:
        """Stop soon; what is finished is kept."""
        self._task.cancel()
        self._tell(replace(self._state, phase="stopping"))

    @override
    def _on_progressed(self, event: object) -> None:
        super()._on_progressed(event)
        if isinstance(event, Notice):
            self.noticed.emit(event.text)

    def _on_done(self) -> None:
        self.ended.emit()
        self.made.emit(self._folder)

    @override
    def _on_cancelled(self) -> None:
        self.ended.emit()
        if is_any_dataset(self._folder):
            facts = self.tr("Cancelled. What is finished is kept: Continue goes on from here.")
            self._tell(DataState("unfinished", facts=facts))
        else:
            self._tell(DataState("found", facts=self.tr("Cancelled before anything was finished.")))

    @override
    def _on_failed(self, error: F2vError) -> None:
        self.ended.emit()
        super()._on_failed(error)
