"""The Train page's left side: the settings, and under them the one button that starts or stops."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.run_files import describe_data
from f2v_app.widgets.side_scroll import SideScroll
from f2v_app.widgets.train_settings import TrainSettings
from f2v_core.runs import Run

WIDTH = 352
"""Pixels; the expert form's longest label fits."""


class TrainPanel(QFrame):
    """Settings and button.

    Attributes:
        settings: what is to be trained.

    Signals:
        started: the user wants a training; the Run that is to be made.
        stopped: the user wants the training to stop and be kept.
    """

    started = Signal(object)
    stopped = Signal()

    def __init__(self, root: Path, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "side")
        self.setFixedWidth(WIDTH)
        self.settings = TrainSettings(root, clock, describe_data, self)
        self._start = push_button(self.tr("Start training"), self, "primary")
        self._start.clicked.connect(self._on_start)
        self._stop = push_button(self.tr("Stop and keep"), self, "large")
        self._stop.setToolTip(self.tr("Save a checkpoint and stop; Resume goes on from it."))
        self._stop.clicked.connect(self.stopped)
        self._lay_out()
        self.show_busy(busy=False, stopping=False)

    def _lay_out(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        foot.addWidget(self._start)
        foot.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SideScroll(self.settings, self), stretch=1)
        column.addLayout(foot)

    def show_busy(self, *, busy: bool, stopping: bool) -> None:
        """Offer to start, or to stop what runs; a training that is stopping cannot be stopped again."""
        self.settings.setEnabled(not busy)
        self._start.setVisible(not busy)
        self._stop.setVisible(busy)
        self._stop.setEnabled(not stopping)

    def _on_start(self) -> None:
        if self.settings.ready():
            self.started.emit(Run(self.settings.run_folder, self.settings.config()))
