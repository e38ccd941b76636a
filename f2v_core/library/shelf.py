"""The embedded models and the user's own: list, find, add, rename, delete, and which of them is the default."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from f2v_core.errors import F2vError, InputError, ModelError
from f2v_core.library import places
from f2v_core.library.card import CARD, FILES, ModelCard, read_card, write_card
from f2v_core.storage import atomic_folder, delete_folder, write_json

RESERVED = ("linear", "flow")
DEFAULTS = "defaults.json"


def list_models() -> tuple[list[ModelCard], list[F2vError]]:
    """All readable models, embedded first, and one error for each damaged one."""
    cards: list[ModelCard] = []
    problems: list[F2vError] = []
    for root in (places.embedded_folder(), places.user_folder()):
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
    folder = check_name(name)
    with _in_words(folder), atomic_folder(folder) as partial:
        copy_model(source, partial)
        write_card(partial, replace(source, name=name))
    return read_card(folder)


def free_name(wanted: str) -> str:
    """The wanted name of a model, or with a number where it is taken."""
    taken = _taken()
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


def rename_model(card: ModelCard, name: str) -> ModelCard:
    """Give one of the user's models another name; if it was the default, it stays so.

    Raises:
        InputError: the name is taken, reserved or not fit for a folder.
        ModelError: the model ships with f2v, or its folder cannot be written.
    """
    _check_own(card)
    if name == card.name:
        return card
    folder = check_name(name)
    was_default = is_default(card)
    with _in_words(card.folder):
        card.folder.rename(folder)
        try:
            write_card(folder, replace(card, name=name))
        except OSError:
            folder.rename(card.folder)
            raise
    renamed = read_card(folder)
    if was_default:
        set_default(renamed)
    return renamed


def check_name(name: str) -> Path:
    """The folder that a new model of that name will have.

    Raises:
        InputError: the name is taken, reserved or not fit for a folder.
    """
    fits = Path(name).name == name and name.isprintable() and 0 < len(name) <= 100
    if not fits or name.startswith(".") or name != name.strip():
        raise InputError(f"{name!r} cannot be a model's name.", "Use letters, digits, spaces and dashes.")
    if name in _taken():
        raise InputError(f"There is already a model named {name}.", "Choose another name or delete that one.")
    return places.user_folder() / name


def copy_model(source: ModelCard, folder: Path) -> None:
    """Copy all of a model but its card into an existing folder."""
    for name in FILES:
        if name != CARD and (source.folder / name).is_file():
            shutil.copyfile(source.folder / name, folder / name)


def delete_model(name: str) -> None:
    """Remove one of the user's models from the disk.

    Raises:
        ModelError: there is none of that name, it ships with f2v, or its folder cannot be written.
    """
    card = find_model(name)
    _check_own(card)
    with _in_words(card.folder):
        delete_folder(card.folder)


def model_bytes(card: ModelCard) -> int:
    """What a model takes on the disk."""
    return sum(each.stat().st_size for each in card.folder.iterdir() if each.name in FILES)


def default_name(kind: str) -> str:
    """The name of the model of a kind, "cvae" or "cgan", that is taken unless another is asked for.

    It is the embedded one where none was chosen, or where the chosen one is gone.

    Raises:
        ModelError: the file that holds the choice is damaged.
    """
    name = _read_defaults().get(kind, kind)
    there = any(card.name == name and card.kind == kind for card in list_models()[0])
    return name if there else kind


def defaults_first() -> tuple[list[ModelCard], list[F2vError]]:
    """As `list_models`, but the default of each kind comes before the others; a damaged choice is one more error."""
    cards, problems = list_models()
    try:
        chosen = {card.name for card in cards if card.name == default_name(card.kind)}
    except ModelError as error:
        return cards, [*problems, error]
    return sorted(cards, key=lambda card: card.name not in chosen), problems


def is_default(card: ModelCard) -> bool:
    """Whether a model is the one of its kind that is taken unless another is asked for.

    Raises:
        ModelError: the file that holds the choice is damaged.
    """
    return default_name(card.kind) == card.name


def set_default(card: ModelCard) -> None:
    """Let a model be taken for its kind unless another is asked for.

    Raises:
        ModelError: it is not in the library, the library's folder cannot be written, or the file that holds the
        choice is damaged.
    """
    if card.folder.parent not in {places.user_folder(), places.embedded_folder()}:
        raise ModelError(f"{card.folder} is not in your library.", "Add it first.")
    path = places.user_folder() / DEFAULTS
    chosen = {**_read_defaults(), card.kind: card.name}
    with _in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, chosen)


def _read_defaults() -> dict[str, str]:
    """Names of chosen models, by kind."""
    path = places.user_folder() / DEFAULTS
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path} cannot be read: {error}.", "Remove it, and choose the defaults again."
        ) from error
    if not isinstance(values, dict) or not all(isinstance(name, str) for name in values.values()):
        raise ModelError(f"{path} is damaged.", "Remove it, and choose the defaults again.")
    return values


def _taken() -> set[str]:
    own = places.user_folder()
    folders = {each.name for each in own.iterdir()} if own.is_dir() else set()
    return {*RESERVED, *folders, *(card.name for card in list_models()[0])}


def _check_own(card: ModelCard) -> None:
    if card.folder.parent != places.user_folder():
        raise ModelError(
            f"{card.name} is not one of your own models.",
            "Only models in your library can be changed; duplicate it first.",
        )


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"{path} cannot be written: {error.strerror}.", "Make room there or allow writing."
        ) from error
