"""The losses of the shown run with their controls; the curves are built when they are first seen."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.loss_series import LossHistory

if TYPE_CHECKING:
    from f2v_app.widgets.loss_plot import LossPlot

MARKS = 100
"""Positions of the smoothing slider."""


def smoothing_at(mark: int) -> float:
    """The weight of the past at a slider's position: 0, then evenly in the length of memory up to 0.999."""
    return float(1 - 10 ** (-3 * mark / MARKS))


class CurvesPanel(QWidget):
    """Curves, log switch and smoothing slider over one `LossHistory`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history = LossHistory()
        self._plot: LossPlot | None = None
        self._log = QCheckBox(self.tr("Logarithmic"), self)
        self._log.setAccessibleName(self._log.text())
        self._log.setToolTip(
            self.tr("Show small and large losses in one picture; zero and less are left out.")
        )
        self._log.setChecked(True)
        self._smoothing = QSlider(Qt.Orientation.Horizontal, self)
        self._smoothing.setRange(0, MARKS)
        self._smoothing.setFixedWidth(96)
        self._smoothing.setAccessibleName(self.tr("Smoothing"))
        self._smoothing.setToolTip(self.tr("How much the past weighs; the raw values stay faint behind."))
        self._weight = QLabel(self)
        self._weight.setFont(theme.tabular(self._weight.font()))
        self._weight.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._weight.setFixedWidth(self._weight.fontMetrics().horizontalAdvance("0.000"))
        self._lay_out()
        self._log.toggled.connect(self._on_log)
        self._smoothing.valueChanged.connect(self._on_smoothing)
        self._smoothing.setValue(20)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(QLabel(self.tr("Losses"), self))
        top.addStretch(1)
        top.addWidget(self._log)
        top.addSpacing(theme.M)
        top.addWidget(QLabel(self.tr("Smoothing"), self))
        top.addWidget(self._smoothing)
        top.addWidget(self._weight)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.XS)
        self._column.addLayout(top)
        self._column.addStretch(1)

    @property
    def plot(self) -> "LossPlot | None":
        """The curves; None before they were first seen."""
        return self._plot

    def append(self, step: float, losses: Mapping[str, float]) -> None:
        """Add a row of losses."""
        self.history.append(step, losses)
        self._refresh()

    def load(self, columns: Mapping[str, Sequence[float]]) -> None:
        """Show another run's history."""
        self.history.load(columns)
        self._refresh()

    def _refresh(self) -> None:
        if self._plot is not None:
            self._plot.refresh()

    def _on_log(self, log: bool) -> None:
        if self._plot is not None:
            self._plot.set_log(log)

    def _on_smoothing(self, mark: int) -> None:
        weight = smoothing_at(mark)
        self._weight.setText(f"{weight:.3f}")
        self.history.set_smoothing(weight)
        self._refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._plot is None:
            self._build()
        super().showEvent(event)

    def _build(self) -> None:
        from f2v_app.widgets.loss_plot import LossPlot  # noqa: PLC0415 - pyqtgraph loads when first seen

        self._column.takeAt(1)
        self._plot = LossPlot(self.history, self)
        self._plot.set_log(self._log.isChecked())
        self._column.addWidget(self._plot, stretch=1)
