"""The preset that a training begins from, in words, and how many settings are no longer its own."""

from itertools import groupby

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.calm_box import CalmBox
from f2v_core.config.named import NamedPreset, named_preset, named_presets


class PresetField(QWidget):
    """A box of presets, a sentence about the chosen one, and a line where it was changed.

    Signals:
        chosen: the user chose a NamedPreset, perhaps the same one again.
        expert_wanted: the changed settings are to be shown.
        reset: the changed settings are to have the preset's values.
    """

    chosen = Signal(object)
    expert_wanted = Signal()
    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = self._make_box()
        self._words = QLabel(self, wordWrap=True)
        self._changed = QLabel(self, wordWrap=True)
        for label in (self._words, self._changed):
            label.setFont(theme.small_font())
            theme.set_role(label, "muted")
        self._show = push_button(self.tr("Show"), self, "small", self.tr("Show them under Expert"))
        self._reset = push_button(self.tr("Reset"), self, "small", self.tr("Go back to the preset as it is"))
        self._show.setAccessibleName(self.tr("Show the changed settings"))
        self._reset.setAccessibleName(self.tr("Reset the changed settings"))
        self._show.clicked.connect(lambda _on=False: self.expert_wanted.emit())
        self._reset.clicked.connect(lambda _on=False: self.reset.emit())
        self._line = QWidget(self)
        self._lay_out()
        self.tell_changes(0)

    def _make_box(self) -> CalmBox:
        box = CalmBox(self)
        box.setAccessibleName(self.tr("Preset"))
        box.setToolTip(self.tr("Networks and settings that suit each other"))
        for _, presets in groupby(named_presets(), lambda each: each.group):
            if box.count():
                box.insertSeparator(box.count())
            for each in presets:
                box.addItem(_tr(each.title), each.name)
                box.setItemData(box.count() - 1, _tr(each.words), Qt.ItemDataRole.ToolTipRole)
        box.setMaxVisibleItems(box.count())
        box.activated.connect(lambda _index: self.chosen.emit(named_preset(box.currentData())))
        return box

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self._changed, stretch=1)
        for button in (self._show, self._reset):
            button.setFont(theme.small_font())
            row.addWidget(button)
        caption = QLabel(self.tr("Preset"), self)
        caption.setBuddy(self._box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for widget in (caption, self._box, self._words, self._line):
            column.addWidget(widget)

    def tell(self, preset: NamedPreset) -> None:
        """Show a preset; `chosen` is not emitted."""
        self._box.setCurrentIndex(self._box.findData(preset.name))
        self._words.setText(_tr(preset.words))
        self._box.setAccessibleDescription(_tr(preset.words))

    def tell_changes(self, number: int) -> None:
        """Say how many settings are changed that are not to be seen here; 0: say nothing."""
        words = (
            self.tr("1 expert setting changed.") if number == 1 else self.tr("{0} expert settings changed.")
        )
        self._changed.setText(words.format(number))
        self._line.setVisible(bool(number))

    def press(self, name: str) -> None:
        """Choose as the user does."""
        self._box.setCurrentIndex(self._box.findData(name))
        self._box.activated.emit(self._box.currentIndex())


def _tr(text: str) -> str:
    return QCoreApplication.translate("NamedPreset", text)
