"""What the Train page reads and writes of runs and models, away from the window's thread."""

from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication

from f2v_app.widgets.run_watcher import Columns
from f2v_core.config import PrepareConfig, TrainConfig
from f2v_core.data.claim import is_unfinished
from f2v_core.data.dataset import Dataset, is_dataset, open_dataset
from f2v_core.data.index import check_split
from f2v_core.data.scanning.scan import Found, find_videos
from f2v_core.errors import RunError
from f2v_core.library import add_model, list_models, read_card
from f2v_core.runs import Run, list_runs, open_run
from f2v_core.runs.history import read_history
from f2v_core.runs.queue import queue_of
from f2v_core.runs.state import RunState, read_state

MANY = 10_000
"""Videos that are counted one by one."""


@dataclass(frozen=True)
class RunRow:
    """A run as the list knows it.

    Attributes:
        place: which one it is in this machine's queue, from 1 on; 0 where it is not queued.
        held: whether the queue waits for the user.
    """

    folder: Path
    config: TrainConfig
    state: RunState
    place: int = 0
    held: bool = False


def read_run_rows(root: Path) -> list[RunRow]:
    """All readable runs below `root`, the one that was last written to first."""
    found = sorted(list_runs(root), key=_last_written, reverse=True)
    known = [(run, read_state(run)) for run in found]
    queue = queue_of(known)
    return [
        RunRow(run.folder, run.config, state, queue.place(run.folder), queue.held) for run, state in known
    ]


def _last_written(run: Run) -> float:
    checkpoints = run.checkpoints()
    try:
        return (checkpoints[-1] if checkpoints else run.folder).stat().st_mtime
    except FileNotFoundError:  # it was deleted between two looks
        return 0.0


def check_run_idle(folder: Path) -> None:
    """See that nobody works on a run.

    Raises:
        RunError: somebody does, here or elsewhere, or it is no run any more.
    """
    if read_state(open_run(folder)).active:
        raise RunError(_tr("{0} is being trained.").format(folder.name), _tr("Pause or stop it first."))


def read_columns(run: Run) -> Columns:
    """A run's history: a column of numbers by name."""
    return {name: np.array(column) for name, column in read_history(run).items()}


def describe_data(folder: Path) -> str:
    """A sentence about what a folder holds to train on: a dataset, or videos.

    Raises:
        DataError: no such folder, nothing of the kind in it, or a dataset that cannot be trained on.
    """
    if is_dataset(folder) or is_unfinished(folder):
        return _describe_dataset(open_dataset(folder))
    found = (each for each in find_videos(PrepareConfig(videos=str(folder))) if isinstance(each, Found))
    number = sum(1 for _ in islice(found, MANY + 1))
    if number > MANY:
        return _tr("More than {0} videos, of which a dataset is made first.").format(MANY)
    if number == 1:
        return _tr("1 video, of which a dataset is made first.")
    return _tr("{0} videos, of which a dataset is made first.").format(number)


def _describe_dataset(dataset: Dataset) -> str:
    for split in ("train", "val"):
        check_split(dataset, split)
    words = _tr("A dataset: {0} clips to train on, {1} to validate on.")
    return words.format(dataset.count("train"), dataset.count("val"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunFiles", text)


def add_to_library(run: Run, step: int) -> str:
    """Copy the model of a run's checkpoint into the user's library; returns its name there.

    It takes the run's name and, where it is not the newest, its step; and a number where that name is taken.

    Raises:
        ModelError: the model is damaged or no longer there, or the library cannot be written.
    """
    source = read_card(run.checkpoint_folder(step) / "model")
    taken = {card.name for card in list_models()[0]}
    start = run.folder.name if step == run.saved else f"{run.folder.name}-step-{step}"
    numbered = (f"{start}-{number}" for number in count(2))
    name = start if start not in taken else next(each for each in numbered if each not in taken)
    return add_model(source, name).name
