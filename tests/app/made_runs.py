"""Run folders written by hand: what a trainer writes, without one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from f2v_core.config import TrainConfig, train_preset
from f2v_core.library import ModelCard, write_card
from f2v_core.media.filmstrips import join_filmstrips
from f2v_core.media.images import write_png
from f2v_core.runs import Run, append_history, create_run, open_run
from f2v_core.runs.events import append_event
from f2v_core.runs.requests import RequestKind, take_requests
from f2v_core.runs.state import Phase, RunState, read_state, write_state
from f2v_core.storage import write_json

ELSEWHERE = "server"
"""A trainer on another machine is alive as long as its state was written a short while ago."""


class Trainer:
    """Stands in for whoever trains a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.asked: list[RequestKind] = []

    def say(self, phase: Phase, **fields: Any) -> "Trainer":
        """Write the state."""
        before = read_state(self.run)
        write_state(
            self.run,
            replace(before, phase=phase, **{"host": ELSEWHERE, "pid": 1, "saved": self.run.saved, **fields}),
        )
        return self

    def train(self, *steps: int, **losses: float) -> "Trainer":
        """Write rows of the history, 0.5 s a step, and the state."""
        values = losses or {"loss": 2.0}
        for step in steps:
            append_history(
                self.run, ("step", *values, "seconds"), {"step": step, **values, "seconds": step / 2}
            )
        return self.say("training", step=steps[-1], rate=2.0, left_s=60.0)

    def sample(self, step: int, grey: int = 90, ratio: float = 0.95) -> "Trainer":
        """Write samples: two clips, black real ones and grey generated ones."""
        clips = np.zeros((2, self.run.config.frames, 8, 8, 3), np.uint8)
        self.run.real_file.parent.mkdir(exist_ok=True)
        write_png(self.run.real_file, join_filmstrips(clips))
        write_png(self.run.sample_file(step), join_filmstrips(clips + np.uint8(grey)))
        append_event(self.run, step, "sample", ratio=ratio)
        return self

    def save(self, step: int, ratio: float | None = None) -> "Trainer":
        """Write a checkpoint."""
        folder = self.run.checkpoint_folder(step)
        (folder / "model").mkdir(parents=True)
        (folder / "model" / "weights.safetensors").write_bytes(b"weights")
        write_card(folder / "model", ModelCard("x", self.run.config, "2026-11-23T12:00:00", 0.0))
        write_json(folder / "checkpoint.json", {} if ratio is None else {"ratio": ratio})
        append_event(self.run, step, "checkpoint")
        return self

    def requests(self) -> list[RequestKind]:
        """What was asked so far."""
        self.asked += take_requests(self.run)
        return self.asked


def make_run(root: Path, name: str = "mine", **changes: Any) -> Trainer:
    """A new run, of a CVAE of 4000 steps unless `changes` say otherwise."""
    config = TrainConfig.from_json({**train_preset("cvae", "motion").to_json(), **changes})
    return Trainer(create_run(root / name, config))


class Starts:
    """Stands in for starting processes.

    Attributes:
        trainers: one for each start.
        error: raised instead, if there is one.
    """

    def __init__(self) -> None:
        self.trainers: list[Trainer] = []
        self.error: Exception | None = None

    def __call__(self, run: Run) -> None:
        if self.error is not None:
            raise self.error
        self.trainers.append(Trainer(open_run(run.folder)).say("starting"))

    @property
    def last(self) -> Trainer:
        return self.trainers[-1]


def state(phase: Phase, **fields: Any) -> RunState:
    """A state with usual figures."""
    return RunState(phase, **{"step": 120, "steps": 3000, "host": ELSEWHERE, "pid": 7, **fields})
