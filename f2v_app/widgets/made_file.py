"""A file that f2v exported, dropped on the window: what it says of how it was made."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData

from f2v_core.config import Fit, GenerateConfig
from f2v_core.errors import DataError, InputError


@dataclass(frozen=True)
class Made:
    """How clips were made, as far as a file knows.

    Attributes:
        pair: the first and the last image's file; None where they came as data, or were a real video's ends.
        models: the worker's names of the generators.
        config: seconds, frames per second, seed, variation.
        fit, longest: as in `Session`.
    """

    pair: tuple[Path, Path] | None
    models: tuple[str, ...]
    config: GenerateConfig
    fit: Fit
    longest: int


def made_with(mime: QMimeData) -> Made | None:
    """What a single dropped file or folder says of how it was made; None where it says nothing that can be used."""
    from f2v_core.media.embedding import read_settings  # noqa: PLC0415 - no start needs it

    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if len(files) != 1:
        return None
    try:
        values = read_settings(files[0])
        return made_of(values) if values else None
    except (
        DataError,
        InputError,
        TypeError,
        ValueError,
    ):  # not ours, or of another version: a picture like any other
        return None


def made_of(values: Mapping[str, Any]) -> Made:
    """What settings say of how clips were made, see `media.embedding.settings_text`.

    Raises:
        InputError, TypeError, ValueError: they are not ours, or of another version.
    """
    pair = [Path(str(path)) for path in values.get("pair") or ()]
    fits: dict[str, Fit] = {"fill": "fill", "fit": "fit", "stretch": "stretch"}
    return Made(
        (pair[0], pair[1]) if len(pair) == 2 else None,
        tuple(str(name) for name in values.get("models", ())),
        GenerateConfig.from_json(values.get("generate", {})),
        fits.get(str(values.get("fit")), "fill"),
        int(values.get("longest", 0)),
    )
