"""A run's folder and settings: made, opened, changed and listed."""

import json
import logging
import math
from dataclasses import dataclass
from pathlib import Path

import appdirs

from f2v_core.config import TrainConfig
from f2v_core.errors import InputError, RunError
from f2v_core.storage import write_json

log = logging.getLogger(__name__)

RUN = "run.json"
STATE = "state.json"
HISTORY = "history.csv"
EVENTS = "events.jsonl"
LOG = "log.txt"
REQUESTS = "requests"
CHECKPOINT = "checkpoint.json"
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

    @property
    def events_file(self) -> Path:
        """What happened, one JSON object a line."""
        return self.folder / EVENTS

    @property
    def state_file(self) -> Path:
        """What the run is doing."""
        return self.folder / STATE

    @property
    def log_file(self) -> Path:
        """What a trainer without a terminal printed."""
        return self.folder / LOG

    def checkpoints(self) -> list[Path]:
        """The folders of all complete checkpoints, oldest first."""
        return sorted((self.folder / "checkpoints").glob("step-*"))

    def checkpoint_folder(self, step: int) -> Path:
        """Where the checkpoint of a step lies, whether it exists or not."""
        return self.folder / "checkpoints" / f"step-{step:08d}"

    def ratio(self, checkpoint: Path) -> float:
        """A checkpoint's validation ratio to linear interpolation; infinite where it has none."""
        try:
            values = json.loads((checkpoint / CHECKPOINT).read_text(encoding="utf-8"))
            return float(values["ratio"])
        except (OSError, ValueError, KeyError, TypeError):  # none, or one of an earlier version
            return math.inf

    def best_checkpoint(self) -> Path | None:
        """The checkpoint with the lowest ratio, of several the newest; None where no ratio is known."""
        rated = [(self.ratio(each), each) for each in reversed(self.checkpoints())]
        ratio, folder = min(rated, key=lambda each: each[0], default=(math.inf, None))
        return folder if ratio < math.inf else None

    @property
    def saved(self) -> int:
        """The step of the newest checkpoint; 0 when there is none."""
        found = self.checkpoints()
        return step_of(found[-1]) if found else 0

    def sample_file(self, step: int) -> Path:
        """Where the samples of a step lie, whether they exist or not.

        A picture of RGB: a row for each validation pair, in it the clip's frames side by side.
        """
        return self.folder / "samples" / f"step-{step:08d}.png"

    @property
    def real_file(self) -> Path:
        """Where the real clips of the same pairs lie."""
        return self.folder / "samples" / "real.png"

    def samples(self) -> list[int]:
        """The steps that have samples, in order."""
        return sorted(map(step_of, (self.folder / "samples").glob("step-*.png")))

    def model_folder(self) -> Path:
        """The newest checkpoint's model folder.

        Raises:
            RunError: the run has no checkpoint yet.
        """
        found = self.checkpoints()
        if not found:
            raise RunError(f"The run {self.folder} has no checkpoint yet.", "Wait for its first one.")
        return found[-1] / "model"


def step_of(path: Path) -> int:
    """The step in a checkpoint's or a sample's name."""
    return int(path.stem.removeprefix("step-"))


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


def list_runs(root: Path) -> list[Run]:
    """All readable runs directly below `root`, by name; damaged ones are left out and logged."""
    found: list[Run] = []
    for path in sorted(root.glob(f"[!.]*/{RUN}")):  # what is hidden is being deleted
        try:
            found.append(open_run(path.parent))
        except RunError as error:
            log.warning("%s", error)
    return found
