"""A complete dataset: its figures over its clips, its rejected files and its duplicates."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.clip_browser import ClipBrowser
from f2v_app.widgets.data_summary import DataSummary
from f2v_app.widgets.data_words import dataset_words
from f2v_app.widgets.dataset_contents import MOST, Contents, read_contents
from f2v_app.widgets.run_state import count
from f2v_app.widgets.text_table import TextTable
from f2v_core.data.dataset import DUPLICATES, REJECTED, Dataset
from f2v_core.errors import F2vError

SUMMARY, CLIPS = 230, 420
"""Heights that the panes begin with, in pixels: what is missing or left over, the clips take."""


class DatasetView(QWidget):
    """The overview.

    Attributes:
        summary, browser, rejected, duplicates, tabs: its parts.

    Signals:
        shown: all of a dataset is read and shown.
        failed: the F2vError that says why it cannot be.
    """

    shown = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = DataSummary(self)
        self.browser = ClipBrowser(self)
        self.rejected = TextTable(
            {self.tr("File"): "path", self.tr("Reason"): "text"}, self.tr("Rejected files"), self
        )
        self.duplicates = TextTable(
            {
                self.tr("Left out"): "path",
                self.tr("Split"): "short",
                self.tr("Nearly the same as"): "path",
                self.tr("Its split"): "short",
                self.tr("Distance"): "short",
            },
            self.tr("Duplicates"),
            self,
        )
        self._reader = Background(self)
        self._reader.answered.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for widget in (self.browser, self.rejected, self.duplicates):
            self.tabs.addTab(widget, "")
        panes = QSplitter(Qt.Orientation.Vertical, self)
        panes.setHandleWidth(1)
        panes.addWidget(self.summary)
        below = QWidget(self)
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, theme.M, 0, 0)
        inside.addWidget(self.tabs)
        panes.addWidget(below)
        panes.setCollapsible(1, False)
        panes.setStretchFactor(0, 0)
        panes.setStretchFactor(1, 1)
        panes.setSizes([SUMMARY, CLIPS])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panes)

    def show_dataset(self, dataset: Dataset) -> None:
        """Show what the description says now, and the rest when it is read."""
        info = dataset.info
        self.summary.show_counts(info["clips"], self.tr("Clips"), dataset_words(dataset))
        self.summary.show_measures([])
        self.browser.wait(self.tr("Reading the index…"))
        self.rejected.show_rows([])
        self.duplicates.show_rows([])
        self._name_tab(0, self.tr("Clips"), 0)
        self._name_tab(1, self.tr("Rejected files"), info["rejected"])
        self._name_tab(2, self.tr("Duplicates"), info["duplicates"])
        self._reader.ask(lambda: read_contents(dataset))

    def _name_tab(self, tab: int, title: str, number: int) -> None:
        self.tabs.setTabText(tab, f"{title}  {count(number)}" if number else title)

    def _on_read(self, contents: Contents) -> None:
        info = contents.table.dataset.info
        self.summary.show_measures(contents.measures)
        self.browser.show_table(contents.table)
        self.rejected.show_rows(
            contents.rejected,
            self._note(
                info["rejected"],
                REJECTED,
                self.tr("No file was rejected."),
            ),
        )
        self.duplicates.show_rows(
            contents.duplicates,
            self._note(
                info["duplicates"],
                DUPLICATES,
                self.tr("No clip of one split is nearly the same as a clip of another."),
            ),
        )
        self.shown.emit()

    def _note(self, rows: int, name: str, none: str) -> str:
        if not rows:
            return none
        return self.tr("The first {0}; all stand in {1}.").format(count(MOST), name) if rows > MOST else ""

    def _on_failed(self, error: F2vError) -> None:
        self.browser.wait(self.tr("The clips cannot be shown."))
        self.failed.emit(error)
