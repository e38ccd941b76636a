"""A field for a folder: type it, browse for it or drop it; says in words whether it will do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_core.errors import F2vError

PAUSE_MS = 300
"""How long typing must rest before the folder is looked at."""


class FolderField(QWidget):
    """A labelled folder and a sentence about it.

    Signals:
        checked: the folder was looked at; whether it will do.
    """

    checked = Signal(bool)

    def __init__(
        self, label: str, hint: str, check: Callable[[Path], str], parent: QWidget | None = None
    ) -> None:
        """`check` runs in a thread: it returns a sentence about a good folder and raises F2vError otherwise."""
        super().__init__(parent)
        self._label, self._hint, self._check = label, hint, check
        self._good = False
        self._line = QLineEdit(self)
        self._words = QLabel(hint, self, wordWrap=True)
        self._background = Background(self)
        self._background.answered.connect(self._on_answered)
        self._background.failed.connect(self._on_failed)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._lay_out()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        caption = QLabel(self._label, self)
        caption.setBuddy(self._line)
        browse = QToolButton(self)
        theme.set_icon(browse, "folder")
        browse.setFixedHeight(self._line.sizeHint().height())
        browse.setToolTip(self.tr("Browse for the folder"))
        browse.setAccessibleName(self.tr("Browse: {0}").format(self._label))
        browse.clicked.connect(self._on_browse)
        self._line.setAccessibleName(self._label)
        self._line.setPlaceholderText(self.tr("Drop a folder here or browse"))
        self._line.setAcceptDrops(False)  # a drop is for the whole field: it replaces, never inserts
        self._line.textChanged.connect(self._on_text_changed)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        row.addWidget(self._line, stretch=1)
        row.addWidget(browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(caption)
        column.addLayout(row)
        column.addWidget(self._words)

    @property
    def path(self) -> str:
        """What stands in the field; empty when nothing does."""
        return self._line.text().strip()

    @property
    def good(self) -> bool:
        """Whether the folder was looked at and will do."""
        return self._good

    def set_path(self, path: str) -> None:
        """Put a folder in and look at it at once."""
        self._line.setText(path)
        self._look()

    def complain(self) -> None:
        """Ask for the folder where it is missing, and take the focus there."""
        if not self.path:
            self._say(self.tr("Choose a folder first."), "error")
        self._line.setFocus()

    def _on_text_changed(self) -> None:
        self._good = False
        self._background.drop()  # what it says would be about another folder
        self._pause.start()

    def _look(self) -> None:
        self._pause.stop()
        self._good = False
        path = self.path
        if path:
            self._say(self.tr("Looking…"), "muted")
            self._background.ask(lambda: self._check(Path(path).expanduser()))
        else:
            self._background.drop()
            self._say(self._hint, "muted")
            self.checked.emit(False)

    def _on_answered(self, sentence: str) -> None:
        self._good = True
        self._say(sentence, "muted")
        self.checked.emit(True)

    def _on_failed(self, error: F2vError) -> None:
        self._say(str(error), "error")
        self.checked.emit(False)

    def _say(self, sentence: str, role: str) -> None:
        self._words.setText(sentence)
        self._line.setAccessibleDescription(sentence)
        theme.set_role(self._words, role)

    def _on_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._label, self.path)
        if chosen:
            self.set_path(chosen)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = Path(next(url for url in event.mimeData().urls() if url.isLocalFile()).toLocalFile())
        self.set_path(str(path.parent if path.is_file() else path))
        event.acceptProposedAction()
