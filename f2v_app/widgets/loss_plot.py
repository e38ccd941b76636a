"""Live curves of the losses with a legend that is also the read-out; importing this loads pyqtgraph."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.loss_legend import LossLegend
from f2v_app.widgets.loss_series import Column, LossHistory, LossSeries

HUES = ("#0f87d6", "#e06c1f", "#00a37a", "#c565a5", "#a88500", "#8c6bd1", "#b0561c", "#5b9e2d")
"""Curves in the order of their appearance: told apart by colour-blind eyes, visible on light and dark."""
REDRAW_MS = 60
"""Rows that arrive faster than this are drawn together."""
LEAST = 1e-6
"""Losses below this are rounding errors; on a logarithmic axis they would take most of the room."""


class _Curve:
    """One loss on the plot: the raw values faint behind the smoothed ones."""

    def __init__(self, plot: pg.PlotItem, hue: str) -> None:
        faint = QColor(hue)
        faint.setAlphaF(0.3)
        self._raw = pg.PlotDataItem(pen=pg.mkPen(faint, width=1), antialias=True, connect="finite")
        self._smooth = pg.PlotDataItem(pen=pg.mkPen(hue, width=1.6), antialias=True, connect="finite")
        for item in (self._raw, self._smooth):
            plot.addItem(item)
            item.setDownsampling(auto=True, method="peak")
            item.setClipToView(True)

    def draw(self, series: LossSeries, *, log: bool, smoothed: bool, visible: bool) -> None:
        """Show the series as it is now."""
        self._smooth.setData(series.steps, _drawable(series.smooth, log=log))
        self._smooth.setVisible(visible)
        self._raw.setVisible(visible and smoothed)
        if smoothed:
            self._raw.setData(series.steps, _drawable(series.raw, log=log))

    def remove(self, plot: pg.PlotItem) -> None:
        """Take both lines off the plot."""
        plot.removeItem(self._raw)
        plot.removeItem(self._smooth)


def _drawable(values: Column, *, log: bool) -> Column:
    """Values without what a (logarithmic) axis cannot show, which becomes a gap."""
    good = np.isfinite(values) & (values >= LEAST) if log else np.isfinite(values)
    return np.where(good, values, np.nan)


class LossPlot(QWidget):
    """Curves of a `LossHistory` beside their legend.

    Drawing is put together: call `refresh` as often as rows come in.

    Signals:
        hovered: the step under the pointer, or -1 when it left.
    """

    hovered = Signal(float)

    def __init__(self, history: LossHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._curves: dict[str, _Curve] = {}
        self._log = False
        self._step = -1.0
        self._widget = pg.PlotWidget(self, background=None)
        self._plot: pg.PlotItem = self._widget.getPlotItem()
        self._legend = LossLegend(self)
        self._words = QLabel(self.tr("Curves begin with the first steps."), self._widget)
        self._pause = QTimer(self, interval=REDRAW_MS, singleShot=True)
        self._pause.timeout.connect(self._draw)
        self._lay_out()
        self._prepare_plot()
        self._dress()
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self._widget, stretch=1)
        row.addWidget(self._legend)
        self._widget.setAccessibleName(self.tr("Curves of the losses"))
        self._widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._legend.toggled.connect(self._draw)
        over = QHBoxLayout(self._widget)
        over.addWidget(self._words, alignment=Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._words, "muted")

    def _prepare_plot(self) -> None:
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        box = self._plot.getViewBox()
        box.setMouseEnabled(x=True, y=False)
        box.setAutoVisible(y=True)
        self._plot.showGrid(y=True, alpha=0.12)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._cursor.setVisible(False)
        self._plot.addItem(self._cursor, ignoreBounds=True)
        self._widget.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._widget.setToolTip(self.tr("Wheel: zoom the steps. Double click: all steps."))

    def set_log(self, log: bool) -> None:
        """Draw values on a logarithmic axis; what is next to zero, or below, becomes a gap."""
        self._log = log
        self._plot.setLogMode(x=False, y=log)
        self._draw()

    def set_smoothing(self, weight: float) -> None:
        """Smooth with a weight of the past from 0 to below 1; raw values stay faint behind."""
        self._history.set_smoothing(weight)
        self._draw()

    def refresh(self) -> None:
        """Draw what the history holds now, soon."""
        if not self._pause.isActive():
            self._pause.start()

    def _draw(self) -> None:
        self._match_curves()
        for name, curve in self._curves.items():
            curve.draw(
                self._history.series[name],
                log=self._log,
                smoothed=self._history.smoothing > 0,
                visible=self._legend.is_on(name),
            )
        self._read_out()

    def _match_curves(self) -> None:
        names = list(self._history.series)
        if names[: len(self._curves)] != list(self._curves):
            for curve in self._curves.values():
                curve.remove(self._plot)
            self._curves.clear()
            self.fit()
        for name in names[len(self._curves) :]:
            self._curves[name] = _Curve(self._plot, HUES[len(self._curves) % len(HUES)])
        self._show_axes(bool(names))
        self._legend.set_names({name: HUES[i % len(HUES)] for i, name in enumerate(names)})

    def _show_axes(self, there_is_something: bool) -> None:
        """An empty plot has no numbers to show: words stand in their place, and the axes keep theirs."""
        self._words.setVisible(not there_is_something)
        for name in ("left", "bottom"):
            self._plot.getAxis(name).setStyle(showValues=there_is_something)

    def _read_out(self) -> None:
        step = self._history.last_step if self._step < 0 else self._step
        self._legend.show_values({name: each.at(step) for name, each in self._history.series.items()})

    def fit(self) -> None:
        """Show every step again, and follow new ones."""
        self._plot.getViewBox().enableAutoRange(x=True, y=True)

    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self._plot.getViewBox()
        inside = bool(self._curves) and box.sceneBoundingRect().contains(position)
        self._show_cursor(max(0.0, float(box.mapSceneToView(position).x())) if inside else -1.0)

    def _show_cursor(self, step: float) -> None:
        self._step = step
        self._cursor.setVisible(step >= 0)
        self._cursor.setPos(step)
        self._read_out()
        self.hovered.emit(step)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._show_cursor(-1.0)
        super().leaveEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        chosen = theme.colors()
        self._widget.setBackground(chosen.window)
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(pg.mkPen(chosen.line))
            axis.setTextPen(pg.mkPen(chosen.muted))
            axis.setTickFont(theme.small_font())
            axis.setStyle(tickLength=0, tickTextOffset=theme.S)
        self._cursor.setPen(pg.mkPen(chosen.accent, width=1))
