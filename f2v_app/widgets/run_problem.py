"""What went wrong with a run, and the ways out of it as buttons."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.knob_words import label_of, plain
from f2v_core.config import TrainConfig
from f2v_core.knobs import Value
from f2v_core.runs.state import RunState


def offer_words(offer: Mapping[str, Value]) -> str:
    """Settings as they stand in a sentence: "learning rate 0.001 and batch 8"."""
    knobs = {each.name: each for each in TrainConfig.knobs()}
    return ", ".join(f"{label_of(knobs[name]).lower()} {plain(value)}" for name, value in offer.items())


class RunProblem(QWidget):
    """A sentence with a sign, hidden where there is nothing to say.

    Signals:
        offer_taken: the user wants to resume with the settings that the trainer offers.
    """

    offer_taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = ""
        self._shown: tuple[str, ...] = ()
        self._words = QLabel(self, wordWrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(self._words, "error")
        self._offer = push_button("", self, "primary")
        self._offer.clicked.connect(self.offer_taken)
        self._copy = push_button(self.tr("Copy details"), self, tip=self.tr("Copy what a bug report needs."))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for button in (self._offer, self._copy):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._words)
        column.addLayout(row)
        self.say("")

    def show_state(self, state: RunState) -> None:
        """Say why a run failed or waits; what else was said stays until the run's own troubles are others."""
        shown = (state.phase, state.error, state.remedy)
        if shown == self._shown:
            return
        self._shown = shown
        failed = state.phase == "failed"
        troubled = failed or state.phase == "waiting"
        self.say(f"{state.error} {state.remedy}".strip() if troubled else "")
        self._details = state.details
        self._copy.setVisible(failed and bool(state.details))
        self._offer.setVisible(failed and bool(state.offer))
        if state.offer:
            words = self.tr("Resume with {0}").format(offer_words(state.offer))
            self._offer.setText(words)
            self._offer.setAccessibleName(words)

    def clear(self) -> None:
        """Another run is shown."""
        self._shown = ()
        self.say("")

    def say(self, words: str) -> None:
        """Say what went wrong and what to do; empty hides it."""
        self._words.setText(f"⚠ {words}" if words else "")
        self._copy.hide()
        self._offer.hide()
        self.setVisible(bool(words))
