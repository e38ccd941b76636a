"""How far a stage is, with its pace."""

from math import inf
from time import monotonic

from f2v_core.messages import StageProgress


class Stage:
    """Counts what is done of a stage, and how fast.

    Attributes:
        done: units that lie behind, those of an earlier start included.
    """

    def __init__(self, name: str, total: int = 0, done: int = 0) -> None:
        """`total` 0: not known. `done` before this start does not count for the pace."""
        self.done = done
        self._name, self._total, self._before = name, total, done
        self._start = monotonic()

    def progress(self) -> StageProgress:
        """The event that says so."""
        elapsed = max(1e-9, monotonic() - self._start)
        rate = (self.done - self._before) / elapsed
        left = (self._total - self.done) / rate if self._total and rate > 0 else inf
        return StageProgress(self._name, self.done, self._total, rate, left)
