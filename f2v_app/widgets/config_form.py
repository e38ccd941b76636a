"""A form made from knobs: a row each, with unit, range, tooltip, and a reset where the user changed something."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.knob_editor import KnobEditor, make_editor
from f2v_app.widgets.knob_words import label_of, plain, tooltip_of, translated
from f2v_core.knobs import Knob, Value


def _by_group(knobs: Iterable[Knob]) -> dict[str, list[Knob]]:
    """The knobs under their headings, both in the order of their appearance."""
    groups: dict[str, list[Knob]] = {}
    for each in knobs:
        groups.setdefault(each.group, []).append(each)
    return groups


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
        self._rows: dict[str, _Row] = {}
        self._changes: dict[str, Value] = {}
        self._defaults: dict[str, Value] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.L)
        for group, members in _by_group(knobs).items():
            column.addLayout(self._section(group, members))
        self.set_defaults(defaults)

    def _section(self, heading: str, knobs: list[Knob]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(0, 1)
        title = QLabel(translated(heading))
        theme.set_role(title, "muted")
        grid.addWidget(title, 0, 0, 1, 3)
        for line, each in enumerate(knobs, start=1):
            row = self._rows[each.name] = _Row(each, self)
            row.place(grid, line)
            row.editor.edited.connect(lambda name=each.name: self._on_edited(name))
            row.reset.clicked.connect(lambda _=False, name=each.name: self.reset(name))
        return grid

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


class _Row:
    """A knob's label, editor and reset button."""

    def __init__(self, each: Knob, parent: QWidget) -> None:
        self.knob = each
        self._hidden = False
        self.label = QLabel(label_of(each), parent)
        self.editor: KnobEditor = make_editor(each, label_of(each), parent)
        self.label.setWordWrap(True)
        self.label.setBuddy(self.editor.widget)
        self.reset = QToolButton(parent)
        theme.set_role(self.reset, "quiet")
        theme.set_icon(self.reset, "reload")
        self.reset.setIconSize(QSize(theme.L, theme.L))
        self.reset.setAccessibleName(translated("Reset %s") % label_of(each))
        self.set_hidden(hidden=False)

    def place(self, grid: QGridLayout, line: int) -> None:
        """Put the three into a line of the form's grid."""
        grid.addWidget(self.label, line, 0)
        grid.addWidget(self.reset, line, 1)
        grid.addWidget(self.editor.widget, line, 2)

    def set_hidden(self, hidden: bool) -> None:
        """Show or hide the three, and what room the reset button keeps."""
        self._hidden = hidden
        keep_place = self.reset.sizePolicy()
        keep_place.setRetainSizeWhenHidden(not hidden)
        self.reset.setSizePolicy(keep_place)
        for part in (self.label, self.editor.widget, self.reset):
            part.setHidden(hidden)

    def show(self, value: Value, default: Value, *, changed: bool) -> None:
        """Show a value; the reset button appears where the user changed it."""
        self.editor.set_value(value)
        self.reset.setVisible(changed and not self._hidden)
        self.reset.setToolTip(translated("Back to %s") % plain(default))
        for part in (self.label, self.editor.widget):
            part.setToolTip(tooltip_of(self.knob, default))
