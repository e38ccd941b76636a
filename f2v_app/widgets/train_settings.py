"""The settings of a training that is to start: one state, shown simply or with every knob."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.widgets.background import Background
from f2v_app.widgets.expert_form import MARGIN, ExpertForm
from f2v_app.widgets.folder_field import FolderField
from f2v_app.widgets.machine_rate import matrix_rate
from f2v_app.widgets.preset_field import PresetField
from f2v_app.widgets.quality_field import QualityField
from f2v_app.widgets.run_name import RunNameField
from f2v_app.widgets.train_draft import TrainDraft
from f2v_app.widgets.train_estimate import Estimate, Estimator, Facts, facts_of
from f2v_core.config import TrainConfig
from f2v_core.config.named import Length
from f2v_core.data.dataset import is_dataset, open_dataset
from f2v_core.runs.state import RunState

Mode = Literal["simple", "expert"]


class TrainSettings(QWidget):
    """Everything that a `TrainConfig` needs, and the run's name.

    Attributes:
        data: the dataset, or the folder of videos.
        draft: the settings themselves, which both modes show.
        form: all knobs.

    Signals:
        changed: the draft or its estimate is another.
        expert_wanted: the user asks for all knobs.
    """

    changed = Signal()
    expert_wanted = Signal()

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime],
        check_folder: Callable[[Path], str],
        parent: QWidget | None = None,
        *,
        measure: Callable[[], float] = matrix_rate,
    ) -> None:
        """Runs lie below `root`; `check_folder` is what `FolderField` takes; `measure` gives GFLOP a second."""
        super().__init__(parent)
        self._root, self._measure = root, measure
        self._mode: Mode = "simple"
        self._narrowed = False
        self._estimator = Estimator()
        self.draft = TrainDraft(self)
        self.data = FolderField(
            self.tr("Dataset or folder of videos"),
            self.tr("A dataset, or short videos of the kind you want to make, in any number of subfolders."),
            check_folder,
            self,
        )
        self._preset, self._quality = PresetField(self), QualityField(self)
        self._name = RunNameField(root, clock, self)
        self.form = ExpertForm(self.draft, self._name.line, self)
        self._machine, self._looker = Background(self), Background(self)
        self._lay_out()
        self._connect()
        self._on_changed()
        self.set_mode("simple")

    def _lay_out(self) -> None:
        fields = QVBoxLayout()
        fields.setContentsMargins(MARGIN, 0, 0, 0)
        fields.setSpacing(theme.L)
        for widget in (self.data, self._preset, self._quality, self._name):
            fields.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(
            theme.L - MARGIN, theme.M, theme.L, theme.L
        )  # the form's bars stand in the margin
        column.setSpacing(theme.L)
        column.addLayout(fields)
        column.addWidget(self.form)
        column.addStretch(1)

    def _connect(self) -> None:
        self.draft.changed.connect(self._on_changed)
        self._preset.chosen.connect(self.draft.choose)
        self._preset.reset.connect(self.reset)
        self._preset.expert_wanted.connect(self.expert_wanted)
        self._quality.chosen.connect(lambda length: self.draft.set_length(cast("Length", length)))
        self.data.checked.connect(self._on_data)
        self._machine.answered.connect(self._on_measured)
        self._looker.answered.connect(self._on_facts)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not self._estimator.machine_rate and not self._machine.asking:
            self._machine.ask(self._measure)
        super().showEvent(event)

    @property
    def mode(self) -> Mode:
        """What is shown: the few settings that most people want, or all."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show the same settings otherwise."""
        self._mode = mode
        if mode == "expert":
            self.form.begin()
        self._show_parts()
        self._show_changes()

    def narrow(self, narrowed: bool) -> None:
        """Some knobs are looked for: show nothing but those."""
        self._narrowed = narrowed
        self._show_parts()

    def _show_parts(self) -> None:
        expert = self._mode == "expert"
        for part in (self.data, self._preset, self._name):
            part.setHidden(expert and self._narrowed)
        self._quality.setHidden(expert)
        self.form.setHidden(not expert)

    def config(self) -> TrainConfig:
        """The settings as they stand."""
        return replace(self.draft.config, data=self.data.path)

    @property
    def estimate(self) -> Estimate:
        """What the training would take."""
        return self._estimator.estimate(self.draft.config)

    @property
    def run_folder(self) -> Path:
        """Where the run is to lie."""
        return self._root / self._name.name

    def ready(self) -> bool:
        """Whether training can start; where it cannot, the cause is told in its place."""
        if not self.data.good:
            self.data.complain()
            return False
        return self._name.good()

    def suggest_name(self) -> None:
        """Suggest the next free name, unless the user has given one."""
        self._name.suggest(self.draft.preset.model, self.draft.preset.architecture)

    def take(self, config: TrainConfig) -> None:
        """Stand as in another run, to be changed from there; whatever differs from its preset is marked."""
        self.data.set_path(config.data)
        self.draft.take(config)

    def learn(self, config: TrainConfig, state: RunState) -> None:
        """Remember how quickly such a training goes, to estimate the next one."""
        if self._estimator.learn(config, state):
            self._show_estimate()

    def reset(self) -> None:
        """Give every knob the preset's value back; in the simple mode those that are not seen there."""
        names = self._expert_changes() if self._mode == "simple" else list(self.draft.changes)
        self.draft.reset(*names)

    def _expert_changes(self) -> list[str]:
        """The changed knobs that the simple mode does not show."""
        return [name for name in self.draft.changes if name != "steps"]

    def _on_changed(self) -> None:
        self._preset.tell(self.draft.preset)
        self._show_changes()
        self.suggest_name()
        self._show_estimate()

    def _show_changes(self) -> None:
        """Under Expert each one is marked and all are counted above: a line that comes would only move them."""
        self._preset.tell_changes(len(self._expert_changes()) if self._mode == "simple" else 0)

    def _show_estimate(self) -> None:
        draft, facts = self.draft, self._estimator.facts
        length = None if "steps" in draft.changes else draft.length
        self._quality.tell(draft.config, length, facts.clips if facts else 0)
        self._quality.estimate.tell(self.estimate, on_processor=draft.config.device == "cpu")
        self.changed.emit()

    def _on_measured(self, rate: float) -> None:
        self._estimator.machine_rate = rate
        self._show_estimate()

    def _on_data(self, good: bool) -> None:
        """Look at what the folder has, away from the window's thread."""
        folder = Path(self.data.path).expanduser()
        self._looker.ask(lambda: facts_of(open_dataset(folder)) if good and is_dataset(folder) else None)

    def _on_facts(self, facts: Facts | None) -> None:
        self._estimator.facts = facts
        self._show_estimate()
