"""How an export goes: progress, trouble or success in words, and the buttons that belong to each."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import dialog_button
from f2v_core.errors import F2vError

BUTTON = 96
"""The least width of the buttons on the right, in pixels."""


class ExportOutcome(QWidget):
    """The lower part of the export dialog.

    Signals:
        started: the user wants the file written; for the second time where one is to be replaced.
        stopped: the user wants the writing to stop.
        closed: the user is done.
    """

    started = Signal()
    stopped = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._words = QLabel(self, wordWrap=True)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName(self.tr("Export progress"))
        self._open = dialog_button(self.tr("Open folder"), self, self._on_open)
        self._copy = dialog_button(self.tr("Copy path"), self, self._on_copy)
        self._cancel = dialog_button(self.tr("Cancel"), self, self.stopped.emit)
        self._close = dialog_button(self.tr("Close"), self, self.closed.emit)
        self._export = dialog_button(self.tr("Export"), self, self.started.emit)
        self._export.setDefault(True)
        self._lay_out()
        theme.set_role(self._export, "primary")
        self.show_waiting()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self._open)
        row.addWidget(self._copy)
        row.addStretch(1)
        for button in (self._cancel, self._close, self._export):
            button.setMinimumWidth(BUTTON)
            theme.set_role(button, "large")
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addSpacing(theme.S)
        column.addLayout(row)

    def _show(self, words: str, role: str, shown: tuple[QWidget, ...]) -> None:
        self._words.setText(words)
        theme.set_role(self._words, role)
        for part in (self._bar, self._open, self._copy, self._cancel, self._close, self._export):
            part.setVisible(part in shown)
        self._export.setText(self.tr("Export"))
        self._cancel.setEnabled(True)

    def show_waiting(self) -> None:
        """Nothing was asked for yet."""
        self._show("", "muted", (self._close, self._export))

    def show_progress(self, done: int, total: int) -> None:
        """`done` of `total` frames are written."""
        words = self.tr("Writing frame {0} of {1}").format(done, total)
        if done == total:
            words = self.tr("Finishing the file")
        self._show(words, "muted", (self._bar, self._cancel))
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_stopping(self) -> None:
        """The writing was asked to stop."""
        self._show(self.tr("Cancelling…"), "muted", (self._bar, self._cancel))
        self._cancel.setEnabled(False)

    def show_cancelled(self) -> None:
        """The writing has stopped and left nothing behind."""
        self._show(self.tr("Cancelled; nothing was written."), "muted", (self._close, self._export))

    def show_trouble(self, error: F2vError) -> None:
        """Say what went wrong and what to do."""
        self._show(f"⚠ {error}", "error", (self._close, self._export))

    def show_taken(self, path: Path) -> None:
        """Ask whether what is there may be replaced: the same button says so."""
        words = self.tr("{0} exists already. Replace it, or give another name.").format(path.name)
        self._show(words, "error", (self._close, self._export))
        self._export.setText(self.tr("Replace"))

    def show_done(self, path: Path) -> None:
        """Say where the file lies and offer to go there."""
        self._path = path
        words = self.tr("Written to {0}").format(path)
        self._show(words, "muted", (self._open, self._copy, self._close))
        self._close.setFocus()

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._path))
