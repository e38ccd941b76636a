"""The legend of the losses: a chip a loss with its hue, its name and its value; a click hides the curve."""

import math
from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from f2v_app import theme

DOT = 10
"""Diameter of a chip's dot, in pixels."""


def number_text(value: float) -> str:
    """A loss in at most eight characters: four significant digits, so that figures stand still."""
    return "–" if math.isnan(value) else f"{value:#.4g}".rstrip(".")


class LossLegend(QWidget):
    """Names and values under each other, aligned as a table.

    Signals:
        toggled: a chip was switched on or off.
    """

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, QToolButton] = {}
        self._values: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.S, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(0)
        self._grid.setRowStretch(1000, 1)
        self._grid.setColumnMinimumWidth(1, self.fontMetrics().horizontalAdvance("0.0000e-00"))

    def set_names(self, hues: Mapping[str, str]) -> None:
        """Show a chip for each name in its hue ("#rrggbb"); what is there already stays as it is."""
        for name in [known for known in self._chips if known not in hues]:
            for widget in (self._chips.pop(name), self._values.pop(name)):
                self._grid.removeWidget(widget)
                widget.deleteLater()
        for line, (name, hue) in enumerate(hues.items()):
            if name not in self._chips:
                self._add(line, name, hue)

    def _add(self, line: int, name: str, hue: str) -> None:
        chip = QToolButton(self)
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setText(name.replace("_", " "))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(DOT + theme.XS, DOT))
        chip.setIcon(_dot(hue))
        chip.setAccessibleName(self.tr("Show {0}").format(chip.text()))
        chip.setToolTip(self.tr("Click to hide or show this curve."))
        chip.toggled.connect(lambda _on: self.toggled.emit())
        theme.set_role(chip, "chip")
        value = QLabel(self, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setFont(theme.tabular(value.font()))
        self._grid.addWidget(chip, line, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(value, line, 1)
        self._chips[name], self._values[name] = chip, value

    def is_on(self, name: str) -> bool:
        """Whether the curve is to be seen."""
        return self._chips[name].isChecked()

    def show_values(self, values: Mapping[str, float]) -> None:
        """Show a number beside each name."""
        for name, value in values.items():
            if name in self._values:
                self._values[name].setText(number_text(value))


def _dot(hue: str) -> QIcon:
    """A filled dot for a curve that is shown, a ring for one that is hidden: not told by colour alone."""
    result = QIcon()
    for state, filled in ((QIcon.State.On, True), (QIcon.State.Off, False)):
        for scale in (1, 2, 3):
            result.addPixmap(_dot_picture(hue, scale, filled=filled), QIcon.Mode.Normal, state)
    return result


def _dot_picture(hue: str, scale: int, *, filled: bool) -> QPixmap:
    picture = QPixmap((DOT + theme.XS) * scale, DOT * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(hue))
        painter.setBrush(QColor(hue) if filled else Qt.GlobalColor.transparent)
        painter.drawEllipse(QRectF(1, 1, DOT - 2, DOT - 2))
    return picture
