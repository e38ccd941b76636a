"""What somebody asks of the one who trains a run: files in a folder, so that it works across processes and machines."""

import os
from time import time_ns
from typing import Literal, get_args

from f2v_core.errors import RunError
from f2v_core.runs.folder import REQUESTS, Run
from f2v_core.runs.state import read_state

RequestKind = Literal["pause", "stop", "discard", "save", "sample"]
"""pause and stop save and end, to go on later or for good; discard ends and deletes; save and sample happen now."""


def send_request(run: Run, kind: RequestKind) -> None:
    """Ask the run's trainer for something; it answers in the run's state and events.

    Raises:
        RunError: nobody trains the run, or its folder cannot be written.
    """
    state = read_state(run)
    if not state.active:
        raise RunError(f"Nobody trains {run.folder} now: it is {state.phase}.", "Resume it first.")
    folder = run.folder / REQUESTS
    name = f"{time_ns():020d}-{os.getpid()}-{kind}"
    try:
        folder.mkdir(exist_ok=True)
        (folder / name).touch()
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}."
        raise RunError(message, "Allow writing there, or ask on the machine that trains.") from error


def take_requests(run: Run) -> list[RequestKind]:
    """What was asked since the last look, oldest first; each is given once.

    Raises:
        OSError: the folder cannot be written.
    """
    taken: list[RequestKind] = []
    for path in sorted((run.folder / REQUESTS).glob("*-*")):
        kind = path.name.rpartition("-")[2]
        path.unlink(missing_ok=True)
        taken += [each for each in get_args(RequestKind) if each == kind]
    return taken
