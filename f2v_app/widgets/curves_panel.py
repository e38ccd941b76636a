"""The losses of the shown run, and of others over it, one plot each, with their controls."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.loss_legend import LossLegend
from f2v_app.widgets.loss_series import LossHistory
from f2v_app.widgets.loss_tile import LossTile
from f2v_app.widgets.loss_view import Curves, LossView, Mark
from f2v_app.widgets.loss_words import loss_name
from f2v_app.widgets.run_state import duration
from f2v_app.widgets.run_watcher import Columns

MARKS = 100
"""Positions of the smoothing slider."""
SHAPE = 1.4
"""Width over height that a plot should have."""


def smoothing_at(mark: int) -> float:
    """The weight of the past at a slider's position: 0, then evenly in the length of memory up to 0.999."""
    return float(1 - 10 ** (-3 * mark / MARKS))


class LossTiles(QWidget):
    """A plot for each loss, all of one size, as square as the room allows; or one alone.

    Attributes:
        tiles: the plots, in the order of the losses.
    """

    def __init__(self, view: LossView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._only = ""
        self.tiles: list[LossTile] = []
        self._words = QLabel(
            self.tr("Curves begin with the first steps."), self, alignment=Qt.AlignmentFlag.AlignCenter
        )
        theme.set_role(self._words, "muted")
        view.changed.connect(self._match)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 110)

    def show_only(self, name: str) -> None:
        """Show one loss alone; "" shows all."""
        self._only = name
        self._place()

    def _match(self) -> None:
        """Have a tile for each loss there is."""
        names = self._view.names()
        if names != [each.name for each in self.tiles]:
            for tile in self.tiles:
                tile.hide()
                tile.deleteLater()
            self.tiles = [LossTile(self._view, name, self) for name in names]
            self._place()

    def _place(self) -> None:
        alone = [each for each in self.tiles if each.name == self._only]
        shown = alone or self.tiles
        self._words.setGeometry(self.rect())
        self._words.setVisible(not shown)
        for tile in self.tiles:
            tile.setVisible(tile in shown)
        if shown:
            for tile, place in zip(shown, grid(len(shown), self.size()), strict=True):
                tile.setGeometry(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)


