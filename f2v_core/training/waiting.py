"""Waiting for room: what a full disk refuses is kept in memory and written as soon as there is some."""

import shutil
from collections.abc import Callable, Generator
from time import monotonic
from typing import TypeVar

from f2v_core.errors import ExportError, RunError
from f2v_core.runs import Run
from f2v_core.storage import is_full
from f2v_core.train_messages import DiskFull
from f2v_core.training.inbox import Inbox

RETRY_S = 2.0
"""Between two attempts; a request is looked at sooner."""
Written = TypeVar("Written")


class Patience:
    """Writes for a run, and tries again while its disk is full.

    Attributes:
        waited_s: seconds that were spent waiting, in all.
    """

    def __init__(self, run: Run, inbox: Inbox) -> None:
        self.waited_s = 0.0
        self._run, self._inbox = run, inbox

    def until_written(
        self, write: Callable[[], Written], what: str, need: int, others: Callable[[], object]
    ) -> Generator[DiskFull, None, Written | None]:
        """What `write` returns, when the disk lets it; None where training is to end before that.

        Args:
            write: leaves nothing half-written when it fails.
            what: what it writes, such as "a checkpoint of step 5".
            need: how many bytes that takes, about.
            others: tells those who train with us that they wait too; called before each new attempt.

        Raises:
            RunError, ExportError: `write` fails for another reason than lack of room.
        """
        began, before = monotonic(), self.waited_s
        while True:
            try:
                return write()
            except (RunError, ExportError) as error:
                if not is_full(error):
                    raise
            if self._inbox.over:
                return None
            yield self._told(what, need, self.waited_s - before)
            others()
            self._inbox.wait(RETRY_S)
            self.waited_s = before + monotonic() - began

    def _told(self, what: str, need: int, waited_s: float) -> DiskFull:
        folder = self._run.folder
        free = shutil.disk_usage(folder).free
        needed = f"{what} needs about {_megabytes(need)}"
        if free < need:
            message = f"The disk is full: {needed} in {folder}, but only {_megabytes(free)} are free there."
        else:
            message = f"The disk is full or your share of it is used up: {needed} in {folder}."
        return DiskFull(message, "Make room there: the training goes on by itself.", waited_s)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.0f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
