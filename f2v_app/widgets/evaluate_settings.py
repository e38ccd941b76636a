"""Everything that an evaluation needs to know: which clips, which models, and the rest folded away."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.settings import Settings
from f2v_app.widgets.config_form import ConfigForm
from f2v_app.widgets.evaluate_dataset import EvaluateDataset
from f2v_app.widgets.evaluate_models import EvaluateModels
from f2v_app.widgets.fold import Fold
from f2v_core.config.evaluate import EvaluateConfig

PLAIN = frozenset({"data", "split", "models"})
"""Knobs that have their own place above the fold."""


class EvaluateSettings(QWidget):
    """What an `EvaluateConfig` holds.

    Attributes:
        dataset, models, form, fold: its parts; the fold is around the form.

    Signals:
        changed: the user changed something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dataset = EvaluateDataset(self)
        self.models = EvaluateModels(self)
        knobs = [each for each in EvaluateConfig.knobs() if each.name not in PLAIN]
        self.form = ConfigForm(knobs, EvaluateConfig().to_json(), self)
        self.form.name_zeros({"clips": self.tr("all"), "classifier_seeds": self.tr("none")})
        self.fold = Fold(self.tr("More"), self.form, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.L)
        for part in (self.dataset, self.models, self.fold):
            column.addWidget(part)
        column.addStretch(1)
        for changing in (self.dataset, self.models, self.form):
            changing.changed.connect(self.changed)

    def config(self) -> EvaluateConfig:
        """The settings as they stand.

        Raises:
            InputError: a value that an evaluation cannot take.
        """
        return EvaluateConfig.from_json(
            {
                **self.form.changes(),
                "data": str(self.dataset.folder or ""),
                "split": self.dataset.split,
                "models": self.models.chosen,
            }
        )

    def ready(self) -> bool:
        """Whether an evaluation can start; where it cannot, the cause is told in its place."""
        if self.dataset.candidate is None:
            self.dataset.complain()
            return False
        if not self.models.ready:
            self.models.complain()
            return False
        return True

    def remember(self, settings: Settings) -> None:
        """Write what is decided into the settings."""
        settings.write("evaluate/data", str(self.dataset.folder or ""))
        settings.write("evaluate/split", self.dataset.split)
        settings.write("evaluate/models", self.models.ticks)

    def restore(self, settings: Settings) -> None:
        """Decide as remembered."""
        folder = settings.read("evaluate/data", "")
        if folder and Path(folder).is_dir():
            self.dataset.choose(Path(folder), settings.read("evaluate/split", ""))
