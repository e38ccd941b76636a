"""The settings of a training that is to start: what from, what, how long, and everything else folded away."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

from PySide6.QtWidgets import QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.choice import Choice
from f2v_app.widgets.config_form import ConfigForm
from f2v_app.widgets.fold import Fold
from f2v_app.widgets.folder_field import FolderField
from f2v_app.widgets.length_field import LengthField
from f2v_app.widgets.run_name import RunNameField
from f2v_core.config import Architecture, LearnedKind, Scale, TrainConfig, train_preset
from f2v_core.knobs import Value

PLAIN = frozenset({"data", "model", "architecture", "steps"})
"""Knobs that have their own place above the fold."""
NOT_FOR: dict[str, frozenset[str]] = {
    "cvae": frozenset(
        "lambda_ends ends_norm real_label discriminator_steps discriminator_rate lambda_reconstruction".split()
    ),
    "cgan": frozenset("lambda1 lambda2 prior_mean_share kl_ramp".split()),
    "motion": frozenset[str](),
    "recurrent": frozenset[str](),
    "poster": frozenset("width frames_per_step".split()),
}
"""Knobs without effect on a model or an architecture: not shown with it."""

RateKey = tuple[str, str, int, int, int, str]


def rate_key(config: TrainConfig) -> RateKey:
    """What two trainings share that take the same time for a step."""
    return config.model, config.architecture, config.batch, config.size, config.width, config.device


class TrainSettings(QWidget):
    """Everything that a `TrainConfig` needs, and the run's name.

    Attributes:
        data: the dataset, or the folder of videos.
        form: the expert's knobs.
        expert: the fold around them.
    """

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime],
        check_folder: Callable[[Path], str],
        parent: QWidget | None = None,
    ) -> None:
        """Runs lie below `root`; `check_folder` is what `FolderField` takes."""
        super().__init__(parent)
        self._root = root
        self._rates: dict[RateKey, float] = {}
        self.data = FolderField(
            self.tr("Dataset or folder of videos"),
            self.tr("A dataset, or short videos of the kind you want to make, in any number of subfolders."),
            check_folder,
            self,
        )
        self._make_choices()
        self._length = LengthField(self)
        self._length.changed.connect(self._show_estimate)
        self._name = RunNameField(root, clock, self)
        self._make_form()
        self._lay_out()
        self._on_kind_changed()

    def _make_choices(self) -> None:
        self._model = Choice(
            self.tr("What to train"),
            [
                ("cvae", self.tr("CVAE"), self.tr("Learns to rebuild real clips; calm and steady.")),
                ("cgan", self.tr("CGAN"), self.tr("Learns to fool a judge; sharper, less predictable.")),
            ],
            self,
        )
        self._architecture = Choice(
            self.tr("Architecture"),
            [
                ("motion", self.tr("Motion"), self.tr("Corrects the cross-fade; recommended.")),
                (
                    "recurrent",
                    self.tr("Recurrent"),
                    self.tr("As Motion, from a state that evolves in time; slower."),
                ),
                (
                    "poster",
                    self.tr("Poster"),
                    self.tr("The 2019 networks, as published: 213 M weights, slow."),
                ),
            ],
            self,
        )
        self._scale = Choice(
            self.tr("Size of the networks"),
            [
                ("S", self.tr("Small"), self.tr("Trains on a computer without a graphics card.")),
                ("M", self.tr("Medium"), self.tr("Three to four times the work; wants a graphics card.")),
                ("L", self.tr("Large"), self.tr("Thirteen times the work; wants a strong graphics card.")),
            ],
            self,
        )
        for choice in (self._model, self._architecture, self._scale):
            choice.changed.connect(self._on_kind_changed)

    def _make_form(self) -> None:
        knobs = [each for each in TrainConfig.knobs() if each.name not in PLAIN]
        self.form = ConfigForm(knobs, train_preset("cvae", "motion").to_json())
        self.form.changed.connect(self._show_estimate)
        self.expert = Fold(self.tr("Expert"), self.form, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.L)
        for widget in (
            self.data,
            self._model,
            self._architecture,
            self._scale,
            self._length,
            self._name,
            self.expert,
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def config(self) -> TrainConfig:
        """The settings as they stand.

        Raises:
            InputError: a value that training cannot take.
        """
        return self._preset({**self.form.changes(), "data": self.data.path, "steps": self._length.steps})

    def _preset(self, changes: Mapping[str, Value]) -> TrainConfig:
        """The preset of what is chosen; the poster's networks have one size."""
        architecture = cast("Architecture", self._architecture.value)
        scale = "S" if architecture == "poster" else cast("Scale", self._scale.value)
        return train_preset(cast("LearnedKind", self._model.value), architecture, scale, **changes)

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
        self._name.suggest(self._model.value, self._architecture.value)

    def take(self, config: TrainConfig) -> None:
        """Stand as in another run, to be changed from there; whatever differs from its preset is marked."""
        self._model.set_value(config.model)
        self._architecture.set_value(config.architecture)
        self._scale.set_value(_scale_of(config))
        self._on_kind_changed()
        self.data.set_path(config.data)
        self._length.set_steps(config.steps)
        self.form.set_values(config.to_json())
        if self.form.changes():
            self.expert.button.setChecked(True)
        self._show_estimate()

    def learn_rate(self, config: TrainConfig, rate: float) -> None:
        """Remember how many steps a second such a training makes, to estimate the next one."""
        self._rates[rate_key(config)] = rate
        self._show_estimate()

    def _on_kind_changed(self) -> None:
        self._scale.setVisible(self._architecture.value != "poster")
        preset = self._preset({})
        self._length.suggest(preset.steps)
        self.form.set_defaults(preset.to_json())
        self.form.hide_knobs(NOT_FOR[self._model.value] | NOT_FOR[self._architecture.value])
        self.suggest_name()
        self._show_estimate()

    def _show_estimate(self) -> None:
        self._length.set_rate(self._rates.get(rate_key(self.config()), 0.0))


def _scale_of(config: TrainConfig) -> Scale:
    """The size whose networks are as wide."""
    sizes: tuple[Scale, ...] = get_args(Scale) if config.architecture != "poster" else ()
    fitting = (
        each for each in sizes if train_preset(config.model, config.architecture, each).width == config.width
    )
    return next(fitting, "S")
