"""The dialog that writes a clip, or all of them side by side, to a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.settings import Settings
from f2v_app.tasks import Task
from f2v_app.widgets.export_form import ExportForm
from f2v_app.widgets.export_outcome import ExportOutcome
from f2v_core.errors import F2vError
from f2v_core.frames import Clip
from f2v_core.media.edits import edited_numbers
from f2v_core.media.embedding import settings_text
from f2v_core.media.export import check_target, export_clip
from f2v_core.media.presets import PRESETS
from f2v_core.messages import ExportDone, ExportEvent, ExportProgress

FOLDER = "export/folder"
"""Where the settings keep the folder of the last export."""
WIDTH = 560
"""Pixels; a path of usual length can be read."""


class ExportDialog(QDialog):
    """Asks what, in which format and where; writes it while the window lives on.

    Attributes:
        form: the three questions.
        outcome: progress, trouble, success, and the buttons.

    Signals:
        exported: a file or folder was written; its path.
    """

    exported = Signal(str)

    def __init__(
        self,
        clips: Mapping[str, Clip],
        pair_name: str,
        parent: QWidget | None = None,
        *,
        settings: Settings | None = None,
        made_with: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask about `clips`, by the names they are shown under, at least one.

        `settings` keep the folder of the last export; `made_with` goes into the files: how the clips were made.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(WIDTH)
        self._task: Task | None = None
        self._stopping = False
        self._replacing = self._written = Path()
        self._settings, self._text = settings, settings_text(made_with) if made_with else ""
        remembered = settings.read(FOLDER, "") if settings else ""
        self.form = ExportForm(clips, pair_name, Path(remembered) if remembered else None, self)
        self.outcome = ExportOutcome(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.L)
        column.addWidget(self.form)
        column.addWidget(self.outcome)
        self.form.changed.connect(self._on_changed)
        self.outcome.started.connect(self._on_started)
        self.outcome.stopped.connect(self._on_stopped)
        self.outcome.closed.connect(self.accept)

    @property
    def running(self) -> bool:
        """Whether something is being written."""
        return self._task is not None

    def _on_changed(self) -> None:
        self._replacing = Path()
        self.outcome.show_waiting()

    def _on_started(self) -> None:
        path = self.form.path
        try:
            self._check(path, force=path == self._replacing)
        except F2vError as error:
            self._refuse(path, error)
        else:
            self._write(path)

    def _refuse(self, path: Path, error: F2vError) -> None:
        """Say what is wrong; where the only trouble is an older file, the same button replaces it."""
        try:
            self._check(path, force=True)
        except F2vError:
            self.outcome.show_trouble(error)
        else:
            self._replacing = path
            self.outcome.show_taken(path)

    def _check(self, path: Path, *, force: bool) -> None:
        """Find out what would stand in the way of the export."""
        source, preset = self.form.source, check_target(path, force, self.form.preset)
        edited_numbers(source.count, source.fps, self.form.config, PRESETS[preset])

    def _write(self, path: Path) -> None:
        source, preset, config = self.form.source, self.form.preset, self.form.config
        force = path == self._replacing
        task = Task(
            lambda: export_clip(
                source.frames(),
                source.count,
                source.fps,
                path,
                force=force,
                preset=preset,
                config=config,
                text=self._text,
            )
        )
        task.progressed.connect(self._on_progressed)
        task.done.connect(self._on_done)
        task.cancelled.connect(self._on_cancelled)
        task.failed.connect(self._on_failed)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(task.wait)  # a thread that dies in mid-file could not clean up
        self._task = task
        self.form.setEnabled(False)
        self.outcome.show_progress(0, source.count)
        task.start()

    def _on_stopped(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._stopping = True
            self.outcome.show_stopping()

    def _on_progressed(self, event: ExportEvent) -> None:
        if isinstance(event, ExportProgress) and not self._stopping:
            self.outcome.show_progress(event.done, event.total)
        elif isinstance(event, ExportDone):
            self._written = Path(event.path)

    def _on_done(self) -> None:
        """The file is complete, be it that Cancel came too late."""
        path = self._written
        self._end()
        self.outcome.show_done(path)
        if self._settings:
            self._settings.write(FOLDER, str(path.parent))
        self.exported.emit(str(path))

    def _on_cancelled(self) -> None:
        if self._written != Path():
            self._on_done()
            return
        self._end()
        self.outcome.show_cancelled()

    def _on_failed(self, error: F2vError) -> None:
        self._end()
        self.outcome.show_trouble(error)

    def _end(self) -> None:
        self._task, self._stopping = None, False
        self._replacing = self._written = Path()
        self.form.setEnabled(True)

    @override
    def done(self, result: int) -> None:
        self._on_stopped()
        super().done(result)
