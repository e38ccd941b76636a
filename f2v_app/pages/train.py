"""The Train page: settings on the left, the shown run in the centre, all runs on the right.

The page trains nothing and owns no training: it starts processes that belong to nobody, and watches folders.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.actions import add_actions
from f2v_app.widgets.background import Background
from f2v_app.widgets.closing import really_discard
from f2v_app.widgets.run_actions import Action
from f2v_app.widgets.run_commands import RunCommands, Start
from f2v_app.widgets.run_comparer import RunComparer
from f2v_app.widgets.run_files import RunRow, add_to_library
from f2v_app.widgets.run_list import RunList
from f2v_app.widgets.run_queue import QueueKeeper
from f2v_app.widgets.run_state import count
from f2v_app.widgets.run_watcher import RunTold, RunWatcher
from f2v_app.widgets.train_monitor import TrainMonitor
from f2v_app.widgets.train_panel import TrainPanel
from f2v_app.widgets.transport import player_handlers
from f2v_core.errors import F2vError, RunError
from f2v_core.runs import Run
from f2v_core.runs.launch import start_training
from f2v_core.runs.requests import RequestKind, send_request
from f2v_core.runs.state import RunState, read_state

RIGHT = 240
"""Width of the list of runs, in pixels."""
LIST_MS = 2000
"""Time between two looks at all runs, while the page is seen."""


class TrainPage(QWidget):
    """Starts trainings, and shows those that go on, whoever started them.

    Signals:
        model_added: a trained model was added to the library; its name there.
        training_changed: a known run began or ended to train.
    """

    model_added = Signal(str)
    training_changed = Signal()

    def __init__(
        self,
        runs_root: Path,
        parent: QWidget | None = None,
        *,
        start: Start = start_training,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._state: RunState | None = None
        self._mine: dict[Path, Run] = {}
        self._training = False
        self._panel = TrainPanel(runs_root, clock, self)
        self._monitor = TrainMonitor(self)
        self._runs = RunList(runs_root, self)
        self._watcher = RunWatcher(self)
        self._commands = RunCommands(start, self)
        self._keeper = QueueKeeper(runs_root, start, self)
        self._adder, self._comparer = Background(self), RunComparer(self)
        self._pulse = QTimer(self, interval=LIST_MS)
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
        self._panel.queued.connect(self._on_queued)
        self._monitor.wanted.connect(self._on_wanted)
        self._monitor.header.use.wanted.connect(self._on_used)
        self._monitor.header.problem.offer_taken.connect(self._on_offer_taken)
        self._watcher.told.connect(self._on_told)
        self._watcher.gone.connect(self._on_gone)
        self._commands.done.connect(self._on_done)
        self._commands.arranged.connect(self._on_arranged)
        self._commands.failed.connect(self._on_failed)
        self._runs.chosen.connect(
            lambda folder: self._show(self._runs.run(folder), self._runs.row(folder).state)
        )
        self._runs.listed.connect(self._on_listed)
        self._runs.ticked.connect(self._compare)
        self._runs.removed.connect(self._forget)
        self._runs.wanted.connect(lambda action, folder: self._do(action, self._runs.run(folder)))
        self._runs.renaming.connect(self._on_renaming)
        self._runs.renamed.connect(self._on_renamed)
        self._keeper.started.connect(self._on_arranged)
        self._adder.answered.connect(self._on_added)
        self._adder.failed.connect(lambda error: self._monitor.header.problem.say(str(error)))
        self._comparer.compared.connect(self._monitor.compare)
        self._pulse.timeout.connect(self._runs.look)
        add_actions(self, player_handlers(self._monitor.samples.playhead))

    @property
    def state(self) -> RunState | None:
        """Where the shown run stands; None while none is shown."""
        return self._state

    @property
    def training(self) -> bool:
        """Whether a run trains that this page knows of."""
        return self._training

    def trainings(self) -> list[Run]:
        """The runs that train and concern this window: the shown one, and those that it started."""
        shown = {} if self._run is None else {self._run.folder: self._run}
        return [run for run in {**self._mine, **shown}.values() if read_state(run).active]

    def use_data(self, folder: str) -> None:
        """Train on this folder next."""
        self._panel.settings.data.set_path(folder)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._runs.refresh()
        self._pulse.start()
        super().showEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pulse.stop()
        super().hideEvent(event)

    def _show(self, run: Run, state: RunState) -> None:
        """Show a run; the watcher tells all about it."""
        self._run, self._state = run, state
        self._monitor.show_run(run, state)
        self._runs.select(run.folder)
        self._watcher.watch(run)
        self._compare()
        self._show_training()

    def _on_started(self, run: Run) -> None:
        self._panel.set_starting(True)
        self._commands.begin(run)

    def _on_queued(self, run: Run) -> None:
        self._panel.set_starting(True)
        self._commands.queue(run, new=True)

    def _on_wanted(self, action: Action) -> None:
        run, state = self._run, self._state
        if run is None or state is None:
            return
        if action == "discard" and not really_discard(run.folder.name, count(state.step), self):
            return
        if action != "duplicate":
            self._monitor.show_asked(action)
        self._do(action, run)

    def _do(self, action: Action, run: Run) -> None:
        """Do what is wanted of a run, shown or not."""
        if action == "duplicate":
            self._panel.settings.take(run.config)
        elif action != "use":
            self._commands.do(action, run)

    def _on_offer_taken(self) -> None:
        if self._run is not None and self._state is not None:
            self._commands.resume(self._run, **self._state.offer)

    def _on_done(self, run: Run) -> None:
        """A command is under way; one that started a run also shows it."""
        if self._run != run:
            self._show(run, read_state(run))
        self._on_arranged(run)

    def _on_arranged(self, run: Run) -> None:
        """The queue changed; a run that is not shown stays so, unless nothing is."""
        self._panel.set_starting(False)
        self._panel.settings.suggest_name()
        self._mine[run.folder] = run
        if self._run is None:
            self._show(run, read_state(run))
        self._watcher.hurry()
        self._runs.refresh()

    def _on_failed(self, _run: Run | None, error: F2vError) -> None:
        if self._panel.starting or self._run is None:
            self._panel.set_starting(False)
            self._panel.complain(str(error))
        else:
            self._monitor.show_state(self._state or read_state(self._run))
            self._monitor.header.problem.say(str(error))

    def _on_told(self, told: RunTold) -> None:
        assert self._run is not None  # noqa: S101 - the watcher has a run
        self._state = told.state
        self._monitor.take(told)
        self._panel.settings.learn(self._run.config, told.state)
        self._show_training()

    def _on_gone(self) -> None:
        if self._run is not None:  # it was discarded
            self._forget(self._run.folder)
        self._runs.refresh()

    def _on_renaming(self, folder: Path, under_way: bool) -> None:
        """Meanwhile it is not found where it was: nothing of that is to be told."""
        if self._run is not None and folder == self._run.folder:
            self._watcher.stop() if under_way else self._watcher.watch(self._run)

    def _on_renamed(self, folder: Path, to: Path) -> None:
        """Follow a run under its new name."""
        if folder in self._mine:
            self._mine[to] = Run(to, self._mine.pop(folder).config)
        if self._run is not None and self._state is not None and folder == self._run.folder:
            self._show(Run(to, self._run.config), self._state)
        else:
            self._compare()
        self._panel.settings.suggest_name()

    def _forget(self, folder: Path) -> None:
        """Show a run no longer that is gone; its name is free."""
        self._mine.pop(folder, None)
        if self._run is not None and folder == self._run.folder:
            self._run = self._state = None
            self._watcher.stop()
            self._adder.drop()
            self._monitor.show_invitation()
        self._panel.settings.suggest_name()
        self._show_training()

    def _show_training(self) -> None:
        states = {row.folder: row.state for row in self._runs.rows}
        if self._run is not None and self._state is not None:
            states[self._run.folder] = self._state
        active = [folder.name for folder, state in states.items() if state.active]
        self._panel.show_training(active[0] if active else "")
        if self._training != bool(active):
            self._training = bool(active)
            self.training_changed.emit()

    def _on_listed(self, rows: Sequence[RunRow]) -> None:
        """Begin where the user was: the run that trains, else the newest one, and its videos."""
        self._show_training()
        if any(row.state.active for row in self._runs.compared):
            self._compare()
        row = next((each for each in rows if each.state.active), rows[0] if rows else None)
        if row is not None and self._run is None and row.folder.is_dir():  # else it was just discarded
            if not self._panel.settings.data.path:
                self._panel.settings.data.set_path(row.config.data)
            self._show(Run(row.folder, row.config), row.state)

    def _compare(self) -> None:
        """Read the histories of the ticked runs, to lie over the shown one's."""
        shown = None if self._run is None else self._run.folder
        self._comparer.compare(
            [Run(row.folder, row.config) for row in self._runs.compared if row.folder != shown]
        )

    def _on_used(self, step: int) -> None:
        run = self._run
        if run is not None:
            self._adder.ask(lambda: add_to_library(run, step))

    def _on_added(self, name: str) -> None:
        self._monitor.header.say(
            self.tr("Added to the library as {0}, and chosen on the Generate page.").format(name)
        )
        self.model_added.emit(name)

    def ask_all(self, kind: RequestKind) -> None:
        """Ask all of `trainings` to pause or to stop.

        Raises:
            RunError: one still trains and cannot be asked.
        """
        for run in self.trainings():
            try:
                send_request(run, kind)
            except RunError:
                if read_state(run).active:  # else it ended by itself in the meantime
                    raise
