"""A choice of a few short words in one line, of which one is always chosen."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from f2v_app import theme

_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segmented(QFrame):
    """Buttons side by side; arrow keys move the choice.

    Signals:
        chosen: the user chose another; its value.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """`name` says what is chosen, to a screen reader; `options` holds (value, title, tooltip) each."""
        super().__init__(parent)
        theme.set_role(self, "segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for value, title, tip in options:
            button = self._buttons[value] = _Segment(title, self)
            button.setAccessibleName(f"{name}: {title}")
            button.setToolTip(tip)
            button.clicked.connect(lambda _on=False, value=value: self.chosen.emit(value))
            self._group.addButton(button)
            row.addWidget(button, stretch=1)
        self.set_value(options[0][0])

    @property
    def value(self) -> str:
        """What is chosen; empty where nothing is."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose, or let go of all with ""; `chosen` is not emitted."""
        self._group.setExclusive(False)
        entered = value or next(iter(self._buttons))
        for name, button in self._buttons.items():
            button.setChecked(name == value)
            by_tab = Qt.FocusPolicy.StrongFocus if name == entered else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(by_tab)  # Tab enters where the choice is, and the arrows go on
        self._group.setExclusive(True)

    def press(self, value: str) -> None:
        """Choose as the user does."""
        self._buttons[value].click()

    def shift(self, step: int) -> None:
        """Choose the neighbour, and take the focus there."""
        buttons = list(self._buttons.values())
        place = next((i for i, each in enumerate(buttons) if each.hasFocus()), 0) + step
        if 0 <= place < len(buttons):
            buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
            buttons[place].click()


class _Segment(QPushButton):
    """Takes the arrow keys, which the player would have otherwise."""

    def __init__(self, title: str, parent: Segmented) -> None:
        super().__init__(title, parent)
        self.setCheckable(True)
        theme.set_role(self, "segment")

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and cast("QKeyEvent", event).key() in _MOVES:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            cast("Segmented", self.parent()).shift(step)
