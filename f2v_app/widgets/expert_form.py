"""All knobs of a training, in groups: searched, filtered, and those that the user changed marked."""

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.config_form import by_group, section_grid
from f2v_app.widgets.knob_row import KnobRow
from f2v_app.widgets.knob_words import label_of, translated
from f2v_app.widgets.train_draft import APART, KIND, TrainDraft
from f2v_core.config import TrainConfig
from f2v_core.knobs import Knob

MARK, MARGIN = 2, 10
"""Pixels: the bar beside a changed row, and the room to its left edge from that of the labels."""


class ExpertForm(QWidget):
    """The form of a `TrainDraft`. It is built group by group when it is first shown, so that the window never waits."""

    def __init__(self, draft: TrainDraft, after: QWidget, parent: QWidget | None = None) -> None:
        """`after` is what has the focus before the first knob."""
        super().__init__(parent)
        self._draft = draft
        self._rows: dict[str, KnobRow] = {}
        self._last = after
        self._headings: dict[str, QLabel] = {}
        self._sought, self._only_changed = "", False
        self._nothing = QLabel(self, wordWrap=True)
        theme.set_role(self._nothing, "muted")
        self._nothing.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, 0, 0, 0)
        self._column.setSpacing(theme.L)
        self._column.addWidget(self._nothing)
        self._building: Iterator[str] | None = self._build()
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        draft.changed.connect(self.refresh)

    def begin(self) -> None:
        """Build the groups, one each time that the window has nothing else to do."""
        if self._building is not None:
            self._next.start()

    def finish(self) -> None:
        """Build at once what is still missing."""
        while self._building is not None:
            self._go_on()

    def _go_on(self) -> None:
        if self._building is not None and next(self._building, None) is None:
            self._building = None
            self._next.stop()

    def _build(self) -> Iterator[str]:
        knobs = [each for each in TrainConfig.knobs() if each.name not in APART]
        for group, members in by_group(knobs).items():
            heading = self._headings[group] = QLabel(translated(group), self)
            self._column.addLayout(section_grid(heading, [self._row(each) for each in members]))
            self.refresh()
            yield group

    def _row(self, each: Knob) -> KnobRow:
        row = self._rows[each.name] = KnobRow(each, self)
        for part in (
            row.editor.widget,
            row.reset,
        ):  # what is built late would else come after the page's last button
            self.setTabOrder(self._last, part)
            self._last = part
        row.editor.edited.connect(lambda: self._draft.set(each.name, row.editor.value()))
        row.reset.clicked.connect(lambda _on=False: self._draft.reset(each.name))
        return row

    def search(self, words: str) -> None:
        """Show only knobs whose label, name or help has all of these words."""
        self.finish()
        self._sought = words.casefold()
        self.refresh()

    def show_only_changed(self, only: bool) -> None:
        """Show only knobs that the user changed, or all."""
        self.finish()
        self._only_changed = only
        self.refresh()

    @property
    def shown(self) -> list[str]:
        """The names of the knobs that are shown."""
        return [name for name, row in self._rows.items() if not row.hidden]

    def refresh(self) -> None:
        """Show the draft as it stands."""
        draft, changes, idle = self._draft, self._draft.changes, self._draft.idle
        values, defaults = draft.config.to_json(), draft.defaults.to_json()
        found = {
            name for name, row in self._rows.items() if all(w in row.words for w in self._sought.split())
        }
        for name, row in self._rows.items():
            wanted = name in found and name not in idle and (name in changes or not self._only_changed)
            if row.hidden == wanted:
                row.set_hidden(not wanted)
            row.show(values[name], defaults[name], changed=name in changes and name not in KIND)
        for group, heading in self._headings.items():
            members = (row for row in self._rows.values() if row.knob.group == group)
            heading.setHidden(all(row.hidden for row in members))
        self._say_nothing(found & idle)
        self.update()

    def _say_nothing(self, idle: set[str]) -> None:
        """Where no row is shown, say why."""
        empty = bool(self._rows) and not self.shown
        words = self.tr("Nothing found.")
        if self._only_changed:
            words = self.tr("Nothing found among the settings that are changed.")
        if idle and self._sought and not self._only_changed:
            titles = ", ".join(label_of(self._rows[name].knob) for name in self._rows if name in idle)
            words = self.tr(
                "Nothing found that has an effect on these networks. Without effect: {0}."
            ).format(titles)
        if self._only_changed and not self._sought:
            words = self.tr("Nothing is changed: all is as in the preset.")
        self._nothing.setText(words)
        self._nothing.setVisible(empty)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        marked = [row for row in self._rows.values() if row.changed and not row.hidden]
        with QPainter(self) as painter:
            for row in marked:
                place = row.label.geometry().united(row.editor.widget.geometry())
                painter.fillRect(0, place.top(), MARK, place.height(), QColor(theme.colors().text))
