"""What the Data page reads of datasets, away from the window's thread."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

import appdirs
from PySide6.QtCore import QCoreApplication

from f2v_core.config import PrepareConfig
from f2v_core.data.claim import LOCK, PLAN, is_planned, is_unfinished
from f2v_core.data.dataset import INFO, SHARDS, WORK, Dataset, is_dataset, open_dataset
from f2v_core.errors import DataError, InputError
from f2v_core.runs import list_runs, runs_folder
from f2v_core.runs.state import read_state
from f2v_core.storage import is_locked

DESCRIBED = frozenset(
    "layout split_rule procedural videos rejected duplicates clips seconds dropped flags shards".split()
)
"""What the overview needs a dataset's description to say."""
LONGEST = 100
"""Letters of a name."""


def datasets_folder() -> Path:
    """Where datasets go unless the user says otherwise."""
    return Path(appdirs.user_data_dir("f2v", appauthor=False)) / "datasets"


@dataclass(frozen=True)
class DatasetRow:
    """A dataset as the list knows it.

    Attributes:
        state: damaged ones cannot be opened, unfinished ones can be gone on with.
        clips: how many it has; 0 while that is not known.
        problem: why it cannot be opened.
    """

    folder: Path
    state: Literal["ready", "unfinished", "damaged"]
    clips: int = 0
    problem: str = ""


def read_rows(root: Path, others: Iterable[Path]) -> list[DatasetRow]:
    """The datasets right below `root` and those in `others`, the newest first."""
    inside = [each for each in root.iterdir() if each.is_dir()] if root.is_dir() else []
    found = dict.fromkeys(each for each in (*inside, *others) if is_any_dataset(each))
    return [read_row(each) for each in sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)]


def read_row(folder: Path) -> DatasetRow:
    """One dataset, finished or not."""
    if not is_dataset(folder):
        return DatasetRow(folder, "unfinished")
    try:
        return DatasetRow(folder, "ready", clip_count(open_dataset(folder)))
    except DataError as error:
        return DatasetRow(folder, "damaged", problem=str(error))


def check_dataset_idle(folder: Path, *, busy: bool) -> None:
    """See that nobody prepares a dataset or trains on it; `busy`: this page prepares it.

    Raises:
        DataError: somebody does, here or elsewhere.
    """
    if busy or is_locked(folder / WORK / LOCK):
        raise DataError(
            _tr("{0} is being prepared.").format(folder.name),
            _tr("Cancel that first, or wait until it is complete."),
        )
    for run in list_runs(runs_folder()):
        if Path(run.config.data) == folder and read_state(run).active:
            raise DataError(
                _tr("The run {0} is being trained on {1}.").format(run.folder.name, folder.name),
                _tr("Stop its training first."),
            )


def clip_count(dataset: Dataset) -> int:
    """How many clips all its splits have together."""
    return sum(sum(categories.values()) for categories in dataset.info["clips"].values())


def plan_of(folder: Path) -> PrepareConfig:
    """The settings that an unfinished dataset was begun with.

    Raises:
        DataError: they cannot be read.
    """
    path = folder / WORK / PLAN
    try:
        return PrepareConfig.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, InputError) as error:
        raise DataError(
            f"{path} cannot be read: {error}", "Delete the folder and prepare it again."
        ) from error


@dataclass(frozen=True)
class Opened:
    """A dataset that was looked at.

    Attributes:
        config: how it is made.
        dataset: its whole description; None when it is not complete.
        shards, nbytes: how many shards of an incomplete one are finished, and their size.
    """

    folder: Path
    config: PrepareConfig
    dataset: Dataset | None
    shards: int = 0
    nbytes: int = 0


def open_folder(folder: Path) -> Opened:
    """Look at a dataset, finished or not.

    Raises:
        DataError: there is none, or it is damaged.
    """
    if not is_dataset(folder) and is_planned(folder):
        sizes = [each.stat().st_size for each in (folder / SHARDS).glob("[!.]*.tar")]
        return Opened(folder, plan_of(folder), None, len(sizes), sum(sizes))
    dataset = open_dataset(folder)
    missing = DESCRIBED - set(dataset.info)
    if missing:
        raise DataError(
            _tr("{0} says nothing of: {1}.").format(folder / INFO, ", ".join(sorted(missing))),
            _tr("Prepare it again, under another name."),
        )
    return Opened(folder, dataset.config, dataset)


def is_any_dataset(folder: Path) -> bool:
    """Whether a folder is a dataset, finished or not, rather than a folder of videos."""
    return is_dataset(folder) or is_planned(folder)


def check_videos(folder: Path) -> str:
    """A sentence about a folder that may hold videos.

    Raises:
        DataError: it is no folder, or it is a dataset.
    """
    if not folder.is_dir():
        raise DataError(_tr("{0} is not a folder.").format(folder), _tr("Choose one that holds videos."))
    if is_any_dataset(folder):
        raise DataError(
            _tr("{0} is a dataset, not a folder of videos.").format(folder.name),
            _tr("Drop it on the page to look at it."),
        )
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise DataError(
            _tr("{0} cannot be read: {1}.").format(folder, error.strerror), _tr("Allow reading it.")
        ) from error
    return _tr("Searched with all its subfolders.")


@dataclass(frozen=True)
class Place:
    """Whether a dataset can be made under a name.

    Attributes:
        problem: why not, in a sentence; empty when it can.
        begun: settings of the unfinished dataset that lies there; None when none does.
    """

    problem: str = ""
    begun: PrepareConfig | None = None


def look_at_place(root: Path, name: str) -> Place:
    """Whether a dataset named `name` can be made below `root`."""
    folder = root / name
    fits = Path(name).name == name and name.isprintable() and len(name) <= LONGEST
    if not name:
        problem = _tr("Give the dataset a name.")
    elif not fits or name.startswith("."):
        problem = _tr("Use letters, digits, spaces and dashes, not a dot at the start.")
    elif is_dataset(folder):
        problem = _tr("There is a dataset of this name: choose another.")
    elif is_planned(folder):
        return _begun(folder)
    elif folder.exists() and not is_unfinished(folder):
        problem = _tr("There is something else of this name: choose another.")
    else:
        problem = ""
    return Place(problem)


def _begun(folder: Path) -> Place:
    try:
        return Place(begun=plan_of(folder))
    except DataError as error:
        return Place(str(error))


def fresh_name(root: Path, start: str, config: PrepareConfig) -> str:
    """`start`, or that with a number: the first that is free, or where these settings were begun with."""
    plain = re.sub(r"[^\w .-]+", "-", start).strip(" .-")[: LONGEST - 5] or "dataset"
    names = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
    return next(name for name in names if _suits(look_at_place(root, name), config))


def _suits(place: Place, config: PrepareConfig) -> bool:
    return not place.problem and (place.begun is None or place.begun == config)


def disk_bytes(info: Mapping[str, Any]) -> int:
    """How much the shards of a dataset take."""
    return sum(int(shard["nbytes"]) for shard in info["shards"])


def _tr(text: str) -> str:
    return QCoreApplication.translate("DatasetFiles", text)
