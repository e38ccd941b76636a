"""A slider for a share that each trained model has its own default for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from f2v_app import theme

STEPS = 20
"""Places between 0 and 1; one further to the left is each model's own."""


class ShareSlider(QWidget):
    """0 to 1, or each model's own at the left end; the value stands beside.

    Signals:
        changed: the value changed.
    """

    changed = Signal()

    def __init__(self, name: str, tooltip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(-1, STEPS)
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(tooltip)
        self._text = QLabel(self)
        self._text.setFont(theme.tabular(self._text.font()))
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._text.setMinimumWidth(self._text.fontMetrics().horizontalAdvance(self.tr("Model's own")))
        theme.set_role(self._text, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.slider, stretch=1)
        row.addWidget(self._text)
        self.slider.valueChanged.connect(self._on_moved)
        self.set_value(-1.0)

    @property
    def value(self) -> float:
        """0 to 1; -1: each model's own."""
        place = self.slider.value()
        return -1.0 if place < 0 else place / STEPS

    def set_value(self, value: float) -> None:
        """Show a value; below 0: each model's own."""
        self.slider.setValue(-1 if value < 0 else round(value * STEPS))
        self._show()

    def _on_moved(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._text.setText(self.tr("Model's own") if self.value < 0 else f"{self.value:.2f}")
