"""Runs as their trainers would tell of them."""

import json
import os

from f2v_core.runs import Run
from f2v_core.runs.state import HOST, RunState, write_state


def say(run: Run, phase: str, **values) -> None:
    state = {"steps": 70, "host": HOST, "pid": os.getpid(), **values}
    write_state(run, RunState(phase, **state))


def make_checkpoint(run: Run, step: int, ratio: float | None) -> None:
    run.checkpoint_folder(step).mkdir(parents=True)
    (run.checkpoint_folder(step) / "checkpoint.json").write_text(json.dumps({"ratio": ratio}))
