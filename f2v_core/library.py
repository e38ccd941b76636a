"""Trained models: the embedded ones and the user's; list, find, add, delete.

A model is a folder that can be read without f2v: `model.json` (the card), `weights.safetensors`, and from its training
`history.csv` (the losses) and `preview.png` (a contact sheet of validation clips: real frames above generated ones).
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import appdirs
from typing_extensions import override

from f2v_core.assets import resource_folder
from f2v_core.config import TrainConfig
from f2v_core.errors import F2vError, InputError, ModelError
from f2v_core.storage import atomic_folder, delete_folder, write_json

CARD = "model.json"
WEIGHTS = "weights.safetensors"
HISTORY = "history.csv"
PREVIEW = "preview.png"
FORMAT = 1
RESERVED = ("linear", "flow")


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
        return self.folder.parent == embedded_folder()


def embedded_folder() -> Path:
    """Where the models that ship with f2v lie."""
    return resource_folder() / "models"


def user_folder() -> Path:
    """Where the user's own models lie."""
    return Path(appdirs.user_data_dir("f2v", appauthor=False)) / "models"


def write_card(folder: Path, card: ModelCard) -> None:
    """Write `model.json` into an existing folder."""
    values = asdict(card)
    del values["folder"]
    metrics = {name: figure.to_json() for name, figure in card.metrics.items()}
    write_json(
        folder / CARD, {"format": FORMAT, **values, "config": card.config.to_json(), "metrics": metrics}
    )


def read_card(folder: Path) -> ModelCard:
    """The card of the model in `folder`.

    Raises:
        ModelError: no card there, not JSON, of a newer format, or the weights are missing.
    """
    path = folder / CARD
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            f"{folder} holds no model: {path.name} cannot be read.", "Choose a model folder."
        ) from error
    except ValueError as error:
        raise ModelError(f"{path} is damaged: it is not JSON.", "Import the model again.") from error
    card = _card(path, values)
    if not card.weights.is_file():
        raise ModelError(f"{card.weights} is missing.", "Import the model again.")
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
        return ModelCard(
            **values, config=config, data=data, commands=commands, metrics=metrics, folder=path.parent
        )
    except (AttributeError, InputError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged: {error}", "Import the model again.") from error


def list_models() -> tuple[list[ModelCard], list[F2vError]]:
    """All readable models, embedded first, and one error for each damaged one."""
    cards: list[ModelCard] = []
    problems: list[F2vError] = []
    for root in (embedded_folder(), user_folder()):
        for path in sorted(root.glob(f"[!.]*/{CARD}")):
            try:
                cards.append(read_card(path.parent))
            except ModelError as error:
                problems.append(error)
    return cards, problems


def find_model(name: str) -> ModelCard:
    """The model of that name (the user's before the embedded one) or at that path.

    Raises:
        ModelError: there is none; the message lists those there are.
    """
    cards, _ = list_models()
    for card in reversed(cards):
        if card.name == name:
            return card
    if (Path(name) / CARD).is_file():
        return read_card(Path(name))
    known = ", ".join([*RESERVED, *(card.name for card in cards)])
    raise ModelError(
        f"There is no model named {name}.", f"Known are: {known}; or give a model folder's path."
    )


def add_model(source: ModelCard, name: str) -> ModelCard:
    """Copy a model into the user's library under a new name.

    Raises:
        InputError: the name is taken, reserved or not fit for a folder.
        ModelError: the library's folder cannot be written.
    """
    folder = user_folder() / name
    fits = Path(name).name == name and name.isprintable() and 0 < len(name) <= 100
    if not fits or name.startswith("."):
        raise InputError(f"{name!r} cannot be a model's name.", "Use letters, digits, spaces and dashes.")
    if folder.exists() or name in {*RESERVED, *(card.name for card in list_models()[0])}:
        raise InputError(f"There is already a model named {name}.", "Choose another name or delete that one.")
    try:
        with atomic_folder(folder) as partial:
            copy_model(source, partial)
            write_card(partial, replace(source, name=name))
    except OSError as error:
        raise ModelError(
            f"{folder} cannot be written: {error.strerror}.", "Make room there or allow writing."
        ) from error
    return read_card(folder)


def copy_model(source: ModelCard, folder: Path) -> None:
    """Copy all of a model but its card into an existing folder."""
    for name in (WEIGHTS, HISTORY, PREVIEW):
        if (source.folder / name).is_file():
            shutil.copyfile(source.folder / name, folder / name)


def delete_model(name: str) -> None:
    """Remove one of the user's models from the disk.

    Raises:
        ModelError: there is none of that name, or it ships with f2v.
    """
    card = find_model(name)
    if card.folder.parent != user_folder():
        raise ModelError(
            f"{name} is not one of your own models.", "Only models in your library can be deleted."
        )
    delete_folder(card.folder)
