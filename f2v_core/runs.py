"""A training run is a folder: what is in it, and how it is read while it grows.

::

    run.json                      the settings (TrainConfig) and the folder's format
    history.csv                   one row of losses every `log_every` steps
    checkpoints/step-00000500/    model/ (a model folder) and state.pt (what resuming needs)
    previews/step-00000500.png    contact sheets on fixed validation pairs
    .lock                         there while somebody trains
"""

import csv
import json
import logging
import math
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import appdirs

from f2v_core.config import TrainConfig
from f2v_core.errors import InputError, RunError
from f2v_core.storage import atomic_file, drop_lock, take_lock, write_json

log = logging.getLogger(__name__)

RUN = "run.json"
HISTORY = "history.csv"
LOCK = ".lock"
FORMAT = 1


@dataclass(frozen=True)
class Run:
    """A run's folder and settings.

    Attributes:
        folder: where it lies.
        config: its settings as they were at its start.
    """

    folder: Path
    config: TrainConfig

    @property
    def history_file(self) -> Path:
        """The table of losses."""
        return self.folder / HISTORY

    def checkpoints(self) -> list[Path]:
        """The folders of all complete checkpoints, oldest first."""
        return sorted((self.folder / "checkpoints").glob("step-*"))

    def checkpoint_folder(self, step: int) -> Path:
        """Where the checkpoint of a step lies, whether it exists or not."""
        return self.folder / "checkpoints" / f"step-{step:08d}"

    def preview_file(self, step: int) -> Path:
        """Where the preview of a step lies, whether it exists or not."""
        return self.folder / "previews" / f"step-{step:08d}.png"

    def newest_preview(self) -> Path | None:
        """The preview of the latest step that has one."""
        found = (self.folder / "previews").glob("step-*.png")
        return max(found, key=lambda path: int(path.stem.removeprefix("step-")), default=None)

    def model_folder(self) -> Path:
        """The newest checkpoint's model folder.

        Raises:
            RunError: the run has no checkpoint yet.
        """
        found = self.checkpoints()
        if not found:
            raise RunError(f"The run {self.folder} has no checkpoint yet.", "Wait for its first one.")
        return found[-1] / "model"

    def history(self) -> dict[str, list[float]]:
        """The losses so far: a column of numbers by name; NaN where a row has no such loss.

        A last line that is still being written is left out.
        """
        rows = list(csv.DictReader(_whole_lines(self.history_file)))
        names = rows[0].keys() if rows else ()
        return {name: [float(row[name] or math.nan) for row in rows] for name in names}


def _whole_lines(file: Path) -> list[str]:
    """The file's lines but for a last one without an end: that one is still being written, or was cut off."""
    if not file.is_file():
        return []
    return [
        line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")
    ]


def runs_folder() -> Path:
    """Where runs lie unless the user says otherwise."""
    return Path(appdirs.user_data_dir("f2v", appauthor=False)) / "runs"


def create_run(folder: Path, config: TrainConfig) -> Run:
    """Make a new run folder.

    Raises:
        RunError: the folder holds something already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RunError(f"{folder} exists and is not empty.", "Choose a new folder, or resume the run in it.")
    return _write_run(Run(folder, config))


def _write_run(run: Run) -> Run:
    try:
        run.folder.mkdir(parents=True, exist_ok=True)
        write_json(run.folder / RUN, {"format": FORMAT, "config": run.config.to_json()})
    except OSError as error:
        message = f"{run.folder} cannot be written: {error.strerror}."
        raise RunError(message, "Choose another folder.") from error
    return run


def open_run(folder: Path) -> Run:
    """The run in an existing folder.

    Raises:
        RunError: no run there, it is of a newer format, or its settings cannot be read.
    """
    path = folder / RUN
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] > FORMAT:
            raise RunError(f"{path} was written by a newer f2v (format {values['format']}).", "Update f2v.")
        return Run(folder, TrainConfig.from_json(values["config"]))
    except OSError as error:
        raise RunError(f"{folder} holds no training run.", f"A run's folder has a {RUN}.") from error
    except (InputError, KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path} is damaged: {error}", "Start a new run.") from error


def change_run(run: Run, config: TrainConfig) -> Run:
    """The same run with other settings, which are also written to its folder.

    Raises:
        RunError: the folder cannot be written.
    """
    return _write_run(Run(run.folder, config))


@contextmanager
def claim_run(run: Run) -> Iterator[None]:
    """Be the only one that trains a run; what a process left half-written when it was killed is removed.

    Raises:
        RunError: another process trains it, or its folder cannot be written.
    """
    try:
        lock = take_lock(run.folder / LOCK)
    except OSError as error:
        message = f"{run.folder} cannot be written: {error.strerror}."
        raise RunError(message, "Allow writing there, or choose another folder.") from error
    if lock is None:
        raise RunError(
            f"{run.folder} is being trained already.", "Stop that first, or choose another folder."
        )
    try:
        for partial in (run.folder / "checkpoints").glob(".step-*"):
            shutil.rmtree(partial, ignore_errors=True)
        yield
    finally:
        drop_lock(run.folder / LOCK, lock)


def discard_unbegun(run: Run) -> None:
    """Remove the folder of a run that ended before its first step: nothing but its settings lies in it."""
    if [path.name for path in run.folder.glob("*")] == [RUN]:
        (run.folder / RUN).unlink()
        run.folder.rmdir()


def list_runs(root: Path) -> list[Run]:
    """All readable runs directly below `root`, by name; damaged ones are left out and logged."""
    found: list[Run] = []
    for path in sorted(root.glob(f"*/{RUN}")):
        try:
            found.append(open_run(path.parent))
        except RunError as error:
            log.warning("%s", error)
    return found


def append_history(run: Run, names: tuple[str, ...], row: Mapping[str, float]) -> None:
    """Add a row to `history.csv`; the header is written with the first one.

    Whole numbers keep all their digits (a step may be in the millions), others six.

    Raises:
        RunError: the disk refuses.
    """
    try:
        with run.history_file.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, names, restval="")
            if file.tell() == 0:
                writer.writeheader()
            writer.writerow({name: _cell(value) for name, value in row.items()})
    except OSError as error:
        message = f"{run.history_file} cannot be written: {error.strerror}."
        raise RunError(message, "Make room on the disk, then resume.") from error


def _cell(value: float) -> str:
    whole = float(value).is_integer() and abs(value) <= 2**53
    return str(int(value)) if whole else f"{value:.6g}"


def truncate_history(run: Run, step: int) -> None:
    """Drop the rows after `step`, which a run resumed from that checkpoint writes again, and a cut-off last line."""
    if not run.history_file.is_file():
        return
    lines = csv.reader(_whole_lines(run.history_file))
    kept = [row for number, row in enumerate(lines) if number == 0 or (row and float(row[0]) <= step)]
    with atomic_file(run.history_file) as partial, partial.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(kept)
