"""Videos or clips at a glance: how many by category and split, how they are spread, what else is worth a sentence."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.counts_table import Counts, CountsTable
from f2v_app.widgets.measure_panel import Measure, MeasurePanel

WIDE, TALL = 780, 340
"""Pixels of width or height from which on there is room for a second histogram, beside the first or below it."""
LEAST = 132
"""Pixels of the figures' height at least."""


class DataSummary(QWidget):
    """A table, one or two histograms beside it, sentences below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = CountsTable(self)
        self._panels = (MeasurePanel(self), MeasurePanel(self))
        self._several = False
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        self._spread = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._spread.setSpacing(theme.L)
        for panel in self._panels:
            self._spread.addWidget(panel, stretch=1)
            panel.setMinimumSize(160, LEAST)
            panel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        figures = QHBoxLayout()
        figures.setSpacing(theme.L)
        figures.addWidget(self._counts, stretch=3)
        figures.addLayout(self._spread, stretch=2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.S)
        column.setSpacing(theme.S)
        column.addLayout(figures, stretch=1)
        column.addWidget(self._words)

    def show_counts(self, counts: Counts, what: str, words: Sequence[str]) -> None:
        """Show how many there are, of `what`, and the sentences."""
        self._counts.show_counts(counts, what)
        self._words.setText("\n".join(words))

    def show_measures(self, measures: list[Measure]) -> None:
        """Show how they are spread."""
        self._several = len(measures) > 1
        for number, panel in enumerate(self._panels):
            panel.show_measures(measures, number)
        self._match_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._match_room()

    def _match_room(self) -> None:
        wide, tall = self.width() >= WIDE, self.height() >= TALL
        ways = QBoxLayout.Direction
        self._spread.setDirection(ways.TopToBottom if tall and not wide else ways.LeftToRight)
        self._panels[1].setVisible(self._several and (wide or tall))
