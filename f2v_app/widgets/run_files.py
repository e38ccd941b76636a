"""What the Train page reads and writes of runs and models, away from the window's thread."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from f2v_core.data.folder import find_videos
from f2v_core.library import add_model, list_models, read_card
from f2v_core.runs import Run, open_run


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


def describe_videos(folder: Path) -> str:
    """A sentence about the videos in a folder.

    Raises:
        DataError: no such folder, or no video in it.
    """
    number = len(find_videos(folder))
    if number == 1:
        return QCoreApplication.translate("RunFiles", "1 video.")
    return QCoreApplication.translate("RunFiles", "{0} videos.").format(number)


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
