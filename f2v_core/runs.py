"""A training run is a folder: what is in it, and how it is read while it grows.

::

    run.json                      the settings (TrainConfig) and the folder's format
    history.csv                   one row of losses every `log_every` steps
    checkpoints/step-00000500/    model/ (a model folder) and state.pt (what resuming needs)
    previews/step-00000500.png    contact sheets on fixed validation pairs
"""

import csv
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import appdirs

from f2v_core.config import TrainConfig
from f2v_core.errors import InputError, RunError
from f2v_core.storage import atomic_file, write_json

RUN = "run.json"
HISTORY = "history.csv"
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
        if not self.history_file.is_file():
            return {}
        lines = self.history_file.read_text(encoding="utf-8").splitlines(keepends=True)
        rows = list(csv.DictReader(line for line in lines if line.endswith("\n")))
        names = rows[0].keys() if rows else ()
        return {name: [float(row[name] or math.nan) for row in rows] for name in names}


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / RUN, {"format": FORMAT, "config": config.to_json()})
    except OSError as error:
        raise RunError(f"{folder} cannot be written: {error.strerror}.", "Choose another folder.") from error
    return Run(folder, config)


def open_run(folder: Path) -> Run:
    """The run in an existing folder.

    Raises:
        RunError: no run there, or its settings cannot be read.
    """
    path = folder / RUN
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Run(folder, TrainConfig.from_json(values["config"]))
    except OSError as error:
        raise RunError(f"{folder} holds no training run.", f"A run's folder has a {RUN}.") from error
    except (InputError, KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path} is damaged: {error}", "Start a new run.") from error


def list_runs(root: Path) -> list[Run]:
    """All readable runs directly below `root`, by name."""
    return [open_run(path.parent) for path in sorted(root.glob(f"*/{RUN}"))]


def append_history(run: Run, names: tuple[str, ...], row: Mapping[str, float]) -> None:
    """Add a row to `history.csv`; the header is written with the first one."""
    fresh = not run.history_file.exists()
    with run.history_file.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, restval="")
        if fresh:
            writer.writeheader()
        writer.writerow({name: f"{value:.6g}" for name, value in row.items()})


def truncate_history(run: Run, step: int) -> None:
    """Drop the rows after `step`: a run resumed from an older checkpoint writes them again."""
    if not run.history_file.is_file():
        return
    with run.history_file.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    kept = [header, *(row for row in rows if row and float(row[0]) <= step)]
    with atomic_file(run.history_file) as partial, partial.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(kept)
