"""Which clip generators are to work: one row each, with its hue, and its model where there is a choice."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.chip import SIZE, chip_icon
from f2v_app.widgets.elided_box import ElidedBox
from f2v_core.config import GenerateConfig
from f2v_core.frames import FramePair
from f2v_core.library import ModelCard


@dataclass(frozen=True)
class Kind:
    """A kind of generator: its name for the worker, its title, and one sentence."""

    name: str
    title: str
    sentence: str
    learned: bool


KINDS = (
    Kind("linear", "Linear", "Cross-fade: every pixel goes straight from first to last.", learned=False),
    Kind("flow", "Optical flow", "Moves pixels along the motion between the two images.", learned=False),
    Kind("cvae", "CVAE", "A trained conditional variational autoencoder.", learned=True),
    Kind("cgan", "CGAN", "A trained conditional generative adversarial network.", learned=True),
)


class GeneratorRow(QWidget):
    """A check box with hue and title, and the choice of a model where there is more than one.

    Signals:
        changed: the user chose otherwise.
    """

    changed = Signal()

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._cards: dict[str, ModelCard] = {}
        self.box = QCheckBox(kind.title, self)
        self.box.setIcon(chip_icon(theme.hue(kind.name)))
        self.box.setIconSize(QSize(SIZE, SIZE))
        self.box.setAccessibleName(kind.title)
        self.box.setToolTip(self.tr(kind.sentence))
        self.box.toggled.connect(self.changed)
        self.models = ElidedBox(self)
        self.models.setAccessibleName(self.tr("{0} model").format(kind.title))
        self.models.setToolTip(self.tr("Which trained model makes this clip"))
        self.models.currentIndexChanged.connect(self.changed)
        self._missing = QLabel(self.tr("no model yet"), self)
        self._missing.setFont(theme.small_font())
        theme.set_role(self._missing, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.box)
        row.addStretch()
        row.addWidget(self._missing)
        row.addWidget(self.models, stretch=1)
        self.setFixedHeight(28)
        self.set_cards([])

    def set_cards(self, cards: Sequence[ModelCard]) -> None:
        """Offer the models of this kind; the chosen one stays chosen."""
        self._cards = {card.name: card for card in cards}
        chosen = self.models.currentData()
        self.models.blockSignals(True)
        self.models.clear()
        for card in cards:
            self.models.addItem(card.name, card.name)
            told = "\n".join(filter(None, (card.description, *card.measured)))
            self.models.setItemData(self.models.count() - 1, told, Qt.ItemDataRole.ToolTipRole)
        self.models.setCurrentIndex(max(0, self.models.findData(chosen)))
        self.models.blockSignals(False)
        usable = bool(cards) or not self.kind.learned
        self.box.setEnabled(usable)
        self._missing.setVisible(not usable)
        self.models.setVisible(len(cards) > 1)

    @property
    def model(self) -> str | None:
        """The name to ask the worker for; None when this row is off."""
        if not (self.box.isChecked() and self.box.isEnabled()):
            return None
        return str(self.models.currentData()) if self.kind.learned else self.kind.name

    @property
    def card(self) -> ModelCard | None:
        """The chosen trained model; None where the kind needs none."""
        return self._cards.get(self.model or "")

    def choose_model(self, name: str) -> bool:
        """Choose a model by name; returns whether this row has it."""
        index = self.models.findData(name)
        if index >= 0:
            self.models.setCurrentIndex(index)
        return index >= 0


class GeneratorRows(QWidget):
    """All rows.

    Signals:
        changed: what is to work changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = {kind.name: GeneratorRow(kind, self) for kind in KINDS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows.values():
            row.box.setChecked(True)
            row.changed.connect(self.changed)
            column.addWidget(row)

    def set_cards(self, cards: Sequence[ModelCard]) -> None:
        """Offer the library's models; the first of each kind is taken where none was chosen."""
        for name, row in self.rows.items():
            row.set_cards([card for card in cards if card.kind == name])
        self.changed.emit()

    def choose(self, name: str) -> None:
        """Choose a model by name."""
        for row in self.rows.values():
            row.choose_model(name)

    def use(self, name: str) -> None:
        """Choose a model by name, and switch its row on."""
        for row in self.rows.values():
            if row.choose_model(name):
                row.box.setChecked(True)

    def only(self, names: Collection[str]) -> None:
        """Let just these models work; those that are not here are passed over."""
        for row in self.rows.values():
            chosen = [row.choose_model(name) or name == row.kind.name for name in names]
            row.box.setChecked(any(chosen))

    def models(self) -> dict[str, Kind]:
        """What is to work: the worker's name and the kind behind it, in the order of the rows."""
        return {row.model: row.kind for row in self.rows.values() if row.model is not None}

    def keys(self, pair: FramePair, config: GenerateConfig) -> dict[str, str]:
        """The name of the clip that each model which is to work makes of a pair."""
        from f2v_core.results.keys import clip_key, pair_digest  # noqa: PLC0415 - no start needs it

        digest = pair_digest(pair)
        working = [row for row in self.rows.values() if row.model is not None]
        return {row.model or "": clip_key(digest, row.kind.name, row.card, config) for row in working}

    def state(self) -> dict[str, str | bool]:
        """What is chosen, for the settings."""
        checked: dict[str, str | bool] = {name: row.box.isChecked() for name, row in self.rows.items()}
        learned = {
            f"{name} model": str(row.models.currentData())
            for name, row in self.rows.items()
            if row.kind.learned
        }
        return checked | learned

    def restore(self, state: Mapping[str, object]) -> None:
        """Choose what `state` returned at another time; what is unknown is left as it is."""
        for name, row in self.rows.items():
            row.box.setChecked(bool(state.get(name, True)))
            row.choose_model(str(state.get(f"{name} model", "")))


def clip_title(kind: Kind, model: str) -> str:
    """What a clip is called: its kind, and the model where that is not the built-in one."""
    return kind.title if model == kind.name else f"{kind.title}, {model}"
