"""What a run is doing, as its trainer says it each second and as it truly is.

A trainer that was killed can say nothing more: who reads checks whether one is still there.
"""

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from threading import get_ident
from time import time
from typing import Any, Literal, get_args

import psutil

from f2v_core.knobs import Value
from f2v_core.runs.folder import LOCK, Run
from f2v_core.storage import is_full, is_locked

Phase = Literal[
    "starting", "preparing", "training", "waiting", "pausing", "stopping", "discarding",
    "queued", "paused", "stopped", "finished", "failed", "interrupted",
]  # fmt: skip
ACTIVE: frozenset[Phase] = frozenset(get_args(Phase)[:7])
"""Phases in which somebody works on the run; in the others nobody does."""
SILENT_S = 60.0
"""A trainer on another machine that has not written for so long is gone."""
HOST = socket.gethostname()
CLOCKS_S = 2.0
"""How far the clocks of the file system and of the process table may be apart on one machine."""


@dataclass(frozen=True)
class RunState:
    """Where a run stands.

    Attributes:
        phase: what it is doing; "waiting": for room on the disk, with all that was trained in memory; "queued": to be
            started when the trainings before it are over; "interrupted": its trainer was killed, or its machine went
            down.
        step, steps: steps done and wanted.
        saved: the step of the newest checkpoint; 0 when there is none.
        estimate: what the run was expected to need, a sentence; "" while that is not known.
        rate: steps a second; 0 while it is not known.
        left_s: seconds to the end of the phase; 0 while that is not known.
        trained_s: seconds of training so far, over all its pauses.
        stage, done, total: the stage before the training proper, such as reading videos; "" and 0 when it is over.
        memory_mb, gpu_memory_mb: what the trainer holds.
        device: where it trains, such as "cpu" or "cuda".
        error, remedy: why it failed and what to do.
        details: a traceback when the failure is a bug.
        offer: settings with which resuming should work, by knob.
        queued: where a queued run stands among the others: the second at which it was queued, or an earlier one.
        host, pid: the trainer's machine and process; "" and 0 when nobody began yet. A queued run's host will train it.
    """

    phase: Phase
    step: int = 0
    steps: int = 0
    saved: int = 0
    estimate: str = ""
    rate: float = 0.0
    left_s: float = 0.0
    trained_s: float = 0.0
    stage: str = ""
    done: int = 0
    total: int = 0
    memory_mb: float = 0.0
    gpu_memory_mb: float = 0.0
    device: str = ""
    error: str = ""
    remedy: str = ""
    details: str = ""
    offer: Mapping[str, Value] = field(default_factory=dict)
    queued: float = 0.0
    host: str = ""
    pid: int = 0

    @property
    def active(self) -> bool:
        """Whether somebody works on the run."""
        return self.phase in ACTIVE

    @property
    def share(self) -> float:
        """How much of the present phase is done, 0..1."""
        done, total = (self.done, self.total) if self.phase == "preparing" else (self.step, self.steps)
        return min(1.0, done / total) if total else 0.0


_NOBODY: dict[str, Any] = {"rate": 0.0, "left_s": 0.0, "memory_mb": 0.0, "gpu_memory_mb": 0.0}
"""What a state says when nobody works on the run."""


def at_rest(state: RunState, phase: Phase, saved: int, **changes: Any) -> RunState:  # noqa: ANN401 - any fields
    """The state of a run on which nobody works any more, whose newest checkpoint is that of step `saved`."""
    return replace(state, **{"phase": phase, "step": saved, "saved": saved, **_NOBODY, **changes})


def write_state(run: Run, state: RunState) -> None:
    """Replace the state at once for all who read; it is no great loss in a power cut, so nothing waits for the disk.

    On a full disk it is written over the one before, which lies there already: how else could it say that.

    Raises:
        OSError: the folder is gone, or the disk refuses.
    """
    text = json.dumps(asdict(state))
    partial = run.state_file.with_name(f".state-{os.getpid()}-{get_ident()}-partial.json")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(run.state_file)
    except OSError as error:
        if not is_full(error):
            raise
        _write_over(run.state_file, text.encode())
    finally:
        partial.unlink(missing_ok=True)


def _write_over(path: Path, content: bytes) -> None:
    with path.open("r+b", buffering=0) as file:
        file.write(content)
        file.truncate()


def read_state(run: Run) -> RunState:
    """Where the run truly stands: what its trainer said last, unless that one is gone."""
    state = said_state(run)
    if state.active and not _alive(run, state):
        state = said_state(run)  # it may have ended in good order between the two looks
        if state.active:
            return at_rest(state, "interrupted", run.saved)
    return state


def said_state(run: Run) -> RunState:
    """What the trainer said last, true or not; of a run without a word, what its checkpoints tell."""
    try:
        values: dict[str, Any] = json.loads(run.state_file.read_text(encoding="utf-8"))
        known = {each.name for each in fields(RunState)}  # a newer version may say more
        return RunState(**{name: value for name, value in values.items() if name in known})
    except (
        OSError,
        ValueError,
        TypeError,
        AttributeError,
    ):  # none yet, or damaged: the checkpoints are the truth
        saved = run.saved
        phase: Phase = "finished" if saved >= run.config.steps else "stopped"
        return RunState(phase, saved, run.config.steps, saved)


def _alive(run: Run, state: RunState) -> bool:
    """Whether the trainer that wrote the state still works on the run."""
    if state.host != HOST:
        return not is_silent(run)
    return is_locked(run.folder / LOCK) or (state.phase == "starting" and _is_there(run, state.pid))


def _is_there(run: Run, pid: int) -> bool:
    """Whether the process that is to train has begun: one of its number that is younger than the state is another."""
    try:
        process, written = psutil.Process(pid), run.state_file.stat().st_mtime
        return process.status() != psutil.STATUS_ZOMBIE and process.create_time() < written + CLOCKS_S
    except (psutil.Error, OSError):
        return False


def is_silent(run: Run) -> bool:
    """Whether the state has not been written for `SILENT_S`: how one machine knows that another's trainer is gone."""
    try:
        return time() - run.state_file.stat().st_mtime > SILENT_S
    except OSError:
        return True
