"""Histograms to choose from: one is seen at a time, with its name above as the choice."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.bars import EMPTY, Values, bars_of
from f2v_app.widgets.elided_box import ElidedBox
from f2v_app.widgets.histogram import Histogram


@dataclass(frozen=True)
class Measure:
    """Something that is measured on clips or videos.

    Attributes:
        title: its name, with its unit.
        hint: one sentence on what it is.
        values: (N,) by group.
        log: whether its histogram has a logarithmic axis.
    """

    title: str
    hint: str
    values: Mapping[str, Values]
    log: bool


class MeasurePanel(QWidget):
    """A box that names the measure, and its histogram; a lone measure has a plain heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures: list[Measure] = []
        self.histogram = Histogram(self)
        self._box = ElidedBox(self)
        self._box.setAccessibleName(self.tr("Measure"))
        self._box.currentIndexChanged.connect(self._show)
        self._title = QLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._title)
        column.addWidget(self._box)
        column.addWidget(self.histogram, stretch=1)

    def show_measures(self, measures: list[Measure], first: int = 0) -> None:
        """Offer these; the one that is seen stays, by its name, else `first` is shown."""
        seen = self._box.currentText()
        self._measures = measures
        self._box.blockSignals(True)
        self._box.clear()
        self._box.addItems([each.title for each in measures])
        titles = [each.title for each in measures]
        self._box.setCurrentIndex(titles.index(seen) if seen in titles else min(first, len(measures) - 1))
        self._box.blockSignals(False)
        self._box.setVisible(len(measures) > 1)
        self._title.setVisible(len(measures) == 1)
        self._show()

    def _show(self) -> None:
        index = self._box.currentIndex()
        if index < 0:
            self.histogram.show_bars(EMPTY, "")
            return
        chosen = self._measures[index]
        self._title.setText(chosen.title)
        self._box.setToolTip(chosen.hint)
        self.histogram.show_bars(bars_of(chosen.values, log=chosen.log), chosen.title)
