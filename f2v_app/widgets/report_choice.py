"""What part of a report is shown: a box of choices beside a sentence about what is below."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from f2v_app import theme
from f2v_app.widgets.elided_box import ElidedBox

WIDEST = 240
"""Pixels of the box at most."""


class ReportChoice(QWidget):
    """A box, hidden while there is nothing to choose, and words.

    Signals:
        changed: the user chose something else.
    """

    changed = Signal()

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        """`name` is what is chosen, to a screen reader; `tip` says it to the pointer."""
        super().__init__(parent)
        self._box = ElidedBox(self)
        self._box.setMaximumWidth(WIDEST)
        self._box.setAccessibleName(name)
        self._box.setToolTip(tip)
        self._box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self._box, stretch=1)
        row.addWidget(self._words, stretch=2)

    @property
    def value(self) -> str | None:
        """What is chosen; None also where nothing can be."""
        return self._box.currentData()  # type: ignore[no-any-return]

    @property
    def words(self) -> str:
        """What stands beside the box."""
        return self._words.text()

    def offer(self, choices: Sequence[tuple[str, str | None]], first: str | None = None) -> None:
        """Offer values under titles; `first` is chosen, or the first of them; `changed` is not emitted."""
        values = [value for _, value in choices]
        with QSignalBlocker(self._box):
            self._box.clear()
            for title, value in choices:
                self._box.addItem(title, value)
            self._box.setCurrentIndex(values.index(first) if first in values else 0)
        self._box.setVisible(len(choices) > 1)

    def choose(self, value: str | None) -> None:
        """Choose as the user does."""
        self._box.setCurrentIndex(self._box.findData(value))

    def say(self, words: str) -> None:
        """Put a sentence beside the box."""
        self._words.setText(words)
