"""A few things of which any number may be chosen, held as a text with commas, as the settings hold them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme


class Checks(QWidget):
    """A heading over check boxes in a line.

    Signals:
        changed: the user chose otherwise.
    """

    changed = Signal()

    def __init__(
        self, heading: str, options: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """`options` holds (value, title, tooltip) each."""
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        for value, title, tip in options:
            box = self._boxes[value] = QCheckBox(title, self)
            box.setAccessibleName(f"{heading}: {title}")
            box.setToolTip(tip)
            box.clicked.connect(lambda _on=False: self.changed.emit())
            row.addWidget(box)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(QLabel(heading, self))
        column.addLayout(row)

    @property
    def value(self) -> str:
        """What is chosen, in the order of the boxes, with commas between; empty for nothing."""
        return ",".join(value for value, box in self._boxes.items() if box.isChecked())

    def set_value(self, value: str) -> None:
        """Choose what a text with commas names."""
        chosen = {each.strip() for each in value.split(",")}
        for name, box in self._boxes.items():
            box.setChecked(name in chosen)

    def take_focus(self) -> None:
        """Put the focus on the first box."""
        next(iter(self._boxes.values())).setFocus()
