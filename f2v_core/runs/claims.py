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
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from f2v_core.errors import RunError
from f2v_core.runs.folder import LOCK, RUN, Run
from f2v_core.runs.state import HOST, is_silent, said_state
from f2v_core.storage import delete_folder, drop_lock, owns_lock, take_lock

TRIES, PAUSE_S = 10, 0.03
LISTEN_S = 3.0
"""How long a silent trainer on another machine is listened to before its run is taken over: clocks may differ."""


class Claim:
    """The right to train a run, while it lasts."""

    def __init__(self, run: Run, lock: IO[str]) -> None:
        self._run, self._lock = run, lock

    def drop(self) -> None:
        """Let go of the run."""
        drop_lock(self._run.folder / LOCK, self._lock)

    def move(self, folder: Path) -> Run:
        """Rename the run's folder; the claim goes with it.

        Raises:
            OSError: the system refuses.
        """
        self._run.folder.rename(folder)
        self._run = Run(folder, self._run.config)
        return self._run

    @property
    def lost(self) -> bool:
        """Whether the run is no longer this process's to write."""
        return not owns_lock(self._run.folder / LOCK, self._lock)

    def check(self) -> None:
        """Do nothing while the claim holds.

        Raises:
            RunError: somebody deleted the folder; or another machine took the run over because this process was silent
            for too long.
        """
        if not self.lost:
            return
        folder = self._run.folder
        if not (folder / RUN).is_file():
            raise RunError(f"{folder} was deleted while it was trained.", "Start a new run.")
        raise RunError(f"{folder} was taken over by another trainer.", "Watch that one.")


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
    claim = Claim(run, lock)
    try:
        for partial in (*run.folder.glob("*/.*-partial*"), *run.folder.glob(".*-partial*")):
            shutil.rmtree(partial) if partial.is_dir() else partial.unlink(missing_ok=True)
        yield claim
    finally:
        claim.drop()


def discard_run(run: Run) -> None:
    """Delete a run that nobody trains.

    Raises:
        RunError: somebody trains it, or its folder cannot be deleted.
    """
    with claim_run(run):
        delete_run(run)


def delete_run(run: Run) -> None:
    """Delete a run that this process has claimed.

    Raises:
        RunError: its folder cannot be deleted.
    """
    try:
        delete_folder(run.folder)
    except OSError as error:
        message = f"{run.folder} cannot be deleted: {error.strerror}."
        raise RunError(message, "Delete it by hand.") from error


def _take(run: Run, path: Path) -> IO[str]:
    said = said_state(run)
    elsewhere = said.active and said.host != HOST
    if elsewhere and (not is_silent(run) or _still_writes(run)):
        raise _taken(run, f"on {said.host} (process {said.pid})")
    if elsewhere:
        path.unlink(missing_ok=True)
    lock = _patiently(path)
    if lock is None:
        raise _taken(run, _holder(path))
    with suppress(
        OSError
    ):  # who holds it is only said for people; a full disk is told where something is lost
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), json.dumps({"host": HOST, "pid": os.getpid()}).encode())
    return lock


def _still_writes(run: Run) -> bool:
    """Whether the state changes while one looks: by the file's own times, whatever this machine's clock says."""
    before, end = _written(run), monotonic() + LISTEN_S
    while monotonic() < end:
        sleep(PAUSE_S)
        if _written(run) != before:
            return True
    return False


def _written(run: Run) -> int:
    return run.state_file.stat().st_mtime_ns if run.state_file.exists() else 0


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
