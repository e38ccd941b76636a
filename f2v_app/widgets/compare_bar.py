"""Above the comparison: how clips are compared and how large they are shown; below, whose pictures they are."""

from typing import cast

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.comparison import GAINS, MODES, Comparison, Mode
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.compare_view import CompareView
from f2v_app.widgets.elided_box import ElidedBox
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.segmented import Segmented

LEGEND_WIDTH = 64
"""Pixels of the scale of a difference."""


class CompareBar(QWidget):
    """Modes and what they need on the left, zoom on the right.

    Attributes:
        credit: whose pictures these are.
    """

    def __init__(self, view: CompareView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._comparison = view, view.comparison
        self.credit = ElidedLabel(self)
        self.credit.setFont(theme.small_font())
        theme.set_role(self.credit, "muted")
        self.modes = self._mode_buttons()
        self.reference = ElidedBox(self)
        self.reference.setAccessibleName(self.tr("Reference"))
        self.reference.setToolTip(self.tr("Which clip the others are compared with"))
        self.reference.activated.connect(
            lambda _index: self._comparison.set_reference(self.reference.currentData())
        )
        self._against = QLabel(self.tr("against"), self)
        theme.set_role(self._against, "muted")
        self.sides = self._sides_button()
        self.gain = self._gain_box()
        self._legend = DifferenceLegend(self._comparison, self)
        self.opacity = self._opacity_slider()
        self._zoom = QLabel(self)
        self._zoom.setFont(theme.small_font())
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("1000 %"))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.set_role(self._zoom, "muted")
        self._fit = self._button(self.tr("Fit"), hint(self.tr("Show the whole pictures"), "fit"))
        self._fit.clicked.connect(view.fit)
        self._actual = self._button(
            "1:1", hint(self.tr("One pixel of the picture to one of the screen"), "actual")
        )
        self._actual.setAccessibleName(self.tr("Actual size"))
        self._actual.clicked.connect(view.show_actual)
        self._lay_out()
        for viewport in view.viewports:
            viewport.changed.connect(self._show_zoom)
        self._comparison.arranged.connect(self._arrange)
        self._arrange()

    def _mode_buttons(self) -> Segmented:
        titles = {
            "grid": (self.tr("Grid"), self.tr("All clips side by side")),
            "wipe": (self.tr("Wipe"), self.tr("Drag a line between each clip and the reference")),
            "difference": (
                self.tr("Difference"),
                self.tr("Where each clip differs from the reference, and how much"),
            ),
            "flip": (self.tr("Flip"), self.tr("Hold the key or the mouse button to see the reference")),
            "onion": (
                self.tr("Onion"),
                self.tr("Onion skin: each clip on top of the reference, half transparent"),
            ),
            "sheet": (self.tr("Sheet"), self.tr("A row for each clip, time from left to right")),
        }
        options = [(mode, titles[mode][0], hint(titles[mode][1], mode)) for mode in MODES]
        modes = Segmented(self.tr("Compare"), options, self)
        modes.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        modes.chosen.connect(lambda value: self._choose(cast("Mode", value)))
        return modes

    def _choose(self, mode: Mode) -> None:
        if mode != self._comparison.mode:
            self._comparison.set_mode(mode)

    def _sides_button(self) -> QToolButton:
        button = QToolButton(self)
        theme.set_icon(button, "swap")
        theme.set_role(button, "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(self.tr("Change sides"))
        button.setToolTip(hint(self.tr("Let clip and reference change their places"), "sides"))
        button.clicked.connect(self._comparison.swap)
        return button

    def _gain_box(self) -> QComboBox:
        box = QComboBox(self)
        for gain in GAINS:
            box.addItem(f"{gain}×", gain)
        box.setCurrentIndex(GAINS.index(self._comparison.gain))
        box.setFixedWidth(72)
        box.setAccessibleName(self.tr("Gain"))
        box.setToolTip(self.tr("How much differences are brightened, to be seen"))
        box.activated.connect(lambda _index: self._comparison.set_gain(box.currentData()))
        return box

    def _opacity_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, 100)
        slider.setValue(round(self._comparison.opacity * 100))
        slider.setFixedWidth(LEGEND_WIDTH)
        slider.setAccessibleName(self.tr("Opacity"))
        slider.setToolTip(self.tr("How much of the upper clip is seen"))
        slider.valueChanged.connect(lambda value: self._comparison.set_opacity(value / 100))
        return slider

    def _button(self, text: str, tip: str) -> QPushButton:
        button = push_button(text, self, "quiet", tip)
        button.setFont(theme.small_font())
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.modes)
        for widget in self._against_controls():
            row.addWidget(widget)
        row.addStretch(1)
        for widget in self._zoom_controls():
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.L, 0)
        column.setSpacing(theme.XS)
        column.addLayout(row)
        column.addWidget(self.credit)

    def _against_controls(self) -> tuple[QWidget, ...]:
        return self._against, self.reference, self.sides, self.gain, self._legend, self.opacity

    def _zoom_controls(self) -> tuple[QWidget, ...]:
        return self._zoom, self._fit, self._actual

    def set_clips(self, titles: dict[str, str]) -> None:
        """Offer clips as the reference, title by model; without any, nothing is to be compared or zoomed."""
        self.reference.clear()
        for model, title in titles.items():
            self.reference.addItem(title, model)
        for widget in (self.modes, *self._zoom_controls()):
            widget.setVisible(bool(titles))
        self._arrange()

    def _arrange(self) -> None:
        """Offer what the mode needs."""
        how = self._comparison
        self.modes.set_value(how.mode)
        self.reference.setCurrentIndex(self.reference.findData(how.reference))
        against = how.against and self.reference.count() > 0
        subtracted = how.mode == "difference"
        seen = (True, True, not subtracted, subtracted, subtracted, how.mode == "onion")
        for widget, wanted in zip(self._against_controls(), seen, strict=True):
            widget.setVisible(against and wanted)
        self._show_zoom()

    def _show_zoom(self) -> None:
        self._zoom.setText(f"{self._view.shown_viewport.zoom * 100:.0f} %")


class DifferenceLegend(QWidget):
    """What the brightness of a difference means."""

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self.setFont(theme.small_font())
        self.setToolTip(self.tr("From equal to this many levels of 255 apart, in each colour"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        comparison.changed.connect(self._tell)
        self._tell()

    @property
    def most(self) -> str:
        """What white means, in words."""
        return self.tr("{0} levels").format(f"{255 / self._comparison.gain:.0f}")

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Black is equal, white is {0} apart").format(self.most))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance("0" + self.tr("{0} levels").format("255"))
        return QSize(LEGEND_WIDTH + words + 2 * theme.S, self.fontMetrics().height() + theme.XS)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("0") + theme.S
        bar = QRectF(left, (self.height() - theme.S) / 2, LEGEND_WIDTH, theme.S)
        with QPainter(self) as painter:
            shades = QLinearGradient(bar.topLeft(), bar.topRight())
            shades.setColorAt(0, QColor(0, 0, 0))
            shades.setColorAt(1, QColor(255, 255, 255))
            painter.fillRect(bar, shades)
            painter.setPen(QColor(theme.colors().line))
            painter.drawRect(bar)
            painter.setPen(QColor(theme.colors().muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "0")
            room = self.rect().adjusted(round(bar.right()) + theme.S, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.most)
