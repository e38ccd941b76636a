"""Figures that were measured before: a file for each method and setting, named after all that it depends on."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import appdirs

from f2v_core.errors import DataError
from f2v_core.evaluation.plain import from_plain, to_plain
from f2v_core.evaluation.records import ClipFigures
from f2v_core.evaluation.report import unwritable
from f2v_core.storage import atomic_file

T = TypeVar("T")


@dataclass(frozen=True)
class Measured:
    """What was measured of one method's clips.

    Attributes:
        clips: in the order of the clips.
        seconds: time to make one of them.
    """

    clips: tuple[ClipFigures, ...]
    seconds: float


@dataclass(frozen=True)
class Told:
    """How well one classifier told one method's clips from real ones: the area under its curve, 0..1."""

    auc: float


class FigureCache:
    """Figures on disk; whatever they depend on is in their key, so they are never wrong, only missing."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: where they lie instead of among the user's caches."""
        self._folder = folder or Path(appdirs.user_cache_dir("f2v", appauthor=False)) / "figures"

    def read(self, kind: type[T], key: str) -> T | None:
        """What was kept under a key; None where there is nothing.

        Raises:
            DataError: it is damaged, or cannot be read.
        """
        path = self._file(key)
        try:
            return from_plain(kind, json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}.", "It is made anew.") from error
        except (TypeError, ValueError) as error:
            raise DataError(f"{path} is damaged: {error}.", "It is made anew.") from error

    def write(self, key: str, value: Measured | Told) -> None:
        """Keep something under a key.

        Raises:
            DataError: the disk refuses.
        """
        path = self._file(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_file(path) as partial:
                partial.write_text(json.dumps(to_plain(value)), encoding="utf-8")
        except OSError as error:
            raise unwritable(path, error) from error

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def cache_key(*parts: object) -> str:
    """A name for what depends on these values, which JSON can hold."""
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
