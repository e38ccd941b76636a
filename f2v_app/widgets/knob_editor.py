"""One editor for one knob: a number field, a choice, a check box or a line of text."""

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from f2v_app.widgets.calm_box import CalmBox
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.knobs import Knob, Value

WIDTH = 124
"""Pixels of every field, so that a column of them shares both edges; the longest choice fits."""
UNBOUNDED = 1e12


class KnobEditor(QObject):
    """A widget that holds a knob's value; abstract, but no ABC: Qt's objects have a metaclass of their own.

    Attributes:
        widget: what stands in the form.

    Signals:
        edited: the user changed the value; setting it from code does not emit.
    """

    edited = Signal()

    def __init__(self, widget: QWidget, name: str) -> None:
        super().__init__(widget)
        self.widget = widget
        widget.setAccessibleName(name)

    def value(self) -> Value:
        """The value that stands there."""
        raise NotImplementedError

    def set_value(self, value: Value) -> None:
        """Show a value."""
        with QSignalBlocker(self.widget):
            self._show(value)

    def _show(self, value: Value) -> None:
        raise NotImplementedError


class _Number(KnobEditor):
    def __init__(self, box: IntBox | FloatBox, name: str) -> None:
        super().__init__(box, name)
        self._box = box
        box.setFixedWidth(WIDTH)
        box.valueChanged.connect(lambda _value: self.edited.emit())

    @override
    def value(self) -> Value:
        return self._box.value()

    @override
    def _show(self, value: Value) -> None:
        self._box.setValue(value)  # type: ignore[arg-type]  # a knob's value is of its own kind


class _Choice(KnobEditor):
    def __init__(self, choices: tuple[str, ...], name: str, parent: QWidget) -> None:
        box = CalmBox(parent)
        super().__init__(box, name)
        self._box = box
        self._box.addItems(list(choices))
        self._box.setFixedWidth(WIDTH)
        self._box.activated.connect(lambda _index: self.edited.emit())

    @override
    def value(self) -> Value:
        return self._box.currentText()

    @override
    def _show(self, value: Value) -> None:
        self._box.setCurrentText(str(value))


class _Switch(KnobEditor):
    def __init__(self, name: str, parent: QWidget) -> None:
        box = QCheckBox(parent)
        super().__init__(box, name)
        self._box = box
        self._box.setFixedWidth(WIDTH)
        self._box.clicked.connect(lambda _checked: self.edited.emit())

    @override
    def value(self) -> Value:
        return self._box.isChecked()

    @override
    def _show(self, value: Value) -> None:
        self._box.setChecked(bool(value))


class _Text(KnobEditor):
    def __init__(self, name: str, parent: QWidget) -> None:
        line = QLineEdit(parent)
        super().__init__(line, name)
        self._line = line
        line.setPlaceholderText(self.tr("none"))
        self._line.setFixedWidth(WIDTH)
        self._line.editingFinished.connect(self.edited)

    @override
    def value(self) -> Value:
        return self._line.text().strip()

    @override
    def _show(self, value: Value) -> None:
        self._line.setText(str(value))


def make_editor(each: Knob, name: str, parent: QWidget) -> KnobEditor:
    """The editor that suits a knob; `name` is what a screen reader says."""
    low = -UNBOUNDED if each.low is None else each.low
    high = UNBOUNDED if each.high is None else each.high
    if each.kind is bool:
        return _Switch(name, parent)
    if each.kind is int:
        return _Number(IntBox(int(low), int(high), each.unit, parent), name)
    if each.kind is float:
        return _Number(FloatBox(low, high, each.unit, parent), name)
    return _Choice(each.choices, name, parent) if each.choices else _Text(name, parent)
