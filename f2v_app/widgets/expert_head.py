"""What stands above all knobs: the search, the filter for changed ones, and the way back to the preset."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.widgets.buttons import push_button


class ExpertHead(QWidget):
    """A line to search in, and two small buttons.

    Signals:
        searched: the words that are looked for; empty: all knobs.
        filtered: whether only changed knobs are wanted.
        reset: all knobs are to have the preset's values.
    """

    searched = Signal(str)
    filtered = Signal(bool)
    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = _SearchLine(self)
        self._line.textChanged.connect(self.searched)
        self._only = self._button(
            self.tr("Changed only"), self.tr("Show only settings that are not the preset's")
        )
        self._only.setCheckable(True)
        self._only.toggled.connect(self.filtered)
        self._reset = self._button(
            self.tr("Reset all"), self.tr("Give every setting the preset's value back")
        )
        self._reset.clicked.connect(lambda _on=False: self.reset.emit())
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        row.addWidget(self._only)
        row.addStretch(1)
        row.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._line)
        column.addLayout(row)
        self.show_changes(0)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = push_button(text, self, "small", tip)
        button.setFont(theme.small_font())
        return button

    @property
    def narrowed(self) -> bool:
        """Whether some knobs are looked for."""
        return bool(self._line.text().strip()) or self._only.isChecked()

    def show_changes(self, number: int) -> None:
        """Say how many knobs are changed."""
        self._only.setText(self.tr("Changed only: {0}").format(number) if number else self.tr("Changed only"))
        self._only.setEnabled(bool(number) or self._only.isChecked())
        self._reset.setEnabled(bool(number))

    def clear(self) -> None:
        """Look for nothing: all knobs are shown."""
        self._line.clear()
        self._only.setChecked(False)

    def take_focus(self) -> None:
        """Put the focus into the line, on all that stands there."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()


class _SearchLine(QLineEdit):
    """Escape empties it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search the settings"))
        self.setAccessibleName(self.tr("Search the settings"))
        self.setToolTip(hint(self.tr("Words of a setting's label, name or help, such as lambda1"), "search"))
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # what is dropped is a folder, and for the whole page

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
