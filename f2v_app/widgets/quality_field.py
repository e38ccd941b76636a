"""Quality against time: four lengths of a training, and in words what the chosen one comes to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.estimate_label import EstimateLabel
from f2v_app.widgets.run_state import count
from f2v_app.widgets.segmented import Segmented
from f2v_core.config import TrainConfig
from f2v_core.config.named import Length


class QualityField(QWidget):
    """A length, the steps that it means, and the estimate.

    Attributes:
        estimate: the line below.

    Signals:
        chosen: the user chose a length.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        caption = self.tr("Quality against time")
        self._lengths = Segmented(
            caption,
            [
                (
                    "quick",
                    self.tr("Quick try"),
                    self.tr("To see whether it goes at all: a few hundred steps"),
                ),
                ("short", self.tr("Short"), self.tr("A quarter of the preset's steps")),
                ("standard", self.tr("Standard"), self.tr("The preset's own number of steps; recommended")),
                (
                    "long",
                    self.tr("Long"),
                    self.tr("Three times the preset's steps, for the last bit of quality"),
                ),
            ],
            self,
        )
        self._lengths.chosen.connect(self.chosen)
        self._words = QLabel(self, wordWrap=True)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        self.estimate = EstimateLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for widget in (QLabel(caption, self), self._lengths, self._words, self.estimate):
            column.addWidget(widget)

    def press(self, length: Length) -> None:
        """Choose as the user does."""
        self._lengths.press(length)

    @property
    def value(self) -> str:
        """The chosen length; empty where the steps are of another number."""
        return self._lengths.value

    def tell(self, config: TrainConfig, length: Length | None, clips: int) -> None:
        """Show a training: its length, None where its steps are its own; `clips` of its dataset, 0: not known."""
        self._lengths.set_value(length or "")
        words = self.tr("{0} steps").format(count(config.steps))
        seen = config.steps * config.batch * (config.discriminator_steps if config.model == "cgan" else 1)
        if length is None:
            words = self.tr("{0}, as set under Expert").format(words)
        if clips:
            words = self.tr("{0}: each clip is seen {1} times").format(words, times_seen(seen / clips))
        self._words.setText(f"{words}.")


def times_seen(times: float) -> str:
    """How often, to two digits: "0.4", "15", "150"."""
    return f"{times:.1g}" if times < 1 else count(int(float(f"{times:.2g}")))
