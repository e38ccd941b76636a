"""The settings of a training that is to start: what from, what, how long, and everything else folded away."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.choice import Choice
from f2v_app.widgets.config_form import ConfigForm
from f2v_app.widgets.fold import Fold
from f2v_app.widgets.folder_field import FolderField
from f2v_app.widgets.knob_editor import WIDTH
from f2v_app.widgets.number_box import IntBox
from f2v_app.widgets.run_name import fresh_name, name_problem
from f2v_app.widgets.run_state import duration
from f2v_core.config import Architecture, LearnedKind, TrainConfig, train_preset

PLAIN = frozenset({"data", "validation", "model", "architecture", "steps"})
"""Knobs that have their own place above the fold."""
NOT_FOR: dict[str, frozenset[str]] = {
    "cvae": frozenset(
        "lambda_ends ends_norm real_label discriminator_steps discriminator_rate lambda_reconstruction".split()
    ),
    "cgan": frozenset("lambda1 lambda2 prior_mean_share kl_ramp".split()),
    "motion": frozenset[str](),
    "poster": frozenset("width frames_per_step".split()),
}
"""Knobs without effect on a model or an architecture: not shown with it."""

RateKey = tuple[str, str, int, int, int, str]


def rate_key(config: TrainConfig) -> RateKey:
    """What two trainings share that take the same time for a step."""
    return config.model, config.architecture, config.batch, config.size, config.width, config.device


class TrainSettings(QWidget):
    """Everything that a `TrainConfig` needs, and the run's name.

    Signals:
        changed: the user changed something.
    """

    changed = Signal()

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime],
        check_folder: Callable[[Path], str],
        parent: QWidget | None = None,
    ) -> None:
        """Runs lie below `root`; `check_folder` is what `FolderField` takes."""
        super().__init__(parent)
        self._root, self._clock = root, clock
        self._rates: dict[RateKey, float] = {}
        self._suggested = ""
        self.data = FolderField(
            self.tr("Training videos"),
            self.tr("Short videos of the kind you want to make, in any number of subfolders."),
            check_folder,
            self,
        )
        self.validation = FolderField(
            self.tr("Validation videos (optional)"),
            self.tr("Empty: a tenth of the training videos is kept aside."),
            check_folder,
            self,
        )
        self._make_choices()
        self._make_length()
        self._make_name()
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
                    "poster",
                    self.tr("Poster"),
                    self.tr("The 2019 networks, as published: 213 M weights, slow."),
                ),
            ],
            self,
        )
        for choice in (self._model, self._architecture):
            choice.changed.connect(self._on_kind_changed)

    def _make_length(self) -> None:
        knob = next(each for each in TrainConfig.knobs() if each.name == "steps")
        self._steps = IntBox(int(knob.low or 1), int(knob.high or 1), parent=self)
        self._steps.setValue(int(knob.default))
        self._steps.setFixedWidth(WIDTH)
        self._steps.setAccessibleName(self.tr("Steps"))
        self._steps.setToolTip(knob.help)
        self._steps.valueChanged.connect(self._on_edited)
        self._length_words = _small(self)

    def _make_name(self) -> None:
        self._name = QLineEdit(self)
        self._name.setAccessibleName(self.tr("Run name"))
        self._name.setToolTip(self.tr("The run's folder lies in {0}").format(self._root))
        self._name.textChanged.connect(self._on_edited)
        self._name_words = _small(self)

    def _make_form(self) -> None:
        knobs = [each for each in TrainConfig.knobs() if each.name not in PLAIN]
        self.form = ConfigForm(knobs, train_preset("cvae", "motion").to_json(), self)
        self.form.changed.connect(self._on_edited)
        self.expert = Fold(self.tr("Expert"), self.form, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.L)
        for widget in (self.data, self.validation, self._model, self._architecture):
            column.addWidget(widget)
        steps = QHBoxLayout()
        steps.addWidget(_caption(self.tr("Steps"), self._steps), stretch=1)
        steps.addWidget(self._steps)
        column.addLayout(_stacked(steps, self._length_words))
        name = QVBoxLayout()
        name.setSpacing(theme.XS)
        name.addWidget(_caption(self.tr("Run name"), self._name))
        name.addWidget(self._name)
        column.addLayout(_stacked(name, self._name_words))
        column.addWidget(self.expert)
        column.addStretch(1)

    def config(self) -> TrainConfig:
        """The settings as they stand.

        Raises:
            InputError: a value that training cannot take.
        """
        return train_preset(
            self._kind(),
            cast("Architecture", self._architecture.value),
            **{
                **self.form.changes(),
                "data": self.data.path,
                "validation": self.validation.path,
                "steps": self._steps.value(),
            },
        )

    def _kind(self) -> LearnedKind:
        return cast("LearnedKind", self._model.value)

    @property
    def run_folder(self) -> Path:
        """Where the run is to lie."""
        return self._root / self._name.text().strip()

    def ready(self) -> bool:
        """Whether training can start; where it cannot, the cause is told in its place."""
        validation_good = self.validation.good or not self.validation.path
        for field, good in ((self.data, self.data.good), (self.validation, validation_good)):
            if not good:
                field.complain()
                return False
        if name_problem(self._root, self._name.text().strip()):
            self._name.setFocus()
            return False
        return True

    def suggest_name(self) -> None:
        """Suggest the next free name, unless the user has given one."""
        if self._name.text() == self._suggested or not self._name.text():
            today = self._clock().date()
            self._suggested = fresh_name(self._root, self._model.value, self._architecture.value, today)
            self._name.setText(self._suggested)

    def learn_rate(self, config: TrainConfig, rate: float) -> None:
        """Remember how many steps a second such a training makes, to estimate the next one."""
        self._rates[rate_key(config)] = rate
        self._show_words()

    def _on_kind_changed(self) -> None:
        preset = train_preset(self._kind(), cast("Architecture", self._architecture.value))
        self.form.set_defaults(preset.to_json())
        self.form.hide_knobs(NOT_FOR[self._model.value] | NOT_FOR[self._architecture.value])
        self.suggest_name()
        self._on_edited()

    def _on_edited(self) -> None:
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        rate = self._rates.get(rate_key(self.config()), 0.0)
        words = self.tr("How long that takes is known once it runs.")
        if rate > 0:
            words = self.tr("About {0} at {1} steps/s, as measured before.").format(
                duration(self._steps.value() / rate), f"{rate:.3g}"
            )
        self._length_words.setText(words)
        problem = name_problem(self._root, self._name.text().strip())
        self._name_words.setText(problem)
        self._name_words.setVisible(bool(problem))
        theme.set_role(self._name_words, "error")


def _small(parent: QWidget) -> QLabel:
    label = QLabel(parent, wordWrap=True)
    label.setFont(theme.small_font())
    theme.set_role(label, "muted")
    return label


def _caption(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _stacked(upper: QHBoxLayout | QVBoxLayout, words: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.XS)
    column.addLayout(upper)
    column.addWidget(words)
    return column
