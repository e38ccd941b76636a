"""Starting a trainer that outlives who started it."""

import subprocess
import sys
from dataclasses import replace
from threading import Thread
from typing import Any

from f2v_core.errors import RunError
from f2v_core.runs.folder import Run
from f2v_core.runs.state import HOST, RunState, read_state, write_state

if sys.platform == "win32":
    _APART: dict[str, Any] = {
        "creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    }
else:
    _APART = {"start_new_session": True}
"""What makes a process outlive the terminal and the window of its parent."""


def start_training(run: Run) -> None:
    """Train a run in a process of its own, from its newest checkpoint if it has one; returns at once.

    The process belongs to nobody: closing the window or the terminal does not end it. What it prints goes to the run's
    `log.txt`; what it does is in the run's state from the first moment.

    Raises:
        RunError: it is being trained already, or its folder cannot be written.
    """
    state = read_state(run)
    if state.active:
        raise RunError(f"{run.folder} is being trained already.", "Watch it, or pause it first.")
    command = [sys.executable, "-m", "f2v_core.cli.main", "train", "--run", str(run.folder), "--resume"]
    try:
        with run.log_file.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_APART
            )
        write_state(run, _starting(run, state, process.pid))
    except OSError as error:
        message = f"The training of {run.folder} cannot be started: {error.strerror}."
        raise RunError(message, "Allow writing there and make room on the disk.") from error
    # a dead child that nobody waits for would look alive
    Thread(target=process.wait, name="reaper", daemon=True).start()


def _starting(run: Run, state: RunState, pid: int) -> RunState:
    fresh = RunState("starting", state.saved, run.config.steps, state.saved)
    return replace(fresh, trained_s=state.trained_s, host=HOST, pid=pid)
