"""The Evaluate page's left side: the settings, the one button that starts or cancels, and earlier reports."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.evaluate_settings import EvaluateSettings
from f2v_app.widgets.report_list import ReportList
from f2v_app.widgets.side_scroll import SideScroll

WIDTH = 320
"""Pixels: the report's table needs the others."""
REPORTS = 168
"""Pixels of the list at least: three reports."""


class EvaluatePanel(QFrame):
    """Settings, button, reports.

    Attributes:
        settings: what is to be compared.
        reports: what was compared before.

    Signals:
        started: the user wants an evaluation.
        cancelled: the user wants it to stop.
    """

    started = Signal()
    cancelled = Signal()

    def __init__(self, reports_root: Path | None = None, parent: QWidget | None = None) -> None:
        """Reports lie below `reports_root`; None: where the user's own lie."""
        super().__init__(parent)
        theme.set_role(self, "side")
        self.setFixedWidth(WIDTH)
        self._busy = self._held = False
        self.settings = EvaluateSettings(self)
        self.reports = ReportList(reports_root, self)
        self._start = push_button(
            self.tr("Evaluate"), self, "primary", hint(self.tr("Compare the models"), "generate")
        )
        self._start.clicked.connect(self.start)
        self._cancel = push_button(
            self.tr("Cancel"),
            self,
            "large",
            hint(self.tr("The figures of models that are done are kept for the next time"), "cancel"),
        )
        self._cancel.clicked.connect(self.cancelled)
        self._note = QLabel(self, wordWrap=True)
        self._note.setFont(theme.small_font())
        theme.set_role(self._note, "muted")
        self._lay_out()
        self.show_busy(busy=False, stopping=False)
        self.say("")

    def _lay_out(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        foot.setSpacing(theme.S)
        foot.addWidget(self._note)
        foot.addWidget(self._start)
        foot.addWidget(self._cancel)
        below = QFrame(self)
        theme.set_role(below, "bar")
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.reports)
        below.setMinimumHeight(REPORTS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SideScroll(self.settings, self), stretch=3)
        column.addLayout(foot)
        column.addWidget(below, stretch=1)

    def start(self) -> None:
        """Ask for an evaluation, unless one is under way or something is missing."""
        if not self._busy and self.settings.ready():
            self.started.emit()

    def show_busy(self, *, busy: bool, stopping: bool) -> None:
        """Offer to start, or to cancel what runs; the focus goes along, also while Cancel can do no more."""
        other, button = (self._start, self._cancel) if busy else (self._cancel, self._start)
        held = other.hasFocus() or (self._held and not busy)
        self._held = stopping and self._cancel.hasFocus()
        self._busy = busy
        self.settings.setEnabled(not busy)
        self._start.setHidden(busy)
        self._cancel.setHidden(not busy)
        self._cancel.setEnabled(not stopping)
        if held:
            button.setFocus()

    def say(self, words: str) -> None:
        """Say something that matters for starting; empty hides it."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
