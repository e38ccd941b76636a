"""The Data page's centre: an invitation, or a head over what was found or what was made."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.data_header import DataHeader
from f2v_app.widgets.dataset_view import DatasetView
from f2v_app.widgets.found_view import FoundView


class DataCentre(QStackedWidget):
    """One thing at a time.

    Attributes:
        header: name, state and actions.
        found: what a folder holds, and the notices of preparing.
        overview: a complete dataset.

    Signals:
        folder_wanted: the user wants to choose a folder of videos.
        scenes_wanted: the user wants procedural scenes.
    """

    folder_wanted = Signal()
    scenes_wanted = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = DataHeader(self)
        self.found = FoundView(clock, self)
        self.overview = DatasetView(self)
        self._body = QStackedWidget(self)
        self._body.addWidget(self.found)
        self._body.addWidget(self.overview)
        self.addWidget(self._invitation())
        self.addWidget(self._content())

    def _invitation(self) -> QWidget:
        page = QWidget(self)
        title = QLabel(self.tr("Make a dataset"), page, alignment=Qt.AlignmentFlag.AlignCenter)
        title.setFont(theme.title_font())
        words = QLabel(
            self.tr("Drop a folder of videos here, or make procedural scenes."),
            page,
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        theme.set_role(words, "muted")
        choose = push_button(self.tr("Choose a folder…"), page)
        choose.clicked.connect(self.folder_wanted)
        scenes = push_button(
            self.tr("Procedural scenes"),
            page,
            tip=self.tr("Simulated eruptions and ski runs: no videos needed."),
        )
        scenes.clicked.connect(self.scenes_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(choose)
        row.addWidget(scenes)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.XXL, theme.XXL, theme.XXL, theme.XXL)
        column.setSpacing(theme.S)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(theme.S)
        column.addLayout(row)
        column.addStretch(3)
        return page

    def _content(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addWidget(self.header)
        column.addWidget(self._body, stretch=1)
        return page

    def show_invitation(self) -> None:
        """Show what to do first."""
        self.setCurrentIndex(0)

    def show_found(self) -> None:
        """Show the folder, or the dataset that is being made."""
        self._body.setCurrentWidget(self.found)
        self.setCurrentIndex(1)

    def show_overview(self) -> None:
        """Show the complete dataset."""
        self._body.setCurrentWidget(self.overview)
        self.setCurrentIndex(1)
