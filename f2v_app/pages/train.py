"""The Train page: settings on the left, the run that goes in the centre, all runs on the right."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.pictures import borrowed_image
from f2v_app.widgets.run_files import RunRecord, RunRow, add_to_library, read_record
from f2v_app.widgets.run_list import RunList
from f2v_app.widgets.run_state import RunState, after, count, state_of
from f2v_app.widgets.train_monitor import TrainMonitor
from f2v_app.widgets.train_panel import TrainPanel
from f2v_app.worker_link import WorkerLink
from f2v_core.errors import F2vError
from f2v_core.messages import (
    CheckpointSaved,
    Event,
    JobCancelled,
    JobDone,
    JobFailed,
    Notice,
    Preview,
    StepDone,
    Train,
    TrainProgress,
)
from f2v_core.runs import Run

RIGHT = 240
"""Width of the list of runs, in pixels."""


class TrainPage(QWidget):
    """Starts, watches, stops and resumes trainings; one at a time.

    Signals:
        model_added: a trained model was added to the library; its name there.
    """

    model_added = Signal(str)

    def __init__(
        self,
        link: WorkerLink,
        runs_root: Path,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._job: int | None = None
        self._run: Run | None = None
        self._state = RunState()
        self._listed = False
        self._panel = TrainPanel(runs_root, clock, self)
        self._monitor = TrainMonitor(clock, self)
        self._runs = RunList(runs_root, self)
        self._reader = Background(self)
        self._adder = Background(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        right = QFrame(self)
        right.setFixedWidth(RIGHT)
        theme.set_role(right, "aside")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._runs)
        for part, stretch in ((self._panel, 0), (self._monitor, 1), (right, 0)):
            row.addWidget(part, stretch)

    def _connect(self) -> None:
        self._panel.started.connect(self._on_started)
        self._panel.stopped.connect(self._on_stopped)
        self._link.reported.connect(self._on_reported)
        self._runs.chosen.connect(lambda folder: self._show_run(self._runs.row(folder)))
        self._runs.listed.connect(self._on_listed)
        self._runs.removed.connect(self._on_removed)
        self._monitor.header.resumed.connect(self._on_resumed)
        self._monitor.header.used.connect(self._on_used)
        self._reader.answered.connect(self._on_record)
        self._reader.failed.connect(self._on_problem)
        self._adder.answered.connect(self._on_added)
        self._adder.failed.connect(self._on_problem)

    @property
    def training(self) -> bool:
        """Whether a training is under way; ending the link's worker would stop it, with a checkpoint."""
        return self._job is not None

    @property
    def state(self) -> RunState:
        """Where the shown run stands."""
        return self._state

    def use_data(self, folder: str) -> None:
        """Train on this folder next."""
        self._panel.settings.data.set_path(folder)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not self._listed:
            self._listed = True
            self._runs.refresh()
        super().showEvent(event)

    def _on_started(self, run: Run) -> None:
        self._monitor.show_run(run.folder.name)
        self._begin(run, RunState("starting", steps=run.config.steps), resume=False)

    def _on_resumed(self) -> None:
        if self._run is not None:
            state = RunState("starting", self._state.saved, self._state.steps, saved=self._state.saved)
            self._begin(self._run, state, resume=True)

    def _begin(self, run: Run, state: RunState, *, resume: bool) -> None:
        self._run = run
        self._reader.drop()
        self._job = self._link.start_job(lambda job: Train(job, run.config, str(run.folder), resume))
        self._runs.select(run.folder)
        self._show_state(state)

    def _on_stopped(self) -> None:
        self._link.cancel()
        self._show_state(replace(self._state, phase="stopping"))

    def _on_reported(self, job: int, event: Event) -> None:
        if job != self._job or isinstance(event, StepDone):
            return
        match event:
            case TrainProgress(step, _, losses):
                self._monitor.curves.append(step, losses)
            case Preview(step, sheet):
                self._monitor.show_preview(step, borrowed_image(sheet).copy())
            case CheckpointSaved(step):
                self._monitor.log.add(self.tr("Checkpoint at step {0}.").format(count(step)))
            case Notice(text):
                self._monitor.log.add(text)
        self._show_state(after(self._state, event))
        if isinstance(event, JobDone | JobCancelled | JobFailed):
            self._finish()

    def _finish(self) -> None:
        """The job is over: what the folder holds is the truth about the steps that were kept."""
        assert self._run is not None  # noqa: S101 - a job has a run
        self._job = None
        if self._state.rate > 0:
            self._panel.settings.learn_rate(self._run.config, self._state.rate)
        kept = state_of(self._run)
        reached = self._state.step if self._state.phase == "failed" else kept.step
        self._show_state(replace(self._state, step=reached, steps=kept.steps, saved=kept.saved))
        self._panel.settings.suggest_name()
        self._runs.refresh()

    def _show_state(self, state: RunState) -> None:
        self._state = state
        self._monitor.header.show_state(state)
        self._panel.show_busy(busy=state.busy, stopping=state.phase == "stopping")
        busy = self._run.folder if self._run is not None and state.busy else None
        self._runs.set_busy(busy, self.tr("Stop the training to look at other runs."))

    def _on_listed(self, rows: Sequence[RunRow]) -> None:
        """Begin where the user was: the newest run's videos, and that run in view."""
        if not rows or self._run is not None:
            return
        if not self._panel.settings.data.path:
            self._panel.settings.data.set_path(rows[0].config.data)
        self._runs.select(rows[0].folder)
        self._show_run(rows[0])

    def _on_removed(self, folder: Path) -> None:
        """Show no run that lies in the trash; its name is free."""
        if self._run is not None and folder == self._run.folder:
            self._run = None
            self._reader.drop()
            self._adder.drop()
            self._show_state(RunState())
            self._monitor.show_invitation()
        self._panel.settings.suggest_name()

    def _show_run(self, row: RunRow) -> None:
        self._run = Run(row.folder, row.config)
        self._monitor.show_run(row.folder.name)
        self._show_state(row.state)
        self._reader.ask(lambda: read_record(row.folder))

    def _on_record(self, record: RunRecord) -> None:
        self._monitor.curves.load(record.columns)
        self._monitor.show_preview(record.step, record.sheet)
        if self._run is not None and record.rate > 0:
            self._panel.settings.learn_rate(self._run.config, record.rate)

    def _on_problem(self, error: F2vError) -> None:
        self._monitor.header.show_problem(str(error))

    def _on_used(self) -> None:
        run = self._run
        if run is not None:
            self._adder.ask(lambda: add_to_library(run))

    def _on_added(self, name: str) -> None:
        self._monitor.header.say_used(name)
        self.model_added.emit(name)
