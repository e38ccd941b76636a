"""A choice of a few things, each with a sentence that helps to choose."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from f2v_app import theme

INDENT = 26
"""Pixels from a radio button's edge to its text: the sentence begins below the text."""


class Choice(QWidget):
    """Radio buttons with a sentence under each; the first one is chosen at first.

    Signals:
        changed: the user chose another; its value.
    """

    changed = Signal(str)

    def __init__(
        self, heading: str, options: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """`options` holds (value, title, sentence) each."""
        super().__init__(parent)
        self._buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(QLabel(heading, self))
        self._column.addSpacing(theme.XS)
        for value, title, sentence in options:
            self._add(value, title, sentence)
        next(iter(self._buttons.values())).setChecked(True)

    def _add(self, value: str, title: str, sentence: str) -> None:
        button = QRadioButton(title, self)
        button.setAccessibleName(title)
        button.setAccessibleDescription(sentence)
        button.setToolTip(sentence)
        button.clicked.connect(lambda _on=False: self.changed.emit(value))
        words = QLabel(sentence, self, wordWrap=True, indent=INDENT)
        words.setFont(theme.small_font())
        theme.set_role(words, "muted")
        self._group.addButton(button)
        self._column.addWidget(button)
        self._column.addWidget(words)
        self._buttons[value] = button

    @property
    def value(self) -> str:
        """What is chosen."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Choose; `changed` is not emitted."""
        self._buttons[value].setChecked(True)
