"""What the Train page reads and writes of runs and models, away from the window's thread."""

from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from f2v_app.widgets.folder_files import is_locked
from f2v_app.widgets.run_state import RunState, state_of
from f2v_core.config import PrepareConfig, TrainConfig
from f2v_core.data.claim import is_unfinished
from f2v_core.data.dataset import Dataset, is_dataset, open_dataset
from f2v_core.data.index import check_split
from f2v_core.data.scanning.scan import Found, find_videos
from f2v_core.errors import RunError
from f2v_core.library import add_model, list_models, read_card
from f2v_core.runs import LOCK, Run, list_runs, open_run

MANY = 10_000
"""Videos that are counted one by one."""


@dataclass(frozen=True)
class RunRow:
    """A run as the list knows it."""

    folder: Path
    config: TrainConfig
    state: RunState


def read_run_rows(root: Path) -> list[RunRow]:
    """All readable runs below `root`, the one that was last written to first."""
    found = sorted(list_runs(root), key=_last_written, reverse=True)
    return [RunRow(run.folder, run.config, state_of(run)) for run in found]


def _last_written(run: Run) -> float:
    checkpoints = run.checkpoints()
    return (checkpoints[-1] if checkpoints else run.folder).stat().st_mtime


def check_run_idle(folder: Path, *, busy: bool) -> None:
    """See that nobody trains a run; `busy`: this page does, also before the worker has claimed it.

    Raises:
        RunError: somebody does, here or elsewhere.
    """
    if busy or is_locked(folder / LOCK):
        raise RunError(_tr("{0} is being trained.").format(folder.name), _tr("Stop its training first."))


@dataclass(frozen=True)
class RunRecord:
    """What a run's folder tells about its past.

    Attributes:
        folder: where it lies.
        columns: its history by name.
        step, sheet: its newest preview; a null image when it has none.
        rate: steps a second at the end of its history; 0 when that is not known.
    """

    folder: Path
    columns: dict[str, list[float]]
    step: int
    sheet: QImage
    rate: float


def read_record(folder: Path) -> RunRecord:
    """Read a run's past.

    Raises:
        RunError: no readable run there.
    """
    run = open_run(folder)
    columns = run.history()
    preview = run.newest_preview()
    if preview is None:
        return RunRecord(folder, columns, 0, QImage(), last_rate(columns))
    step = int(preview.stem.removeprefix("step-"))
    return RunRecord(folder, columns, step, QImage(str(preview)), last_rate(columns))


def last_rate(columns: dict[str, list[float]]) -> float:
    """Steps a second between the last two rows of a history; 0 when it has no two rows in a row of time."""
    steps, seconds = columns.get("step", [])[-2:], columns.get("seconds", [])[-2:]
    if len(steps) < 2 or len(seconds) < 2 or not seconds[1] > seconds[0]:
        return 0.0
    return (steps[1] - steps[0]) / (seconds[1] - seconds[0])


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


def add_to_library(run: Run) -> str:
    """Copy the newest model of a run into the user's library; returns its name there.

    The model takes the run's name, or that with a number where the name is taken.

    Raises:
        RunError: no checkpoint yet. ModelError: the model is damaged, or the library cannot be written.
    """
    source = read_card(run.model_folder())
    taken = {card.name for card in list_models()[0]}
    start = run.folder.name
    numbered = (f"{start}-{number}" for number in count(2))
    name = start if start not in taken else next(each for each in numbered if each not in taken)
    return add_model(source, name).name
