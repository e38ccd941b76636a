"""The Train page's left side: the settings, and under them the one button that starts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

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
    """

    started = Signal(object)

    def __init__(self, root: Path, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "side")
        self.setFixedWidth(WIDTH)
        self.settings = TrainSettings(root, clock, describe_data, self)
        self._start = push_button(self.tr("Start training"), self, "primary")
        self._start.clicked.connect(self._on_start)
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        self._words.hide()
        self._training = ""
        self._lay_out()

    def _lay_out(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        foot.setSpacing(theme.S)
        foot.addWidget(self._words)
        foot.addWidget(self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SideScroll(self.settings, self), stretch=1)
        column.addLayout(foot)

    def set_starting(self, starting: bool) -> None:
        """A run is being made: a second click makes no second one."""
        self._start.setEnabled(not starting)
        if starting:
            self._say("", "muted")

    @property
    def starting(self) -> bool:
        """Whether a run is being made."""
        return not self._start.isEnabled()

    def show_training(self, name: str) -> None:
        """Say that a run trains already, by its name; "" for none."""
        if name != self._training:
            self._training = name
            words = self.tr("{0} is training: another training beside it makes both slower.")
            self._say(words.format(name) if name else "", "muted")

    def complain(self, words: str) -> None:
        """Say why a training could not be started."""
        self._say(f"⚠ {words}", "error")

    def _say(self, words: str, role: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        theme.set_role(self._words, role)

    def _on_start(self) -> None:
        if self.settings.ready():
            self.started.emit(Run(self.settings.run_folder, self.settings.config()))
