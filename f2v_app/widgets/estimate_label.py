"""Two lines: how long a training would take and how much memory, and where that comes from."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.estimate_words import estimate_words, ground_words, memory_words
from f2v_app.widgets.train_estimate import Estimate


class EstimateLabel(QWidget):
    """The figures, and quietly below them their ground; what the memory is for is in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Estimate"))
        self._figures, self._ground = QLabel(self, wordWrap=True), QLabel(self, wordWrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self._figures, self._ground):
            label.setFont(theme.small_font())
            column.addWidget(label)
        theme.set_role(self._ground, "muted")

    @property
    def words(self) -> str:
        """Both lines as one sentence after the other."""
        return f"{self._figures.text()}. {self._ground.text()}"

    def tell(self, estimate: Estimate, *, on_processor: bool) -> None:
        """Show an estimate."""
        self._figures.setText(estimate_words(estimate, on_processor=on_processor))
        self._ground.setText(ground_words(estimate, on_processor=on_processor))
        self.setAccessibleDescription(self.words)
        self.setToolTip(memory_words(estimate))
