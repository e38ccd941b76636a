"""Push buttons that say what they are, to the eye, the pointer and the screen reader."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from f2v_app import theme


def push_button(text: str, parent: QWidget, role: str = "", tip: str = "") -> QPushButton:
    """A push button whose accessible name is its text; `role` is one of the style sheet's, `tip` its tooltip."""
    button = QPushButton(text, parent)
    button.setAccessibleName(text)
    button.setToolTip(tip)
    if role:
        theme.set_role(button, role)
    return button


def dialog_button(text: str, parent: QWidget, react: Callable[[], None], role: str = "") -> QPushButton:
    """A push button of a dialog that calls `react`, and that Enter elsewhere in the dialog does not press."""
    button = push_button(text, parent, role)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _on=False: react())
    return button
