"""A form made from knobs: a row each, with unit, range, tooltip, and a reset where the user changed something."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.knob_row import COLUMNS, KnobRow
from f2v_app.widgets.knob_words import translated
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.knobs import Knob, Value


def by_group(knobs: Iterable[Knob]) -> dict[str, list[Knob]]:
    """The knobs under their headings, both in the order of their appearance."""
    groups: dict[str, list[Knob]] = {}
    for each in knobs:
        groups.setdefault(each.group, []).append(each)
    return groups


def section_grid(heading: QLabel, rows: Iterable[KnobRow]) -> QGridLayout:
    """The grid of a group of rows under their heading."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.S)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnStretch(0, 1)
    theme.set_role(heading, "muted")
    grid.addWidget(heading, 0, 0, 1, COLUMNS)
    for line, row in enumerate(rows, start=1):
        row.place(grid, line)
    return grid


class ConfigForm(QWidget):
    """Editors for some knobs, grouped under headings.

    It knows two things of a knob: the default of the moment (a preset) and whether the user has set it. A new
    preset moves only those that the user has left alone.

    Signals:
        changed: the user changed or reset a value.
    """

    changed = Signal()

    def __init__(
        self, knobs: Iterable[Knob], defaults: Mapping[str, Value], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows: dict[str, KnobRow] = {}
        self._changes: dict[str, Value] = {}
        self._defaults: dict[str, Value] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.L)
        for group, members in by_group(knobs).items():
            column.addLayout(section_grid(QLabel(translated(group), self), map(self._row, members)))
        self.set_defaults(defaults)

    def _row(self, each: Knob) -> KnobRow:
        row = self._rows[each.name] = KnobRow(each, self)
        row.editor.edited.connect(lambda: self._on_edited(each.name))
        row.reset.clicked.connect(lambda _on=False: self.reset(each.name))
        return row

    def changes(self) -> dict[str, Value]:
        """What the user set, by knob name."""
        return dict(self._changes)

    def values(self) -> dict[str, Value]:
        """Every value of the form, by knob name."""
        return {**self._defaults, **self._changes}

    def set_defaults(self, defaults: Mapping[str, Value]) -> None:
        """Take another preset; `defaults` names at least every knob of the form."""
        self._defaults = {name: defaults[name] for name in self._rows}
        self._show()

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Show these values as if the user had set each that is not the default; `changed` is not emitted."""
        self._changes = {name: values[name] for name in self._rows if values[name] != self._defaults[name]}
        self._show()

    def hide_knobs(self, names: Collection[str]) -> None:
        """Show all knobs but these: for those that have no effect at present."""
        for name, row in self._rows.items():
            row.set_hidden(name in names)
        self._show()

    def name_zeros(self, words: Mapping[str, str]) -> None:
        """Let fields, by knob name, say in words what no number there means."""
        for name, text in words.items():
            editor = self._rows[name].editor.widget
            if isinstance(editor, IntBox | FloatBox):
                editor.setSpecialValueText(text)

    def reset(self, name: str) -> None:
        """Give a knob its default back."""
        self._changes.pop(name, None)
        self._show()
        self.changed.emit()

    def _on_edited(self, name: str) -> None:
        value = self._rows[name].editor.value()
        if value == self._defaults[name]:
            self._changes.pop(name, None)
        else:
            self._changes[name] = value
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for name, row in self._rows.items():
            row.show(self.values()[name], self._defaults[name], changed=name in self._changes)
