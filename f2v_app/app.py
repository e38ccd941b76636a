"""Builds every object of the app, joins them, and takes them down again."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from f2v_app.main_window import MainWindow
from f2v_app.pages.generate import GeneratePage
from f2v_app.playhead import Playhead
from f2v_app.session import Session, list_samples
from f2v_app.settings import Settings, settings_file
from f2v_app.theme import apply_theme
from f2v_app.worker_link import WorkerLink
from f2v_core.runs import runs_folder
from f2v_core.worker.client import WorkerClient


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
        self._train_link = WorkerLink(make_client, impatient=False, parent=self)
        self._device = ""
        self._samples = list_samples()
        self.session = Session(self)
        self.playhead = Playhead(self)
        self.generate = GeneratePage(self.session, self._link, self.playhead, self._settings, self._samples)
        pages = {self.tr("Generate"): lambda: self.generate, self.tr("Train"): self._make_train_page}
        self.window = MainWindow(pages, self._settings, self._may_close)
        self._link.ready.connect(self._on_ready)
        self._link.lost.connect(self.window.show_worker)
        self.session.running_changed.connect(self._show_worker)
        self._train_link.busy_changed.connect(self._show_worker)

    def open(self, paths: Sequence[Path]) -> None:
        """Show the window with the given pair, else the remembered one, else a sample whose clips play at once."""
        remembered = self.generate.restore()
        self._show_worker()
        self.window.painted.connect(lambda: self._begin(paths, remembered))
        self.window.show()

    def _begin(self, paths: Sequence[Path], remembered: list[Path]) -> None:
        """What the window need not wait for: the worker's start and the pictures."""
        self._link.warm_up()
        sample = next((each for each in self._samples if [each.first, each.last] == remembered), None)
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
        self._settings.save()
        self._link.close()
        self._train_link.close()

    def _make_train_page(self) -> QWidget:
        from f2v_app.pages.train import TrainPage  # noqa: PLC0415 - loads the curves when they are first wanted

        page = TrainPage(self._train_link, runs_folder())
        page.model_added.connect(self.generate.use_model)
        return page

    def _may_close(self) -> bool:
        """Ask before a training ends with the window."""
        if not self._train_link.busy:
            return True
        box = QMessageBox(self.window)
        box.setWindowTitle(self.tr("A training is running"))
        box.setText(self.tr("Closing the window stops the training."))
        box.setInformativeText(self.tr("It saves a checkpoint first and can be resumed later."))
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Keep training"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() == stop

    def _on_ready(self, device: str) -> None:
        self._device = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}.get(device, device)
        self._show_worker()

    def _show_worker(self) -> None:
        if not self._device:
            self.window.show_worker(self.tr("Worker starts"))
        elif self.session.running:
            self.window.show_worker(self.tr("{0} · working").format(self._device))
        elif self._train_link.busy:
            self.window.show_worker(self.tr("{0} · training").format(self._device))
        else:
            self.window.show_worker(self.tr("{0} · ready").format(self._device))


def run(paths: Sequence[Path]) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("f2v")
    app.setApplicationDisplayName("f2v")
    app.setDesktopFileName("f2v")
    apply_theme(app)
    studio = Studio()
    studio.open(paths)
    code = app.exec()
    studio.close()
    return code
