"""A queue of runs: those of a folder that one machine trains one after the other, without anybody there.

No file lists them. A queued run says so in its own state, with its machine and the moment at which it was queued, so
nothing can get out of step: who deletes, renames or starts it changes the queue. Whoever sees that nothing trains any
more starts the next: the trainer that ends, however it does; a window or a terminal that looks, should it be killed.

A pause frees the machine, so it holds the queue: nothing follows until the user starts or queues a run again. After a
stop, a failure and the last step the next one follows.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep, time

from f2v_core.errors import RunError
from f2v_core.runs.folder import Run, list_runs
from f2v_core.runs.launch import start_training
from f2v_core.runs.state import HOST, RunState, at_rest, read_state, said_state, write_state
from f2v_core.storage import drop_lock, take_lock

log = logging.getLogger(__name__)

LOCK = ".queue"
"""The file in a folder of runs that is locked by who starts the next one, or changes the order."""
PATIENCE_S, LOOK_S = 5.0, 0.02
"""How long the lock is waited for, and how often one looks: who holds it does so for moments."""
Known = Sequence[tuple[Run, RunState]]
"""Runs and where they stand."""


@dataclass(frozen=True)
class Queue:
    """The queue of this machine in a folder of runs.

    Attributes:
        runs: who is queued, the next one first.
        held: whether it waits for the user: the training that ended last was paused, and nothing was queued since.
    """

    runs: tuple[Run, ...] = ()
    held: bool = False

    def place(self, folder: Path) -> int:
        """Which one the run in a folder is, from 1 on; 0 where it is not queued here."""
        folders = [each.folder for each in self.runs]
        return folders.index(folder) + 1 if folder in folders else 0


def read_queue(root: Path) -> Queue:
    """The queue of this machine in a folder of runs."""
    return queue_of([(run, read_state(run)) for run in list_runs(root)])


def queue_of(known: Known) -> Queue:
    """The queue that these runs, all those of a folder, make."""
    queued = sorted((state.queued, str(run.folder), run) for run, state in known if _is_queued(state))
    if not queued:
        return Queue()
    ended = [(_written(run), state.phase) for run, state in known if _has_ended(state)]
    when, phase = max(ended, default=(0.0, "stopped"))
    return Queue(tuple(run for *_, run in queued), phase == "paused" and when > queued[-1][0])


def _is_queued(state: RunState) -> bool:
    return state.phase == "queued" and state.host == HOST


def _has_ended(state: RunState) -> bool:
    return state.host == HOST and not state.active and state.phase != "queued"


def _written(run: Run) -> float:
    """When a state was written, which for one that has ended is when it ended."""
    try:
        return run.state_file.stat().st_mtime
    except FileNotFoundError:  # deleted since it was read
        return 0.0


def queue_run(run: Run) -> None:
    """Let a run on which nobody works wait for its turn; where nothing trains, `start_next` begins it.

    Raises:
        RunError: it is being trained, or all its steps are done, or its folder cannot be written.
    """
    state = read_state(run)
    if state.active:
        raise RunError(f"{run.folder} is being trained already.", "Queue it when that is over.")
    if run.saved >= run.config.steps:
        raise RunError(f"All {run.config.steps} steps of {run.folder} are done.", "Give it more steps first.")
    if not _is_queued(state):
        fresh = RunState("queued", run.saved, run.config.steps, run.saved)
        _write(run, replace(fresh, trained_s=state.trained_s, queued=time(), host=HOST))


def unqueue_run(run: Run) -> None:
    """Take a run off the queue.

    Raises:
        RunError: it is not queued, or its folder cannot be written.
    """
    with _changing(run.folder.parent):
        saved = run.saved
        state = at_rest(_queued(run), "stopped", saved, queued=0.0, host=HOST if saved else "")
        _write(run, state)


def move_up(run: Run) -> None:
    """Let a queued run change places with the one before it; the first one stays where it is.

    Raises:
        RunError: it is not queued, or its folder cannot be written.
    """
    with _changing(run.folder.parent):
        state, queue = _queued(run), read_queue(run.folder.parent)
        place = queue.place(run.folder)
        if place < 2:
            return
        above = [said_state(each).queued for each in queue.runs[: place - 1]]
        before = above[-2] if place > 2 else above[-1] - 1.0
        _write(run, replace(state, queued=(before + above[-1]) / 2))  # one write: no half of it can be lost


def start_next(root: Path, start: Callable[[Run], None] = start_training) -> Run | None:
    """Start the oldest queued run of a folder if nothing of it trains on this machine, and nothing holds the queue.

    Any number of processes may call it at the same time: one of them starts it. A run that cannot be started fails,
    and the one behind it is started. Returns what was started, if anything.
    """
    if not any(_is_queued(said_state(run)) for run in list_runs(root)):
        return None
    try:
        with _changing(root):
            return _start_first(root, start)
    except RunError as error:
        log.warning("Nothing of the queue is started: %s", error)
        return None


def _start_first(root: Path, start: Callable[[Run], None]) -> Run | None:
    known = [(run, read_state(run)) for run in list_runs(root)]
    queue = queue_of(known)
    if queue.held or any(state.active and state.host == HOST for _, state in known):
        return None
    for run in queue.runs:
        try:
            start(run)
        except RunError as error:
            log.warning("%s", error)
            words = {"error": error.message, "remedy": error.remedy}
            _write(run, at_rest(said_state(run), "failed", run.saved, queued=0.0, **words))
        else:
            return run
    return None


def _queued(run: Run) -> RunState:
    state = read_state(run)
    if not _is_queued(state):
        raise RunError(f"{run.folder} is not in the queue of this machine.", "f2v runs list shows who is.")
    return state


def _write(run: Run, state: RunState) -> None:
    try:
        write_state(run, state)
    except OSError as error:
        message = f"{run.state_file} cannot be written: {error.strerror}."
        raise RunError(message, "Allow writing there and make room on the disk.") from error


@contextmanager
def _changing(root: Path) -> Iterator[None]:
    """Be the only one that changes a queue.

    Raises:
        RunError: another process does, for long; or the folder cannot be written.
    """
    path, end = root / LOCK, monotonic() + PATIENCE_S
    try:
        while (lock := take_lock(path)) is None:
            if monotonic() > end:
                raise RunError(f"Another process holds {path}.", "End it, or try again in a while.")
            sleep(LOOK_S)
    except OSError as error:
        message = f"{root} cannot be written: {error.strerror}."
        raise RunError(message, "Allow writing there and make room on the disk.") from error
    try:
        yield
    finally:
        drop_lock(path, lock)
