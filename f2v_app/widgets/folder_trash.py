"""The question before a folder goes to the trash: which one, how large it is, what becomes of what depends on it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.buttons import dialog_button
from f2v_app.widgets.data_words import size_words
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.folder_files import folder_bytes, move_to_trash
from f2v_core.errors import F2vError

WIDTH, BUTTON = 480, 96
"""Pixels of the dialog, and of a button at least."""


class TrashDialog(QDialog):
    """Weighs the folder, asks, moves it; or says why it cannot be moved.

    Signals:
        weighed: the question stands, with the size.
        refused: it cannot be moved; the F2vError that is shown.
        moved: it lies in the trash.
    """

    weighed = Signal()
    refused = Signal(object)
    moved = Signal()

    def __init__(
        self, folder: Path, words: str, check: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        """`words` say what is lost with it; `check`, called in a thread, raises an F2vError where it must stay."""
        super().__init__(parent)
        self._folder, self._check, self._moving = folder, check, False
        self.setWindowTitle(self.tr("Move to trash"))
        self.setFixedWidth(WIDTH)
        self._title = QLabel(self.tr("Move {0} to the trash?").format(folder.name), self, wordWrap=True)
        self._title.setFont(theme.title_font())
        self._place = ElidedLabel(str(folder), self)
        self._place.setToolTip(str(folder))
        theme.set_role(self._place, "muted")
        self._size = QLabel(self.tr("Adding up its size…"), self)
        self._words = QLabel(words, self, wordWrap=True)
        self._problem = QLabel(self, wordWrap=True)
        self._problem.hide()
        theme.set_role(self._problem, "error")
        self._move = self._button(self.tr("Move to trash"), self._on_wanted)
        self._move.setEnabled(False)
        self._stay = self._button(self.tr("Cancel"), self.reject)
        self._stay.setDefault(True)
        self._lay_out()
        self._scales, self._mover = Background(self), Background(self)
        self._scales.answered.connect(self._on_weighed)
        self._scales.failed.connect(self._refuse)
        self._mover.answered.connect(self._on_moved)
        self._mover.failed.connect(self._refuse)

    def _button(self, text: str, react: Callable[[], None]) -> QPushButton:
        button = dialog_button(text, self, react, "large")
        button.setMinimumWidth(BUTTON)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(self._stay)
        row.addWidget(self._move)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(self._title)
        column.addWidget(self._place)
        column.addWidget(self._size)
        for label in (self._words, self._problem):
            column.addWidget(label)
        column.addSpacing(theme.M)
        column.addLayout(row)

    def ask(self) -> None:
        """Open, and weigh the folder in a thread: `weighed` or `refused` tells."""
        self.open()
        self._stay.setFocus()
        self._scales.ask(self._weigh)

    def _weigh(self) -> int:
        self._check(self._folder)
        return folder_bytes(self._folder)

    def _on_weighed(self, nbytes: int) -> None:
        self._size.setText(self.tr("{0} on the disk").format(size_words(nbytes)))
        self._move.setEnabled(True)
        self.weighed.emit()

    def _on_wanted(self) -> None:
        self._moving = True
        self._move.setEnabled(False)
        self._stay.setEnabled(False)
        self._size.setText(self.tr("Moving it to the trash…"))
        self._mover.ask(self._move_away)

    def _move_away(self) -> None:
        self._check(self._folder)  # once more: a training may have begun elsewhere meanwhile
        move_to_trash(self._folder)

    def _on_moved(self, _nothing: object) -> None:
        self._moving = False
        self.accept()
        self.moved.emit()

    def _refuse(self, error: F2vError) -> None:
        self._moving = False
        self._title.setText(self.tr("{0} was not moved to the trash").format(self._folder.name))
        self._problem.setText(f"⚠ {error}")
        self._problem.show()
        self._size.hide()
        self._words.hide()
        self._move.hide()
        self._stay.setEnabled(True)
        self._stay.setText(self.tr("Close"))
        self._stay.setAccessibleName(self._stay.text())
        self._stay.setFocus()
        self.refused.emit(error)

    @override
    def reject(self) -> None:
        """Close, unless the folder is being moved just now."""
        if not self._moving:
            super().reject()
