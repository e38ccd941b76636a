"""The Evaluate page: what to compare and earlier reports on the left, a report in the centre, the work below."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app.actions import add_actions
from f2v_app.settings import Settings
from f2v_app.widgets.background import Background
from f2v_app.widgets.dataset_files import DatasetRow, datasets_folder, read_rows
from f2v_app.widgets.evaluate_centre import EvaluateCentre
from f2v_app.widgets.evaluate_files import ReportRow
from f2v_app.widgets.evaluate_panel import EvaluatePanel
from f2v_app.widgets.folder_drop import FolderDrop
from f2v_app.widgets.folder_files import show_folder
from f2v_app.widgets.job_bar import JobBar
from f2v_app.widgets.report_export import Export, fresh_folder, suggested_name, write_export
from f2v_app.worker_link import WorkerLink
from f2v_core.evaluation.report import REPORT
from f2v_core.library import CARD, list_models
from f2v_core.messages import Evaluate, EvaluationReady, Event, JobCancelled, JobDone, JobFailed, Notice
from f2v_core.runs import RUN

EXPORTS = "evaluate/exports"
"""Where the settings keep the folder of the last export."""


class EvaluatePage(QWidget):
    """Compares models, one evaluation at a time, and shows reports.

    Signals:
        data_wanted: the user wants to make a dataset.
    """

    data_wanted = Signal()

    def __init__(
        self,
        link: WorkerLink,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        reports_root: Path | None = None,
    ) -> None:
        """Reports lie below `reports_root`; None: where the user's own lie."""
        super().__init__(parent)
        self._link, self._settings = link, settings
        self._job: int | None = None
        self._ready: Path | None = None
        self._running = ""
        self._restored = self._listed = False
        self._panel = EvaluatePanel(reports_root, self)
        self._centre = EvaluateCentre(self)
        self._bar = JobBar(self)
        self._datasets, self._exporter = Background(self), Background(self)
        self._drop = FolderDrop(self, self._centre)
        self._lay_out()
        self._connect()
        self._bar.say(self.tr("Nothing is running."), "muted")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._panel)
        row.addWidget(self._centre, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, stretch=1)
        column.addWidget(self._bar)

    def _connect(self) -> None:
        panel, view = self._panel, self._centre.view
        panel.started.connect(self._on_started)
        panel.cancelled.connect(self.cancel)
        panel.reports.chosen.connect(self.show_report)
        panel.reports.listed.connect(self._on_listed)
        panel.reports.removed.connect(self._on_removed)
        self._centre.data_wanted.connect(self.data_wanted)
        view.shown.connect(self._centre.show_view)
        view.failed.connect(lambda error: self._centre.show_unreadable(str(error)))
        view.header.export_wanted.connect(self._on_export)
        view.header.open_wanted.connect(self._on_open)
        self._link.reported.connect(self._on_reported)
        self._datasets.answered.connect(self._on_datasets)
        self._exporter.answered.connect(self._on_exported)
        self._exporter.failed.connect(lambda error: self._bar.say(f"⚠ {error}", "error"))
        self._drop.dropped.connect(self._take)
        add_actions(
            self, {"generate": self._panel.start, "cancel": self.cancel, "export": self._offer_exports}
        )

    @property
    def evaluating(self) -> bool:
        """Whether an evaluation is under way."""
        return self._job is not None

    def show_training(self, *, running: bool) -> None:
        """Say beside the button that a training has a share of the machine."""
        words = self.tr("A training is running: both take longer while they share the machine.")
        self._panel.say(words if running else "")

    def show_report(self, folder: Path) -> None:
        """Show the report of a folder."""
        self._panel.reports.select(folder)
        self._centre.view.open_folder(folder)

    def cancel(self) -> None:
        """Stop the evaluation."""
        if self._job is not None:
            self._panel.show_busy(busy=True, stopping=True)
            self._bar.say(self.tr("Stopping"))
            self._link.cancel()

    def remember(self) -> None:
        """Write what is decided into the settings."""
        self._panel.settings.remember(self._settings)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Look again at what other pages may have made."""
        super().showEvent(event)
        if self.evaluating:
            return
        if not self._restored:
            self._restored = True
            self._panel.settings.restore(self._settings)
        self._refresh()

    def _refresh(self) -> None:
        cards, problems = list_models()
        self._panel.settings.models.set_cards(cards, self._settings.read("evaluate/models", {}))
        if problems:
            self._bar.say(f"⚠ {problems[0]}", "error")
        root = Path(self._settings.read("data/root", "") or datasets_folder())
        others = [Path(each) for each in self._settings.read("data/others", [])]
        self._datasets.ask(lambda: read_rows(root, others))
        self._panel.reports.refresh()

    def _on_datasets(self, rows: Sequence[DatasetRow]) -> None:
        dataset = self._panel.settings.dataset
        dataset.set_rows(rows)
        if not self._centre.showing_report and not self.evaluating and self._centre.view.folder is None:
            self._centre.show_invitation(datasets=dataset.folder is not None)

    def _on_listed(self, rows: Sequence[ReportRow]) -> None:
        """Begin with the newest report in view."""
        first, self._listed = not self._listed, True
        if rows and first and not self.evaluating:
            self.show_report(rows[0].folder)

    def _on_removed(self, folder: Path) -> None:
        """Show no report that lies in the trash."""
        if folder == self._centre.view.wanted:
            self._centre.view.forget()
            if self.evaluating:
                self._centre.show_running(self._running)
            else:
                self._centre.show_invitation(datasets=self._panel.settings.dataset.folder is not None)

    def _take(self, folder: Path) -> None:
        """Look at what the user brings: a report, a model, a run, or a dataset."""
        settings = self._panel.settings
        if (folder / REPORT).is_file():
            self.show_report(folder)
        elif self.evaluating:
            self._bar.say(self.tr("Wait for the evaluation, or cancel it."))
        elif (folder / CARD).is_file() or (folder / RUN).is_file():
            settings.models.add(folder)
        else:
            settings.dataset.choose(folder)

    def _on_started(self) -> None:
        config = self._panel.settings.config()
        self._ready = None
        self._running = f"{Path(config.data).name} · {config.split}"
        self._job = self._link.start_job(lambda job: Evaluate(job, config))
        self._bar.begin_stages()
        self._panel.show_busy(busy=True, stopping=False)
        self.remember()
        if not self._centre.showing_report:
            self._centre.show_running(self._running)

    def _on_reported(self, job: int, event: Event) -> None:
        if job != self._job:
            return
        self._bar.take(event)
        match event:
            case Notice(text):
                self._bar.say(text)
            case EvaluationReady(folder):
                self._ready = Path(folder)
            case JobDone() | JobCancelled() | JobFailed():
                self._finish(event)

    def _finish(self, event: JobDone | JobCancelled | JobFailed) -> None:
        self._job = None
        self._panel.show_busy(busy=False, stopping=False)
        if self._ready is not None:
            self.show_report(self._ready)
        elif not self._centre.showing_report:
            if isinstance(event, JobFailed):
                self._centre.show_failure(f"{event.message} {event.remedy}".strip())
            else:
                self._centre.show_invitation(datasets=True)
        self._panel.reports.refresh()

    def _offer_exports(self) -> None:
        if self._centre.showing_report:
            self._centre.view.header.offer_exports()

    def _on_export(self, export: Export) -> None:
        """Ask where to, and write there; what is there is replaced only where the system's dialog has asked."""
        report, folder = self._centre.view.report, self._centre.view.folder
        if report is None or folder is None:
            return
        target = self._ask_target(export, suggested_name(report, export))
        if target is None:
            return
        self._settings.write(EXPORTS, str(target.parent))
        self._bar.say(self.tr("Writing {0}").format(target.name), "muted")
        self._exporter.ask(lambda: write_export(export, report, folder, target))

    def _ask_target(self, export: Export, name: str) -> Path | None:
        start = Path(self._settings.read(EXPORTS, "") or Path.home())
        if not export.ending:
            title = self.tr("Make a folder of pictures in")
            chosen = QFileDialog.getExistingDirectory(self, title, str(start))
            return fresh_folder(Path(chosen), name) if chosen else None
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), str(start / name), f"*{export.ending}"
        )
        if not chosen:
            return None
        typed = Path(chosen)
        target = typed if typed.suffix.lower() == export.ending else Path(f"{typed}{export.ending}")
        if target != typed and target.exists():  # the dialog asked about another name
            self._bar.say(self.tr("⚠ {0} exists already. Give another name.").format(target), "error")
            return None
        return target

    def _on_exported(self, path: Path) -> None:
        self._bar.say(self.tr("Written to {0}").format(path), "muted")

    def _on_open(self) -> None:
        if self._centre.view.folder is not None:
            show_folder(self._centre.view.folder)
