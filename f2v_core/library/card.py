"""A model's card: what is known about it, and how that is written and read.

A model is a folder that can be read without f2v: `model.json` (the card), `weights.safetensors`, and from its training
`history.csv` (the losses) and `preview.png` (a contact sheet of validation clips: real frames above generated ones).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from typing_extensions import override

from f2v_core.config import TrainConfig
from f2v_core.errors import InputError, ModelError
from f2v_core.library import places
from f2v_core.storage import write_json

CARD = "model.json"
WEIGHTS = "weights.safetensors"
HISTORY = "history.csv"
PREVIEW = "preview.png"
FILES = (CARD, WEIGHTS, HISTORY, PREVIEW)
"""All that a model's folder holds; the last two may lack."""
FORMAT = 1


@dataclass(frozen=True)
class Figure:
    """A measured number; as text "0.9178 [0.8975, 0.9416]", or "0.9178" alone.

    Attributes:
        value: the number.
        low, high: the ends of its 95 % interval; both None where none was worked out.
    """

    value: float
    low: float | None = None
    high: float | None = None

    @override
    def __str__(self) -> str:
        return f"{self.value:g}" if self.low is None else f"{self.value:g} [{self.low:g}, {self.high:g}]"

    def to_json(self) -> float | dict[str, float]:
        """The number, or the number and both ends by name."""
        if self.low is None or self.high is None:
            return self.value
        return {"value": self.value, "low": self.low, "high": self.high}

    @classmethod
    def from_json(cls, value: Any) -> "Figure":  # noqa: ANN401 - whatever JSON holds
        """The figure that `to_json` wrote.

        Raises:
            TypeError: it is something else.
        """
        parts = value if isinstance(value, dict) else {"value": value}
        whole = set(parts) in ({"value"}, {"value", "low", "high"})
        if not whole or any(type(part) not in {int, float} for part in parts.values()):
            raise TypeError(f"{value!r} is no figure")
        return cls(**{name: float(part) for name, part in parts.items()})


@dataclass(frozen=True)
class ModelCard:
    """What is known about a trained model: the content of `model.json`.

    Attributes:
        name: how it is asked for; unique among the user's models.
        config: how it was trained; holds kind ("cvae" or "cgan"), architecture and sizes.
        created: ISO date and time of the last training step.
        variation: how far the latent strays from its mean unless the user says otherwise, 0..1.
        detail: how much of a CGAN's detail is added to its mean unless the user says otherwise, 0..1.
        description: one sentence for a list.
        data: what it was trained on, one line a source with licence and credit.
        licence: the licence of the weights.
        metrics: figures by name, with the split they were measured on in the name.
        steps: generator steps of training behind the weights.
        commands: what makes the same model again, one command after the other.
        bad_at: what it is bad at, in words.
        folder: where it lies; not part of the file.
    """

    name: str
    config: TrainConfig
    created: str
    variation: float
    detail: float = 1.0
    description: str = ""
    data: tuple[str, ...] = ()
    licence: str = ""
    metrics: Mapping[str, Figure] = field(default_factory=dict)
    steps: int = 0
    commands: tuple[str, ...] = ()
    bad_at: str = ""
    folder: Path = Path()

    @property
    def kind(self) -> str:
        """Either "cvae" or "cgan"."""
        return self.config.model

    @property
    def architecture(self) -> str:
        """One of "motion", "recurrent" and "poster"."""
        return self.config.architecture

    @property
    def measured(self) -> tuple[str, ...]:
        """Its metrics for people, a line each: "sharpness (val): 0.32 [0.21, 0.44]"."""
        return tuple(f"{name}: {figure}" for name, figure in self.metrics.items())

    @property
    def weights(self) -> Path:
        """The file that holds the network's weights."""
        return self.folder / WEIGHTS

    @property
    def embedded(self) -> bool:
        """Whether it ships with f2v and cannot be changed."""
        return self.folder.parent == places.embedded_folder()


def write_card(folder: Path, card: ModelCard) -> None:
    """Write `model.json` into an existing folder."""
    values = asdict(card)
    del values["folder"]
    metrics = {name: figure.to_json() for name, figure in card.metrics.items()}
    write_json(
        folder / CARD, {"format": FORMAT, **values, "config": card.config.to_json(), "metrics": metrics}
    )


def read_card(folder: Path, named: Path | None = None) -> ModelCard:
    """The card of the model in `folder`, which errors call `named` where that says more to the user.

    Raises:
        ModelError: no card there, not JSON, of a newer format, or the weights are missing.
    """
    path = (named or folder) / CARD
    try:
        values = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            f"{path.parent} holds no model: {path.name} cannot be read.", "Choose a model folder."
        ) from error
    except ValueError as error:
        raise ModelError(f"{path} is damaged: it is not JSON.", "Import the model again.") from error
    card = replace(_card(path, values), folder=folder)
    if not card.weights.is_file():
        raise ModelError(f"{path.with_name(WEIGHTS)} is missing.", "Import the model again.")
    return card


def _card(path: Path, values: dict[str, Any]) -> ModelCard:
    try:
        version = values.pop("format")
        if version > FORMAT:
            raise ModelError(f"{path} was written by a newer f2v (format {version}).", "Update f2v.")
        config = TrainConfig.from_json(values.pop("config"))
        data = tuple(values.pop("data"))
        commands = tuple(values.pop("commands", ()))
        metrics = {name: Figure.from_json(each) for name, each in values.pop("metrics", {}).items()}
        return ModelCard(**values, config=config, data=data, commands=commands, metrics=metrics)
    except (AttributeError, InputError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged: {error}", "Import the model again.") from error
