"""The Data page: settings on the left, what was found or made in the centre, all datasets on the right."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.settings import Settings
from f2v_app.widgets.background import Background
from f2v_app.widgets.data_centre import DataCentre
from f2v_app.widgets.data_panel import DataPanel
from f2v_app.widgets.data_state import DataState
from f2v_app.widgets.data_words import dataset_facts, unfinished_facts
from f2v_app.widgets.data_work import prepare_dataset, scan_folder, scan_key
from f2v_app.widgets.dataset_files import DatasetRow, Opened, datasets_folder, is_any_dataset, open_folder
from f2v_app.widgets.dataset_list import DatasetList
from f2v_app.widgets.dataset_maker import DatasetMaker, FolderScanner
from f2v_app.widgets.folder_drop import FolderDrop
from f2v_app.widgets.folder_files import show_folder
from f2v_core.config import PrepareConfig
from f2v_core.errors import F2vError

RIGHT = 240
"""Width of the list of datasets, in pixels."""
PAUSE_MS = 400
"""How long typing must rest before the folder is looked through again."""


class DataPage(QWidget):
    """Looks through folders, prepares datasets, one at a time, and shows what is in them.

    Signals:
        dataset_chosen: the user wants to train on a dataset; its folder.
        busy_changed: preparing begins or has ended.
    """

    dataset_chosen = Signal(str)
    busy_changed = Signal()

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        scan: Callable[[PrepareConfig], Iterator[object]] = scan_folder,
        prepare: Callable[[PrepareConfig, Path], Iterator[object]] = prepare_dataset,
        clock: Callable[[], datetime] = datetime.now,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._state = DataState()
        self._dataset: Path | None = None
        self._scanned: tuple[object, ...] | None = None
        self._listed = False
        root = Path(settings.read("data/root", "") or datasets_folder())
        others = [Path(each) for each in settings.read("data/others", [])]
        self._panel = DataPanel(root, self)
        self._centre = DataCentre(clock, self)
        self._datasets = DatasetList(root, others, self)
        self._scanner, self._maker = FolderScanner(scan, ticks, self), DatasetMaker(prepare, ticks, self)
        self._opener = Background(self)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._drop = FolderDrop(self, self._centre)
        self._lay_out()
        self._connect()
        self._connect_work()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        right = QFrame(self)
        right.setFixedWidth(RIGHT)
        theme.set_role(right, "aside")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._datasets)
        for part, stretch in ((self._panel, 0), (self._centre, 1), (right, 0)):
            row.addWidget(part, stretch)

    def _connect(self) -> None:
        panel, centre, datasets = self._panel, self._centre, self._datasets
        panel.started.connect(self._on_started)
        panel.cancelled.connect(self._maker.cancel)
        panel.settings.changed.connect(self._pause.start)
        panel.settings.root_changed.connect(self._on_root)
        self._pause.timeout.connect(self._on_settings)
        centre.folder_wanted.connect(self._on_folder_wanted)
        centre.scenes_wanted.connect(panel.settings.source.choose_scenes)
        centre.overview.failed.connect(self._on_problem)
        centre.header.stop_wanted.connect(self._scanner.stop)
        centre.header.open_wanted.connect(self._on_open)
        centre.header.train_wanted.connect(lambda: self.dataset_chosen.emit(str(self._dataset)))
        datasets.chosen.connect(self.show_dataset)
        datasets.new_wanted.connect(self._on_new)
        datasets.listed.connect(self._on_listed)
        datasets.removed.connect(self._on_removed)
        self._drop.dropped.connect(self._take)

    def _connect_work(self) -> None:
        self._opener.answered.connect(self._on_opened)
        self._opener.failed.connect(self._on_problem)
        for work in (self._scanner, self._maker):
            work.stated.connect(self._show_state)
        self._scanner.found.connect(self._centre.found.show_found)
        self._maker.noticed.connect(self._centre.found.add_notice)
        self._maker.ended.connect(self._on_ended)
        self._maker.made.connect(self.show_dataset)

    @property
    def preparing(self) -> bool:
        """Whether a dataset is being made; `close_work` would stop that and keep what is finished."""
        return self._maker.busy

    @property
    def state(self) -> DataState:
        """Where the folder or dataset in view stands."""
        return self._state

    def close_work(self) -> None:
        """Stop everything and wait until it has stopped."""
        self._scanner.close()
        self._maker.close()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not self._listed:
            self._datasets.refresh()
        super().showEvent(event)

    def _on_listed(self, rows: Sequence[DatasetRow]) -> None:
        """Begin where the user was: the newest dataset in view, else the folder of the last time."""
        if self._listed:
            return
        self._listed = True
        folder, remembered = self._panel.settings.source.folder, self._settings.read("data/videos", "")
        good = [row.folder for row in rows if row.state != "damaged"]
        if remembered and not folder.path:
            folder.set_path(remembered)
            if good:
                self._scanned = scan_key(self._panel.settings.config())  # it waits until it is wanted
        if good and not self._state.moving:
            self.show_dataset(good[0])

    def show_dataset(self, folder: Path) -> None:
        """Show a dataset, complete or not."""
        self._scanner.drop()
        self._show_name(folder, dataset=True)
        self._centre.found.clear()
        self._show_state(DataState("reading"))
        self._opener.ask(lambda: open_folder(folder))

    def _show_name(self, folder: Path, *, dataset: bool) -> None:
        """Let the centre be about a dataset, or about a folder of videos."""
        self._opener.drop()
        self._dataset = folder if dataset else None
        self._datasets.select(self._dataset)
        self._centre.header.show_name(folder.name, str(folder))
        self._centre.show_found()

    def _on_opened(self, opened: Opened) -> None:
        if opened.dataset is not None:
            self._centre.overview.show_dataset(opened.dataset)
            self._centre.show_overview()
            self._show_state(DataState("ready", facts=dataset_facts(opened.dataset)))
        else:
            self._panel.settings.show_config(opened.config, opened.folder)
            self._scanned = scan_key(opened.config)
            self._show_state(DataState("unfinished", facts=unfinished_facts(opened)))
            self._centre.found.look(opened.folder, 0.0)
        self._datasets.add(opened.folder)
        self._remember_others()

    def _remember_others(self) -> None:
        self._settings.write("data/others", [str(each) for each in self._datasets.others])

    def _on_removed(self, folder: Path) -> None:
        """Show no dataset that is not listed any more; its name is free where it lies in the trash."""
        self._remember_others()
        if folder == self._dataset:
            self._dataset = None
            self._opener.drop()
            self._show_state(DataState())
            self._centre.show_invitation()
        if not self.preparing:
            self._panel.settings.refresh()

    def _on_new(self) -> None:
        """Make room for another dataset: look through the folder again, or ask for one."""
        self._scanned = None
        if self._dataset is not None:
            self._dataset = None
            self._opener.drop()
            self._datasets.select(None)
        self._centre.show_invitation()
        self._on_settings()

    def _on_folder_wanted(self) -> None:
        folder = self._panel.settings.source.folder
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of videos"), folder.path)
        if chosen:
            self._take(Path(chosen))

    def _take(self, folder: Path) -> None:
        """Look at what the user brings: a dataset, or a folder of videos."""
        if is_any_dataset(folder):
            self.show_dataset(folder)
        else:
            self._scanned = None
            self._panel.settings.source.choose_folder(str(folder))

    def _on_root(self, root: str) -> None:
        self._settings.write("data/root", root)
        self._datasets.set_root(Path(root))

    def _on_settings(self) -> None:
        """Look through the folder where the settings ask for that."""
        self._pause.stop()
        config, source = self._panel.settings.config(), self._panel.settings.source
        wanted = not source.scenes and source.folder.good and scan_key(config) != self._scanned
        if wanted and not self.preparing:
            self._scanned = scan_key(config)
            self._settings.write("data/videos", config.videos)
            self._show_name(Path(config.videos), dataset=False)
            self._centre.found.clear()
            self._scanner.start(config)

    def _on_started(self) -> None:
        config, folder = self._panel.settings.config(), self._panel.settings.name.folder
        self._pause.stop()
        self._scanner.drop()
        if self._dataset is not None or scan_key(config) != self._scanned:
            self._centre.found.clear()
        self._centre.found.begin()
        self._show_name(folder, dataset=True)
        self._maker.start(config, folder)
        self.busy_changed.emit()

    def _on_ended(self) -> None:
        """Nothing is made any more: what lies on the disk is the truth about what was kept."""
        self._panel.settings.refresh()
        self._datasets.refresh()
        self.busy_changed.emit()

    def _on_problem(self, error: F2vError) -> None:
        facts = self.tr("This dataset cannot be shown.")
        self._show_state(DataState("failed", facts=facts, error=str(error)))

    def _show_state(self, state: DataState) -> None:
        self._state = state
        if state.preparing and self._dataset is not None:
            self._centre.found.look(self._dataset, state.elapsed_s)
        self._centre.header.show_state(state)
        self._panel.show_busy(busy=state.preparing, stopping=state.phase == "stopping")
        busy = self._dataset if state.preparing else None
        self._datasets.set_busy(busy, self.tr("Cancel the preparing to look at others."))
        self._drop.active = not state.preparing

    def _on_open(self) -> None:
        if self._dataset is not None:
            show_folder(self._dataset)
