"""The Data page's left side: the settings, and under them the one button that starts or cancels."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.data_settings import DataSettings
from f2v_app.widgets.side_scroll import SideScroll

WIDTH = 352
"""Pixels, as on the Train page: the longest label fits."""


class DataPanel(QFrame):
    """Settings and button.

    Attributes:
        settings: what is to be made.

    Signals:
        started: the user wants the dataset made, or gone on with.
        cancelled: the user wants that to stop.
    """

    started = Signal()
    cancelled = Signal()

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "side")
        self.setFixedWidth(WIDTH)
        self.settings = DataSettings(root, self)
        self.settings.changed.connect(self._show_start)
        self._start = push_button(self.tr("Prepare"), self, "primary")
        self._start.clicked.connect(self._on_start)
        self._cancel = push_button(
            self.tr("Cancel"),
            self,
            "large",
            self.tr("What is finished is kept; Continue goes on from there."),
        )
        self._cancel.clicked.connect(self.cancelled)
        self._lay_out()
        self.show_busy(busy=False, stopping=False)

    def _lay_out(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        foot.addWidget(self._start)
        foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SideScroll(self.settings, self), stretch=1)
        column.addLayout(foot)

    def show_busy(self, *, busy: bool, stopping: bool) -> None:
        """Offer to start, or to cancel what runs; the focus goes along."""
        other, button = (self._start, self._cancel) if busy else (self._cancel, self._start)
        held = other.hasFocus()
        self.settings.setEnabled(not busy)
        self._start.setHidden(busy)
        self._cancel.setHidden(not busy)
        self._cancel.setEnabled(not stopping)
        if held:
            button.setFocus()
        if not busy:
            self._show_start()

    def _show_start(self) -> None:
        text = self.tr("Continue") if self.settings.continues else self.tr("Prepare")
        tip = self.tr("Go on where it was.") if self.settings.continues else self.tr("Make the dataset.")
        self._start.setText(text)
        self._start.setAccessibleName(text)
        self._start.setToolTip(tip)

    def _on_start(self) -> None:
        if self.settings.ready():
            self.started.emit()
