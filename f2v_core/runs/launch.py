"""Starting a trainer that outlives who started it."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

from f2v_core.errors import RunError
from f2v_core.runs.folder import Run
from f2v_core.runs.requests import take_requests
from f2v_core.runs.state import HOST, RunState, read_state, write_state

_APART: dict[str, Any]
if sys.platform == "win32":
    _APART = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    _APART = {"start_new_session": True}
"""What makes a process outlive the terminal and the window of its parent."""
_OURS = str(Path(__file__).parents[2])
"""Where this f2v lies: the trainer is to be the same one, from wherever it is started."""


_CLUSTER = ("RANK", "WORLD_SIZE", "LOCAL_", "GROUP_", "ROLE_", "MASTER_", "TORCHELASTIC_")
"""How the variables begin by which `torchrun` tells a process of its others, which a trainer of its own has not."""


def start_training(run: Run) -> None:
    """Train a run in a process of its own, from its newest checkpoint if it has one; returns at once.

    The process belongs to nobody: closing the window or the terminal does not end it. What it prints goes to the run's
    `log.txt`; what it does is in the run's state from the first moment.

    Raises:
        RunError: it is being trained already, or its folder cannot be written.
    """
    state = _resting(run)
    try:
        take_requests(run)
        process = _spawn(run)
        try:
            write_state(run, _starting(run, state, process.pid))
        except OSError:
            process.kill()
            raise
        finally:  # a dead child that nobody waits for would look alive
            Thread(target=process.wait, name="reaper", daemon=True).start()
    except OSError as error:
        raise _refused(run, error) from error


def announce(run: Run) -> None:
    """Say that this process is about to train a run, which takes it a while to load what it needs.

    What is asked of it from now on it will do; what was asked of an earlier trainer is forgotten.

    Raises:
        RunError: it is being trained already, or its folder cannot be written.
    """
    state = read_state(run)
    if state.active and state.phase == "starting" and state.host == HOST:
        return  # by `start_training`; should it be somebody else, the run's claim will tell
    state = _resting(run)
    try:
        take_requests(run)
        write_state(run, _starting(run, state, os.getpid()))
    except OSError as error:
        raise _refused(run, error) from error


def _spawn(run: Run) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "f2v_core.cli.main", "train", "--run", str(run.folder), "--resume"]
    path = os.pathsep.join(filter(None, (_OURS, os.environ.get("PYTHONPATH"))))
    alone = {name: value for name, value in os.environ.items() if not name.startswith(_CLUSTER)}
    environment = {**alone, "PYTHONPATH": path}
    with run.log_file.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, **_APART
        )


def _resting(run: Run) -> RunState:
    state = read_state(run)
    if state.active:
        raise RunError(f"{run.folder} is being trained already.", "Watch it, or pause it first.")
    return state


def _starting(run: Run, state: RunState, pid: int) -> RunState:
    fresh = RunState("starting", state.saved, run.config.steps, state.saved)
    return replace(fresh, trained_s=state.trained_s, host=HOST, pid=pid)


def _refused(run: Run, error: OSError) -> RunError:
    message = f"The training of {run.folder} cannot be started: {error.strerror}."
    return RunError(message, "Allow writing there and make room on the disk.")
