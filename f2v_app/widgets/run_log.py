"""A quiet log: a line with the time of day for each thing worth telling."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from f2v_app import theme

LINES = 2000


class RunLog(QPlainTextEdit):
    """The newest lines of a run; can be selected and copied, not changed."""

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setMaximumBlockCount(LINES)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, theme.S, 0, 0)
        self.setFont(theme.small_font())
        self.setAccessibleName(self.tr("Log"))
        self.setPlaceholderText(self.tr("Notices and checkpoints are told here."))
        theme.set_role(self, "log")

    def add(self, text: str) -> None:
        """Append a line."""
        self.appendPlainText(f"{self._clock():%H:%M:%S}  {text}")
