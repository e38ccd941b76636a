"""Number fields that suit a scrolling form: the wheel passes through until a field has the focus."""

import math
import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget
from typing_extensions import override

DECIMALS = 12
"""Digits kept after the point: the smallest range of a knob begins at 1e-7."""

_PARTIAL = re.compile(r"[-+]?\d*[.,]?\d*([eE][-+]?\d*)?")


class IntBox(QSpinBox):
    """A whole number from `low` to `high`."""

    def __init__(self, low: int, high: int, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setStepType(
            QAbstractSpinBox.StepType.AdaptiveDecimalStepType if high > 1000 else self.stepType()
        )
        _prepare(self, unit)
        self.setSuffix(f" {unit}" if unit else "")

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FloatBox(QDoubleSpinBox):
    """A number from `low` to `high`, shown as short as it can be; a step moves its second digit.

    Takes what people type: 0.0002, 2e-4 and 0,0002 are the same number.
    """

    def __init__(self, low: float, high: float, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(DECIMALS)
        self.setRange(low, high)
        _prepare(self, unit)
        self.setSuffix(f" {unit}" if unit else "")

    @override
    def textFromValue(self, value: float) -> str:
        return f"{value:.10g}"

    def _is_special(self, text: str) -> bool:
        """Whether a text is the word that stands for the least value."""
        return bool(text) and text == self.specialValueText()

    @override
    def valueFromText(self, text: str) -> float:
        number = self.minimum() if self._is_special(text) else _number(self._bare(text))
        return self.value() if number is None else number

    @override
    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        bare = self._bare(text)
        number = _number(bare)
        if self._is_special(text) or (number is not None and self.minimum() <= number <= self.maximum()):
            state = QValidator.State.Acceptable
        else:
            typing = _PARTIAL.fullmatch(bare)
            state = QValidator.State.Intermediate if typing else QValidator.State.Invalid
        return state, text, position

    @override
    def stepBy(self, steps: int) -> None:
        self.setValue(self.value() + steps * _step_at(self.value(), up=steps > 0))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _bare(self, text: str) -> str:
        return text.removesuffix(self.suffix()).strip()


def _prepare(box: QAbstractSpinBox, unit: str) -> None:
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setKeyboardTracking(False)
    box.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
    box.setAccessibleDescription(unit)


def _number(text: str) -> float | None:
    """The finite number in `text`, with a point or a comma; None when there is none."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _step_at(value: float, *, up: bool) -> float:
    """One unit of the second significant digit; down from a power of ten it is that of the decade below."""
    if value == 0:
        return 0.01
    decade = math.floor(math.log10(abs(value)) + (1e-9 if up else -1e-9))
    return float(10.0 ** (decade - 1))
