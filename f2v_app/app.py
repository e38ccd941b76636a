"""Builds every object of the app, joins them, and takes them down again."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from f2v_app.log import Surprises, kept_log
from f2v_app.main_window import MainWindow
from f2v_app.pages.generate import GeneratePage
from f2v_app.playhead import Playhead
from f2v_app.samples import list_samples
from f2v_app.session import Session
from f2v_app.settings import Settings, settings_file
from f2v_app.single_instance import SingleInstance, hand_over, server_name
from f2v_app.theme import apply_theme
from f2v_app.widgets.closing import ask_about_trainings
from f2v_app.worker_link import WorkerLink
from f2v_core.errors import RunError
from f2v_core.runs import runs_folder
from f2v_core.runs.queue import read_queue
from f2v_core.worker.client import WorkerClient

if TYPE_CHECKING:
    from f2v_app.pages.data import DataPage
    from f2v_app.pages.evaluate import EvaluatePage
    from f2v_app.pages.train import TrainPage

KEPT_BYTES = 4_000_000_000
"""How much of the disk finished clips may take."""


class Studio(QObject):
    """The whole app.

    Attributes:
        session, playhead: what the user works on.
        window, generate: what the user sees first.
    """

    def __init__(self, make_client: Callable[[], WorkerClient] = WorkerClient) -> None:
        super().__init__()
        self._settings = Settings(settings_file())
        self._link = WorkerLink(make_client, parent=self)
        self._evaluate_link = WorkerLink(make_client, parent=self)
        self._device = ""
        self._samples = list_samples()
        self._train_page: TrainPage | None = None
        self._data_page: DataPage | None = None
        self._evaluate_page: EvaluatePage | None = None
        self.session = Session(self)
        self.playhead = Playhead(self)
        self.generate = GeneratePage(self.session, self._link, self.playhead, self._settings, self._samples)
        pages = {
            self.tr("Generate"): lambda: self.generate,
            self.tr("Train"): self._make_train_page,
            self.tr("Data"): self._make_data_page,
            self.tr("Library"): self._make_library_page,
            self.tr("Evaluate"): self._make_evaluate_page,
        }
        self.window = MainWindow(pages, self._settings, self._may_close)
        self._link.ready.connect(self._on_ready)
        self._link.lost.connect(self.window.show_worker)
        self.session.running_changed.connect(self._show_worker)
        self._evaluate_link.busy_changed.connect(self._show_worker)

    def open(self, paths: Sequence[Path]) -> None:
        """Show the window with the given pair, else the remembered one, else a sample whose clips play at once."""
        remembered = self.generate.restore()
        self._show_worker()
        self.window.painted.connect(lambda: self._begin(paths, remembered))
        self.window.show()

    def take(self, paths: Sequence[Path]) -> None:
        """Come to the front with what a later start was given."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if paths:
            self.window.show_page(self.tr("Generate"))
            self.generate.load_files(paths)

    def tell_surprise(self, details: str) -> None:
        """Say that something unexpected went wrong."""
        self.window.help.tell_surprise(details)

    def _begin(self, paths: Sequence[Path], remembered: list[Path]) -> None:
        """What the window need not wait for: the worker's start and the pictures."""
        from f2v_core.results.store import ResultStore, results_folder  # noqa: PLC0415 - loads numpy

        self._link.warm_up()
        self.session.results = ResultStore(results_folder(), KEPT_BYTES)
        sample = next((each for each in self._samples if [each.first, each.last] == remembered), None)
        known = self.generate.history.open(paths or remembered)
        if known:
            return
        if paths:
            self.generate.load_files(paths)
        elif remembered and sample is None:
            self.generate.load_files(remembered)
        elif self._samples:
            self.generate.load_sample(sample or self._samples[0])

    def close(self) -> None:
        """Remember everything and end the workers."""
        self.playhead.pause()
        self.generate.remember()
        if self._evaluate_page is not None:
            self._evaluate_page.remember()
        self._settings.save()
        if self._data_page is not None:
            self._data_page.close_work()
        for link in (self._link, self._evaluate_link):
            link.close()

    def _make_train_page(self) -> QWidget:
        from f2v_app.pages.train import TrainPage  # noqa: PLC0415 - loads the curves when they are first wanted

        self._train_page = page = TrainPage(runs_folder())
        page.model_added.connect(self.generate.use_model)
        page.training_changed.connect(self._show_worker)
        return page

    def _make_data_page(self) -> QWidget:
        from f2v_app.pages.data import DataPage  # noqa: PLC0415 - as above: pages are built when first shown

        self._data_page = page = DataPage(self._settings)
        page.dataset_chosen.connect(self._train_on)
        page.busy_changed.connect(self._show_worker)
        return page

    def _make_evaluate_page(self) -> QWidget:
        from f2v_app.pages.evaluate import EvaluatePage  # noqa: PLC0415 - as above

        self._evaluate_page = page = EvaluatePage(self._evaluate_link, self._settings)
        page.show_training(running=self._training)
        page.data_wanted.connect(lambda: self.window.show_page(self.tr("Data")))
        return page

    def _make_library_page(self) -> QWidget:
        from f2v_app.pages.library import LibraryPage  # noqa: PLC0415 - as above

        page = LibraryPage(self._settings)
        page.changed.connect(self.generate.refresh_models)
        page.default_chosen.connect(self.generate.choose_model)
        page.use_wanted.connect(self._generate_with)
        return page

    def _generate_with(self, model: str) -> None:
        self.generate.use_model(model)
        self.window.show_page(self.tr("Generate"))

    def _train_on(self, dataset: str) -> None:
        self.window.show_page(self.tr("Train"))
        assert self._train_page is not None  # noqa: S101 - it was just shown
        self._train_page.use_data(dataset)

    def _may_close(self) -> bool:
        """Ask before long work ends with the window, and what shall become of trainings, which need not end."""
        return all(self._ask(*words) for busy, words in self._long_works() if busy) and self._may_leave()

    def _may_leave(self) -> bool:
        """Whether the window may close as far as trainings go; they are paused or stopped if that is wanted."""
        page = self._train_page
        runs = page.trainings() if page is not None else []
        if page is None or not runs:
            return True
        wish = ask_about_trainings(runs, read_queue(runs_folder()).runs, self.window)
        if wish in {"stay", "keep"}:
            return wish == "keep"
        try:
            page.ask_all("pause" if wish == "pause" else "stop")
        except RunError as error:
            QMessageBox.warning(self.window, self.tr("It trains on"), str(error))
            return False
        return True

    def _long_works(self) -> list[tuple[bool, tuple[str, str, str, str]]]:
        """Whether each kind of long work is under way, and what to ask before it ends."""
        preparing = (
            self.tr("A dataset is being prepared"),
            self.tr("Closing the window stops the preparing."),
            self.tr("What is finished is kept, and Continue goes on from there."),
            self.tr("Keep preparing"),
        )
        evaluating = (
            self.tr("An evaluation is running"),
            self.tr("Closing the window stops the evaluation."),
            self.tr("The figures of models that are done are kept for the next time."),
            self.tr("Keep evaluating"),
        )
        return [
            (self._preparing, preparing),
            (self._evaluate_link.busy, evaluating),
        ]

    @property
    def _training(self) -> bool:
        return self._train_page is not None and self._train_page.training

    @property
    def _preparing(self) -> bool:
        return self._data_page is not None and self._data_page.preparing

    def _ask(self, title: str, text: str, remedy: str, stay: str) -> bool:
        """Whether the window shall close although something ends with it."""
        box = QMessageBox(self.window)
        box.setWindowTitle(title)
        box.setText(text)
        box.setInformativeText(remedy)
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() == stop

    def _on_ready(self, device: str) -> None:
        self._device = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}.get(device, device)
        self._show_worker()

    def _show_worker(self) -> None:
        if self._evaluate_page is not None:
            self._evaluate_page.show_training(running=self._training)
        if not self._device:
            self.window.show_worker(self.tr("Training") if self._training else self.tr("Worker starts"))
        elif self.session.running:
            self.window.show_worker(self.tr("{0} · working").format(self._device))
        elif self._training:
            self.window.show_worker(self.tr("{0} · training").format(self._device))
        elif self._evaluate_link.busy:
            self.window.show_worker(self.tr("{0} · evaluating").format(self._device))
        elif self._preparing:
            self.window.show_worker(self.tr("{0} · preparing").format(self._device))
        else:
            self.window.show_worker(self.tr("{0} · ready").format(self._device))


def run(paths: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Where a window is open already, it gets the paths, and this start ends.
    """
    app = QApplication(sys.argv[:1])
    name = server_name(settings_file())
    if hand_over(name, paths):
        return 0
    app.setApplicationName("f2v")
    app.setApplicationDisplayName("f2v")
    app.setDesktopFileName("f2v")
    apply_theme(app)
    with kept_log():
        return _stay(app, name, paths)


def _stay(app: QApplication, name: str, paths: Sequence[Path]) -> int:
    """Open the window, listen for later starts and for surprises, and stay until it is closed."""
    studio = Studio()
    surprises, instance = Surprises(), SingleInstance(name)
    surprises.happened.connect(studio.tell_surprise)
    instance.asked.connect(studio.take)
    surprises.watch()
    studio.open(paths)
    code = app.exec()
    instance.close()
    studio.close()
    surprises.leave()
    return code
