"""A report in the window: its head over its figures, its charts and its contact sheets."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.report_charts import ReportCharts
from f2v_app.widgets.report_figures import ReportFigures, first_choice
from f2v_app.widgets.report_header import ReportHeader
from f2v_app.widgets.report_sheets import ReportSheets
from f2v_core.evaluation.records import Report
from f2v_core.evaluation.report import read_report


class ReportView(QWidget):
    """Shows the report of a folder.

    Attributes:
        header, figures, charts, sheets, tabs: its parts.
        folder, report: what is shown; None before anything is.

    Signals:
        shown: a report is read and shown.
        failed: the F2vError that says why it cannot be.
    """

    shown = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.report: Report | None = None
        self._asked: Path | None = None
        self.header = ReportHeader(self)
        self.figures = ReportFigures(self)
        self.charts = ReportCharts(self)
        self.sheets = ReportSheets(self)
        self._reader = Background(self)
        self._reader.answered.connect(self._on_read)
        self._reader.failed.connect(self.failed)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part, title in (
            (self.figures, self.tr("Figures")),
            (self.charts, self.tr("Charts")),
            (self.sheets, self.tr("Contact sheets")),
        ):
            self.tabs.addTab(part, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addWidget(self.header)
        column.addWidget(self.tabs, stretch=1)

    def open_folder(self, folder: Path) -> None:
        """Read a report and show it; `shown` or `failed` tells."""
        self._asked = folder
        self.header.show_reading(folder.name)
        self.tabs.setEnabled(False)
        self._reader.ask(lambda: read_report(folder))

    def _on_read(self, report: Report) -> None:
        assert self._asked is not None  # noqa: S101 - it was asked for
        self.show_report(report, self._asked)

    def show_report(self, report: Report, folder: Path) -> None:
        """Show a report that lies in `folder`."""
        self.report, self.folder = report, folder
        self.tabs.setEnabled(True)
        self.header.show_report(report, str(folder))
        self.figures.show_report(report)
        self.charts.show_report(report)
        self.sheets.show_report(report, folder, first_choice(report))
        self.shown.emit()

    def forget(self) -> None:
        """Be about no report any more: its folder is gone."""
        self._reader.drop()
        self.report = self.folder = self._asked = None

    @property
    def wanted(self) -> Path | None:
        """The folder that is shown, or is being read to be shown."""
        return self._asked or self.folder

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.figures.recolor()
            self.charts.recolor()
