"""The charts of a report, one below the other, two in a row where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_core.evaluation.charts import Chart, draw_charts
from f2v_core.evaluation.records import Report
from f2v_core.evaluation.svg import DARK, LIGHT

TWO = 1160
"""Pixels of width from which on two charts stand in a row."""
WIDEST = 760
"""Pixels of a chart's width at most: larger letters than the page's look shouted."""


class ChartView(QWidget):
    """One drawing, as wide as it is told, its shape kept."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer = QSvgRenderer(QByteArray(chart.svg.encode()), self)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.caption)

    def set_width(self, width: int) -> None:
        """Be this wide, and as high as the drawing is then."""
        size = self._renderer.defaultSize()
        self.setFixedSize(QSize(width, round(width * size.height() / max(1, size.width()))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._renderer.render(painter, QRectF(self.rect()))


class ReportCharts(QScrollArea):
    """Scrolls over all charts, drawn in the colours of light or dark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self._report: Report | None = None
        self._views: list[ChartView] = []
        self._cells: list[QWidget] = []
        self._content = QWidget(self)
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, theme.M, theme.M, theme.M)
        self._grid.setHorizontalSpacing(theme.XL)
        self._grid.setVerticalSpacing(theme.XL)
        self.setWidget(self._content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Charts"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_report(self, report: Report) -> None:
        """Draw another report."""
        self._report = report
        self.verticalScrollBar().setValue(0)
        self.recolor()

    def recolor(self) -> None:
        """Draw again in the colours in force."""
        if self._report is None:
            return
        palette = DARK if theme.colors() is theme.DARK else LIGHT
        self._fill(draw_charts(self._report, palette))

    def _fill(self, charts: Sequence[Chart]) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._views = [ChartView(chart, self._content) for chart in charts]
        self._cells = [self._cell(*each) for each in zip(charts, self._views, strict=True)]
        self._share_room()

    def _cell(self, chart: Chart, view: ChartView) -> QWidget:
        cell = QWidget(self._content)
        title = QLabel(chart.title, cell)
        caption = QLabel(chart.caption, cell, wordWrap=True)
        caption.setMaximumWidth(WIDEST)
        caption.setFont(theme.small_font())
        theme.set_role(caption, "muted")
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for part in (title, caption, view):
            column.addWidget(part)
        column.addStretch(1)
        cell.show()
        return cell

    def _share_room(self) -> None:
        margins = self._grid.contentsMargins()
        room = self.viewport().width() - margins.left() - margins.right()
        beside = 2 if room >= TWO else 1
        width = min(WIDEST, (room - (beside - 1) * theme.XL) // beside)
        for place, (cell, view) in enumerate(zip(self._cells, self._views, strict=True)):
            view.set_width(max(1, width))
            self._grid.addWidget(cell, place // beside, place % beside, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(beside, 1)
        self._grid.setColumnStretch(3 - beside, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
