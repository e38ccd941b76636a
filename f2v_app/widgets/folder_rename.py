"""Asks for another name of a folder, says in words why one will not do, and renames it in a thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.buttons import dialog_button
from f2v_core.errors import F2vError

WIDTH, BUTTON = 420, 96
"""Of the dialog, and of a button at least, in pixels."""


class RenameDialog(QDialog):
    """A name in a line, and two buttons.

    Signals:
        begun: it is being renamed from now on.
        renamed: it is called otherwise now; its Path.
        refused: it keeps its name; an F2vError.
    """

    begun = Signal()
    renamed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        folder: Path,
        problem: Callable[[str], str],
        rename: Callable[[str], Path],
        parent: QWidget | None = None,
    ) -> None:
        """`problem` says why a name will not do, else nothing; `rename`, called in a thread, raises an F2vError."""
        super().__init__(parent)
        self._folder, self._problem, self._rename = folder, problem, rename
        self.setWindowTitle(self.tr("Rename"))
        self.setFixedWidth(WIDTH)
        self._title = QLabel(self.tr("Rename {0}").format(folder.name), self, wordWrap=True)
        self._title.setFont(theme.title_font())
        self._line = QLineEdit(folder.name, self)
        self._line.setAccessibleName(self.tr("New name"))
        self._line.textChanged.connect(lambda _text: self._look())
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "error")
        self._good = dialog_button(self.tr("Rename"), self, self._on_wanted, "large")
        self._good.setDefault(True)
        self._stay = dialog_button(self.tr("Cancel"), self, self.reject, "large")
        self._lay_out()
        self._background = Background(self)
        self._background.answered.connect(self._on_renamed)
        self._background.failed.connect(self._on_refused)
        self._look()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        for button in (self._stay, self._good):
            button.setMinimumWidth(BUTTON)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.S)
        for widget in (self._title, self._line, self._words):
            column.addWidget(widget)
        column.addSpacing(theme.M)
        column.addLayout(row)

    def ask(self) -> None:
        """Open with the name selected, to be typed over."""
        self.open()
        self._line.setFocus()
        self._line.selectAll()

    @property
    def name(self) -> str:
        """What stands there."""
        return self._line.text().strip()

    def _look(self) -> None:
        same = self.name == self._folder.name
        problem = "" if same else self._problem(self.name)
        self._say(problem)
        self._good.setEnabled(not same and not problem)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._line.setAccessibleDescription(words)

    def _on_wanted(self) -> None:
        name = self.name
        self._set_busy(busy=True)
        self.begun.emit()
        self._background.ask(lambda: self._rename(name))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self._line, self._good, self._stay):
            widget.setEnabled(not busy)

    def _on_renamed(self, folder: Path) -> None:
        self._set_busy(busy=False)
        self.accept()
        self.renamed.emit(folder)

    def _on_refused(self, error: F2vError) -> None:
        self._set_busy(busy=False)
        self._good.setEnabled(False)
        self._say(f"⚠ {error}")
        self._line.setFocus()
        self.refused.emit(error)

    @override
    def reject(self) -> None:
        """Close, unless the folder is being renamed just now."""
        if self._stay.isEnabled():
            super().reject()
