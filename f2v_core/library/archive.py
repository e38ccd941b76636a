"""A model as one file, to hand on: a zip of its folder."""

import json
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from f2v_core.errors import ExportError, ModelError
from f2v_core.library.card import CARD, FILES, WEIGHTS, ModelCard, read_card
from f2v_core.library.shelf import add_model, free_name
from f2v_core.storage import atomic_file

ENDING = ".f2v-model"
MOST_BYTES = 4 << 30
"""More than any model of ours takes: what unpacks to more is no model."""


def export_model(card: ModelCard, path: Path, *, force: bool = False) -> None:
    """Write a model into one file, whole or not at all; `force` replaces what is there.

    Raises:
        ExportError: the file is there already, or cannot be written.
    """
    if path.is_dir() or (path.exists() and not force):
        raise ExportError(f"{path} exists already.", "Choose another name, or allow overwriting (--force).")
    try:
        with atomic_file(path) as partial, zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as whole:
            for name in FILES:
                if (card.folder / name).is_file():
                    whole.write(card.folder / name, name)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.", "Choose another folder.") from error


def import_model(path: Path, name: str = "") -> ModelCard:
    """Add the model in a file to the user's library, under its own name or a numbered one unless `name` is given.

    Raises:
        ModelError: the file cannot be read, is none that `export_model` wrote, or is damaged; or the library's folder
        cannot be written. InputError: `name` is taken, reserved or not fit for a folder.
    """
    try:
        with TemporaryDirectory() as folder:
            _unpack(path, Path(folder))
            card = read_card(Path(folder), named=path)
            _check_weights(card, path)
            return add_model(card, name or free_name(card.name))
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.", "Choose a model's file.") from error


def _unpack(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as whole:
            _check_content(whole, path)
            whole.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ModelError(
            f"{path} is damaged, or no file of a model: {error}.", "Fetch it anew from where it came."
        ) from error


def _check_content(whole: zipfile.ZipFile, path: Path) -> None:
    """Nothing but a model's files, so that nothing is written elsewhere, and no more than a model may hold."""
    names = [each.filename for each in whole.infolist()]
    if not {CARD, WEIGHTS} <= set(names) <= set(FILES) or len(names) > len(FILES):
        raise ModelError(f"{path} holds no model of f2v.", f"Choose a file that f2v exported (*{ENDING}).")
    if sum(each.file_size for each in whole.infolist()) > MOST_BYTES:
        raise ModelError(f"{path} unpacks to more than any model of f2v.", "Ask its maker for another file.")


def _check_weights(card: ModelCard, path: Path) -> None:
    """See whether all is there that the table of the weights names, without loading what computes with them.

    The safetensors format: 8 bytes with the table's length, the table in JSON with each tensor's place, the tensors.
    """
    size = card.weights.stat().st_size
    try:
        with card.weights.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            table = json.loads(file.read(min(length, size)))
        end = max(each["data_offsets"][1] for name, each in table.items() if name != "__metadata__")
        whole = 8 + length + end == size
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        whole = False
    if not whole:
        raise ModelError(f"{path / WEIGHTS} is damaged.", "Fetch the file anew from where it came.")
