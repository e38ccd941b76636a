"""The name of a run that is to be: suggested, and checked in words."""

from datetime import date
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication

LONGEST = 100


def fresh_name(root: Path, model: str, architecture: str, today: date) -> str:
    """A name such as "cvae-motion-2026-11-23-1" that no folder below `root` has."""
    start = f"{model}-{architecture}-{today.isoformat()}"
    return next(name for i in count(1) if not (root / (name := f"{start}-{i}")).exists())


def name_problem(root: Path, name: str) -> str:
    """Why a run cannot have this name, in a sentence; empty when it can."""
    if not name:
        return _tr("Give the run a name.")
    fits = Path(name).name == name and name.isprintable() and len(name) <= LONGEST
    if not fits or name.startswith("."):
        return _tr("Use letters, digits, spaces and dashes, not a dot at the start.")
    if (root / name).exists():
        return _tr("There is a run of this name: choose another, or resume that one.")
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunName", text)
