"""What the Library page reads and does on the disk; it is called in threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from f2v_core.errors import F2vError, InputError, ModelError
from f2v_core.library import (
    CARD,
    ENDING,
    PREVIEW,
    ModelCard,
    add_model,
    check_name,
    free_name,
    import_model,
    is_default,
    list_models,
    model_bytes,
    read_card,
    rename_model,
)
from f2v_core.runs import RUN, open_run


@dataclass(frozen=True)
class ModelRow:
    """A model as the list knows it.

    Attributes:
        card: what is known about it.
        default: whether it is taken for its kind unless another is asked for.
        nbytes: what it takes on the disk.
    """

    card: ModelCard
    default: bool
    nbytes: int

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.card.folder


@dataclass(frozen=True)
class Shelf:
    """All models, and what is wrong with those that cannot be read."""

    rows: Sequence[ModelRow]
    problems: Sequence[F2vError]


def read_shelf() -> Shelf:
    """The embedded models, then the user's.

    Raises:
        ModelError: the file that holds the choice of defaults is damaged.
    """
    cards, problems = list_models()
    return Shelf([ModelRow(card, is_default(card), model_bytes(card)) for card in cards], problems)


def read_preview(folder: Path) -> QImage:
    """The picture of what a model makes; a null one where it has none."""
    return QImage(str(folder / PREVIEW))


def bring_in(path: Path) -> ModelCard:
    """Add what the user brings: a model's file, a model folder, or a training run with a checkpoint.

    Raises:
        ModelError: it is none of these, or it is damaged. RunError: the run cannot be read.
    """
    if path.is_file():
        return import_model(path)
    if (path / RUN).is_file():
        trained = open_run(path)
        return add_model(read_card(trained.model_folder()), free_name(path.name))
    if (path / CARD).is_file():
        card = read_card(path)
        return add_model(card, free_name(card.name))
    raise ModelError(
        _tr("{0} holds no model.").format(path),
        _tr("Choose a file that ends with {0}, a model folder or a training run.").format(ENDING),
    )


def name_problem(name: str) -> str:
    """Why a name will not do for a model; empty where it will."""
    try:
        check_name(name)
    except InputError as error:
        return str(error)
    return ""


def rename(folder: Path, name: str) -> Path:
    """Give a model another name; returns where it lies now.

    Raises:
        ModelError: it cannot be renamed. InputError: the name will not do.
    """
    return rename_model(read_card(folder), name).folder


def duplicate(folder: Path) -> ModelCard:
    """Copy a model under a free name.

    Raises:
        ModelError: it is damaged, or the library cannot be written.
    """
    card = read_card(folder)
    return add_model(card, free_name(card.name))


def check_own(folder: Path) -> None:
    """Refuse to touch a model that ships with f2v.

    Raises:
        ModelError: it does.
    """
    card = read_card(folder)
    if card.embedded:
        raise ModelError(
            _tr("{0} ships with f2v and stays.").format(card.name), _tr("Choose one of your own models.")
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelFiles", text)
