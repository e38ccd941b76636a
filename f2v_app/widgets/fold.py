"""Rarely used controls behind one line that opens and closes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from f2v_app import theme


class Fold(QWidget):
    """A heading with an arrow; below it the content, closed at first."""

    def __init__(self, heading: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._button = QToolButton(self)
        self._button.setCheckable(True)
        self._button.setText(heading)
        self._button.setFixedHeight(self._button.fontMetrics().height() + theme.M)
        self._button.setAccessibleName(heading)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.set_role(self._button, "fold")
        self._button.toggled.connect(self._on_toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._button)
        column.addWidget(content)
        self._on_toggled(open_=False)

    @property
    def button(self) -> QToolButton:
        """The heading, for the focus order and for tests."""
        return self._button

    def _on_toggled(self, open_: bool) -> None:
        theme.set_icon(self._button, "chevron-down" if open_ else "chevron-right")
        self._content.setVisible(open_)
