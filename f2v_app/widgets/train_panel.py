"""The Train page's left side: the settings, simple or with every knob, and under them the one button that starts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.actions import add_actions
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.estimate_label import EstimateLabel
from f2v_app.widgets.expert_head import ExpertHead
from f2v_app.widgets.run_files import describe_data
from f2v_app.widgets.segmented import Segmented
from f2v_app.widgets.side_scroll import SideScroll
from f2v_app.widgets.train_settings import Mode, TrainSettings
from f2v_core.runs import Run

WIDTH = 352
"""Pixels; the expert form's longest label fits."""


class TrainPanel(QFrame):
    """Settings and buttons.

    Attributes:
        settings: what is to be trained.

    Signals:
        started: the user wants a training; the Run that is to be made.
        queued: the user wants it after those that train; the Run that is to be made.
    """

    started = Signal(object)
    queued = Signal(object)

    def __init__(self, root: Path, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "side")
        self.setFixedWidth(WIDTH)
        self._modes = self._make_modes()
        self._head = ExpertHead(self)
        self.settings = TrainSettings(root, clock, describe_data, self)
        self._scroll = SideScroll(self.settings, self)
        self._lines = _line(self), _line(self)
        self._estimate = EstimateLabel(self)
        self._start = push_button(self.tr("Start training"), self, "primary")
        self._queue = push_button(
            self.tr("Add to queue"),
            self,
            "quiet",
            self.tr("Train this when the trainings before it are over"),
        )
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        self._words.hide()
        self._queue.hide()
        self._training = ""
        self._lay_out()
        self._connect()
        self._show_mode()

    def _make_modes(self) -> Segmented:
        simple = self.tr("The few settings that most trainings need")
        expert = self.tr("Every setting there is, in groups, searchable")
        options = [("simple", self.tr("Simple"), simple), ("expert", self.tr("Expert"), expert)]
        return Segmented(self.tr("Settings"), options, self)

    def _lay_out(self) -> None:
        head, foot = QVBoxLayout(), QVBoxLayout()
        head.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        foot.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        for part, widgets in (
            (head, (self._modes, self._head)),
            (foot, (self._estimate, self._words, self._start, self._queue)),
        ):
            part.setSpacing(theme.S)
            for widget in widgets:
                part.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._lines[0])
        column.addWidget(self._scroll, stretch=1)
        column.addWidget(self._lines[1])
        column.addLayout(foot)

    def _connect(self) -> None:
        self._start.clicked.connect(lambda _on=False: self._begin(self.started))
        self._queue.clicked.connect(lambda _on=False: self._begin(self.queued))
        self._modes.chosen.connect(self._on_mode)
        self._head.searched.connect(self._on_narrowed)
        self._head.searched.connect(self.settings.form.search)
        self._head.filtered.connect(self._on_narrowed)
        self._head.filtered.connect(self.settings.form.show_only_changed)
        self._head.reset.connect(self.settings.reset)
        self.settings.expert_wanted.connect(lambda: self.show_mode("expert"))
        self.settings.changed.connect(self._on_settings)
        add_actions(self, {"search": self.search})

    def set_starting(self, starting: bool) -> None:
        """A run is being made: a second click makes no second one."""
        self._start.setEnabled(not starting)
        self._queue.setEnabled(not starting)
        if starting:
            self._say("", "muted")

    @property
    def starting(self) -> bool:
        """Whether a run is being made."""
        return not self._start.isEnabled()

    def show_training(self, name: str) -> None:
        """Say that a run trains already, by its name; "" for none. Another one may wait for it."""
        if name != self._training:
            self._training = name
            self._queue.setVisible(bool(name))
            words = self.tr("{0} is training: another training beside it makes both slower.")
            self._say(words.format(name) if name else "", "muted")

    def complain(self, words: str) -> None:
        """Say why a training could not be started."""
        self._say(f"⚠ {words}", "error")

    def show_mode(self, mode: Mode) -> None:
        """Show the few settings, or all."""
        self._modes.set_value(mode)
        self._show_mode()

    def search(self) -> None:
        """Look for a setting among all."""
        self.show_mode("expert")
        self._head.take_focus()

    def _say(self, words: str, role: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        theme.set_role(self._words, role)

    def _begin(self, wanted: SignalInstance) -> None:
        if self.settings.ready():
            wanted.emit(Run(self.settings.run_folder, self.settings.config()))
            return
        self._head.clear()
        self.settings.ready()  # once more: what takes the focus there was perhaps not shown
        self._scroll.ensureWidgetVisible(self.settings.focusWidget() or self.settings)

    def _on_mode(self) -> None:
        self._show_mode()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_mode(self) -> None:
        mode = cast("Mode", self._modes.value)
        self.settings.set_mode(mode)
        for part in (self._head, self._estimate, *self._lines):
            part.setVisible(mode == "expert")
        self._on_settings()

    def _on_settings(self) -> None:
        config = self.settings.draft.config
        self._estimate.tell(self.settings.estimate, on_processor=config.device == "cpu")
        self._head.show_changes(len(self.settings.draft.changes))

    def _on_narrowed(self) -> None:
        self.settings.narrow(self._head.narrowed)
        self._scroll.verticalScrollBar().setValue(0)


def _line(parent: QWidget) -> QFrame:
    """A hairline where a long form scrolls away below what stays."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    theme.set_role(line, "line")
    return line
