"""How many steps a training makes, with an honest word about how long they take."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.knob_editor import WIDTH
from f2v_app.widgets.number_box import IntBox
from f2v_app.widgets.run_state import duration
from f2v_core.config import TrainConfig


class LengthField(QWidget):
    """A number of steps and what is known about the time they need.

    Signals:
        changed: the user changed the number.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        knob = next(each for each in TrainConfig.knobs() if each.name == "steps")
        self._rate, self._suggested = 0.0, cast("int", knob.default)
        self._steps = IntBox(int(knob.low or 1), int(knob.high or 1), parent=self)
        self._steps.setValue(self._suggested)
        self._steps.setFixedWidth(WIDTH)
        self._steps.setAccessibleName(self.tr("Steps"))
        self._steps.setToolTip(knob.help)
        self._steps.valueChanged.connect(self._on_changed)
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        self._lay_out()
        self._show_words()

    def _lay_out(self) -> None:
        caption = QLabel(self.tr("Steps"), self)
        caption.setBuddy(self._steps)
        row = QHBoxLayout()
        row.addWidget(caption, stretch=1)
        row.addWidget(self._steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(row)
        column.addWidget(self._words)

    @property
    def steps(self) -> int:
        """The number that stands there."""
        return self._steps.value()

    def suggest(self, steps: int) -> None:
        """Show this number, unless the user has chosen one."""
        if self.steps == self._suggested:
            self._suggested = steps
            self._steps.setValue(steps)

    def set_steps(self, steps: int) -> None:
        """Show this number as the user's own."""
        self._steps.setValue(steps)

    def set_rate(self, rate: float) -> None:
        """Estimate with this many steps a second; 0: not known."""
        self._rate = rate
        self._show_words()

    def _on_changed(self) -> None:
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        words = self.tr("How long that takes is known once it runs.")
        if self._rate > 0:
            words = self.tr("About {0} at {1} steps/s, as measured before.").format(
                duration(self.steps / self._rate), f"{self._rate:.3g}"
            )
        self._words.setText(words)
