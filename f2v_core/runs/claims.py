"""Being the only one that trains a run.

The lock is the system's: it goes with its process, however that ends. Two rules are for folders that machines share,
where such locks may not reach: a trainer on another machine that still writes its state is respected, lock or no lock;
one that has been silent for a minute is not, and a lock it left is replaced. Should it wake up, it finds that out
(`Claim.lost`) and ends without writing.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import IO

from f2v_core.errors import RunError
from f2v_core.runs.folder import LOCK, Run
from f2v_core.runs.state import HOST, is_silent, said_state
from f2v_core.storage import drop_lock, owns_lock, take_lock

TRIES, PAUSE_S = 10, 0.03


class Claim:
    """The right to train a run, while it lasts."""

    def __init__(self, path: Path, lock: IO[str]) -> None:
        self._path, self._lock = path, lock

    @property
    def lost(self) -> bool:
        """Whether another machine took the run over because this process was silent for too long."""
        return not owns_lock(self._path, self._lock)


@contextmanager
def claim_run(run: Run) -> Iterator[Claim]:
    """Be the only one that trains a run; what a process left half-written when it was killed is removed.

    Raises:
        RunError: another process trains it, or its folder cannot be written.
    """
    path = run.folder / LOCK
    try:
        lock = _take(run, path)
    except OSError as error:
        message = f"{run.folder} cannot be written: {error.strerror}."
        raise RunError(message, "Allow writing there, or choose another folder.") from error
    try:
        for partial in (*run.folder.glob("*/.step-*"), *run.folder.glob(".*-partial*")):
            shutil.rmtree(partial) if partial.is_dir() else partial.unlink(missing_ok=True)
        yield Claim(path, lock)
    finally:
        drop_lock(path, lock)


def _take(run: Run, path: Path) -> IO[str]:
    said = said_state(run)
    elsewhere = said.active and said.host != HOST
    if elsewhere and not is_silent(run):
        raise _taken(run, f"on {said.host} (process {said.pid})")
    if elsewhere:
        path.unlink(missing_ok=True)
    lock = _patiently(path)
    if lock is None:
        raise _taken(run, _holder(path))
    lock.truncate(0)
    lock.write(json.dumps({"host": HOST, "pid": os.getpid()}))
    lock.flush()
    return lock


def _patiently(path: Path) -> IO[str] | None:
    """Take the lock, with a few tries: whoever looks whether it is held holds it for a moment."""
    for _ in range(TRIES):
        lock = take_lock(path)
        if lock is not None:
            return lock
        sleep(PAUSE_S)
    return None


def _taken(run: Run, where: str) -> RunError:
    return RunError(
        f"{run.folder} is being trained already {where}.".replace(" .", "."),
        "Stop that first, or choose another folder.",
    )


def _holder(path: Path) -> str:
    """Who holds the lock, in words; nothing where that cannot be read."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return f"by process {values['pid']} on {values['host']}"
    except (OSError, ValueError, KeyError):
        return ""