def grid(count: int, room: QSize) -> list[QRect]:
    """`count` places of one size in a room, in rows, nearest to the wanted shape."""

    def misfit(columns: int) -> float:
        rows = -(-count // columns)
        wide, high = room.width() / columns, max(1, room.height()) / rows
        return abs(float(np.log(wide / high / SHAPE))) + (rows * columns - count) / count

    columns = min(range(1, count + 1), key=misfit)
    rows = -(-count // columns)
    wide, high = room.width() // columns, room.height() // rows
    return [
        QRect(i % columns * wide, i // columns * high, wide - theme.XS, high - theme.XS) for i in range(count)
    ]


class CurvesPanel(QWidget):
    """Plots, legend of the runs, choice of the loss, axes and smoothing.

    Attributes:
        view: what all plots share.
        tiles: the plots.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = LossView(self)
        self.tiles = LossTiles(self.view, self)
        self._shown = Curves("", LossHistory())
        self._others: dict[str, Columns] = {}
        self._legend = LossLegend(self)
        self._place = QLabel(self)
        self._place.setFont(theme.tabular(theme.small_font()))
        theme.set_role(self._place, "muted")
        self._make_controls()
        self._lay_out()
        self.view.changed.connect(self._on_changed)
        self._smoothing.setValue(20)

    def _make_controls(self) -> None:
        self._choice = QComboBox(self)
        self._choice.setAccessibleName(self.tr("Losses"))
        self._choice.setToolTip(self.tr("Show every loss in a plot of its own, or one alone."))
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._choice.addItem(self.tr("All losses"), "")
        self._choice.currentIndexChanged.connect(
            lambda _index: self.tiles.show_only(self._choice.currentData() or "")
        )
        self._axis = QComboBox(self)
        self._axis.setAccessibleName(self.tr("Axis"))
        self._axis.setToolTip(self.tr("Lay the losses over the steps, or over the time of training."))
        self._axis.addItems([self.tr("By step"), self.tr("By time")])
        self._axis.currentIndexChanged.connect(lambda index: self.view.set_axis(by_time=index == 1))
        self._log = QCheckBox(self.tr("Log"), self)
        self._log.setAccessibleName(self.tr("Logarithmic"))
        self._log.setToolTip(self.tr("Show small and large values in one plot; zero and less are left out."))
        self._log.setChecked(True)
        self._log.toggled.connect(lambda on: self.view.set_log(log=on))
        self._smoothing = QSlider(Qt.Orientation.Horizontal, self)
        self._smoothing.setRange(0, MARKS)
        self._smoothing.setFixedWidth(80)
        self._smoothing.setAccessibleName(self.tr("Smoothing"))
        self._smoothing.setToolTip(self.tr("How much the past weighs; the raw values stay faint behind."))
        self._smoothing.valueChanged.connect(self._on_smoothing)
        self._weight = QLabel(self, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._weight.setFont(theme.tabular(self._weight.font()))
        self._weight.setFixedWidth(self._weight.fontMetrics().horizontalAdvance("0.000"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self._choice)
        top.addWidget(self._place, stretch=1)
        for widget in (self._axis, self._log, QLabel(self.tr("Smoothing"), self), self._smoothing):
            top.addWidget(widget)
        top.addWidget(self._weight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.XS)
        column.setSpacing(theme.XS)
        column.addLayout(top)
        column.addWidget(self._legend)
        column.addWidget(self.tiles, stretch=1)

    @property
    def history(self) -> LossHistory:
        """The shown run's losses."""
        return self._shown.history

    def show_run(self, name: str) -> None:
        """Begin with another run's curves, of which nothing is known yet."""
        self._shown = Curves(name, self._history())
        self.view.marks = ()
        self.view.show_all()
        self._show_runs()

    def append(self, columns: Columns, *, afresh: bool) -> None:
        """Add rows to the shown run's losses, after forgetting those before if they begin `afresh`."""
        if afresh:
            self._shown = Curves(self._shown.name, self._history())
        if columns:
            self._shown.history.extend(columns)
        if afresh:
            self._show_runs()
        elif columns:
            self.view.changed.emit()

    def compare(self, others: Mapping[str, Columns]) -> None:
        """Show these runs' histories, by name, over the shown one."""
        self._others = dict(others)
        self._show_runs()

    def mark(self, marks: Sequence[Mark]) -> None:
        """Mark steps of the shown run."""
        if tuple(marks) != self.view.marks:
            self.view.marks = tuple(marks)
            self.view.changed.emit()

    def _history(self, columns: Columns | None = None) -> LossHistory:
        history = LossHistory(smoothing_at(self._smoothing.value()))
        if columns:
            history.extend(columns)
        return history

    def _show_runs(self) -> None:
        others = [Curves(name, self._history(columns)) for name, columns in self._others.items()]
        self.view.set_runs([self._shown, *others])
        self._legend.show_names([each.name for each in self.view.runs])

    def _on_changed(self) -> None:
        names = self.view.names()
        known = [self._choice.itemData(line) for line in range(1, self._choice.count())]
        if names != known:
            chosen = self._choice.currentData()
            self._choice.blockSignals(True)
            while self._choice.count() > 1:
                self._choice.removeItem(1)
            for name in names:
                self._choice.addItem(loss_name(name), name)
            self._choice.setCurrentIndex(max(0, self._choice.findData(chosen)))
            self._choice.blockSignals(False)
        self._place.setText(self._place_words())

    def _place_words(self) -> str:
        place = self.view.cursor
        if place is None:
            return ""
        if self.view.by_time:
            return self.tr("after {0}").format(duration(place))
        return self.tr("step {0}").format(round(place))

    def _on_smoothing(self, mark: int) -> None:
        weight = smoothing_at(mark)
        self._weight.setText(f"{weight:.3f}")
        for each in self.view.runs:
            each.history.set_smoothing(weight)
        self.view.smoothed = weight > 0
        self.view.changed.emit()
