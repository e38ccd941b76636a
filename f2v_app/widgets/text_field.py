"""A labelled line of text with a sentence below it: a hint, or what is wrong."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from f2v_app import theme


class TextField(QWidget):
    """A label, a line as wide as there is room, and a sentence.

    Signals:
        changed: the user is typing.
    """

    changed = Signal()

    def __init__(self, label: str, hint: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._line = QLineEdit(self)
        self._line.setAccessibleName(label)
        self._line.setPlaceholderText(placeholder)
        self._line.setAcceptDrops(False)  # what is dropped is a folder, and for the whole page
        self._line.textChanged.connect(lambda _text: self.changed.emit())
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        caption = QLabel(label, self)
        caption.setBuddy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for widget in (caption, self._line, self._words):
            column.addWidget(widget)
        self.say("")

    @property
    def text(self) -> str:
        """What stands there."""
        return self._line.text().strip()

    def set_text(self, text: str) -> None:
        """Put a text in; `changed` is not emitted."""
        with QSignalBlocker(self._line):
            self._line.setText(text)

    def say(self, sentence: str, *, problem: bool = False) -> None:
        """Show a sentence in place of the hint; empty: the hint."""
        words = sentence or self._hint
        theme.set_role(self._words, "error" if problem else "muted")
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._line.setAccessibleDescription(words)

    def take_focus(self) -> None:
        """Put the focus into the line."""
        self._line.setFocus()
