"""A run folder, states and trainers that are only told of."""

import os
import time
from pathlib import Path

import pytest

from f2v_core.config import TrainConfig
from f2v_core.runs import Run, create_run
from f2v_core.runs.state import HOST, RunState, write_state


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return create_run(tmp_path / "run", TrainConfig(steps=70))


@pytest.fixture
def say(run: Run):
    """A function that writes the run's state as its trainer would: `phase`, its machine, and how long ago."""

    def write(phase: str, host: str = HOST, ago_s: float = 0.0, **values) -> RunState:
        state = RunState(phase, steps=70, host=host, **{"pid": os.getpid(), **values})
        write_state(run, state)
        then = time.time() - ago_s
        os.utime(run.state_file, (then, then))
        return state

    return write
