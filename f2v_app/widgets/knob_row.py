"""A line of a form: a knob's label, its editor, and a reset where the value is not the default."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from f2v_app import theme
from f2v_app.widgets.knob_editor import KnobEditor, make_editor
from f2v_app.widgets.knob_words import label_of, plain, tooltip_of, translated
from f2v_core.knobs import Knob, Value

COLUMNS = 3
"""Of a form's grid: label, reset, editor."""


class KnobRow:
    """The parts of a line.

    Attributes:
        knob: what it edits.
        label, reset, editor: its parts.
        words: what a search looks through.
        hidden, changed: how it is shown.
    """

    def __init__(self, each: Knob, parent: QWidget) -> None:
        self.knob = each
        self.hidden = self.changed = False
        self._shown: tuple[Value, Value, bool] | None = None
        title = label_of(each)
        self.label = QLabel(title, parent, wordWrap=True)
        self.editor: KnobEditor = make_editor(each, title, parent)
        self.label.setBuddy(self.editor.widget)
        self.reset = QToolButton(parent)
        theme.set_role(self.reset, "quiet")
        theme.set_icon(self.reset, "reload")
        self.reset.setIconSize(QSize(theme.L, theme.L))
        self.reset.setAccessibleName(translated("Reset %s") % title)
        self.reset.clicked.connect(lambda _on=False: self.editor.widget.setFocus())  # the button goes away
        self.words = " ".join((title, each.name, each.help, each.group, *each.choices)).casefold()
        self.set_hidden(hidden=False)

    def place(self, grid: QGridLayout, line: int) -> None:
        """Put the parts into a line of the form's grid."""
        for column, part in enumerate((self.label, self.reset, self.editor.widget)):
            grid.addWidget(part, line, column)

    def set_hidden(self, hidden: bool) -> None:
        """Show or hide all parts, and what room the reset button keeps."""
        self.hidden = hidden
        keep_place = self.reset.sizePolicy()
        keep_place.setRetainSizeWhenHidden(not hidden)
        self.reset.setSizePolicy(keep_place)
        for part in (self.label, self.editor.widget):
            part.setHidden(hidden)
        self.reset.setVisible(self.changed and not hidden)

    def show(self, value: Value, default: Value, *, changed: bool) -> None:
        """Show a value; where it was changed, the reset button is there."""
        if (value, default, changed) == self._shown:
            return
        self._shown, self.changed = (value, default, changed), changed
        self.editor.set_value(value)
        self.reset.setVisible(changed and not self.hidden)
        self.reset.setToolTip(translated("Back to %s") % plain(default))
        told = f"{tooltip_of(self.knob, default)}\n{translated('Name: %s') % self.knob.name}"
        for part in (self.label, self.editor.widget):
            part.setToolTip(told)
        state = translated("changed") if changed else ""
        self.editor.widget.setAccessibleDescription(", ".join(filter(None, (self.knob.unit, state))))
