"""Means of the losses and the pace of a run, between two reports."""

from collections import defaultdict
from collections.abc import Mapping
from time import monotonic

from torch import Tensor

from f2v_core.training.finite import READ_S


class Progress:
    """Means of the losses since the last report, and the clock."""

    def __init__(self, step: int, seconds: float = 0.0) -> None:
        self._read = -READ_S
        self._sums: defaultdict[str, Tensor | float] = defaultdict(float)
        self._count = 0
        self._first_step, self._start, self._before = step, monotonic(), seconds

    def add(self, losses: Mapping[str, Tensor]) -> None:
        """Count one step's losses; they stay on the device until asked for."""
        self._count += 1
        for name, value in losses.items():
            self._sums[name] = self._sums[name] + value

    def may_read(self, *, last: bool) -> bool:
        """Whether to report now: on a GPU not more often than `READ_S`, as a reader waits for it; `last` always.

        A report that is left out is part of the next one's means.
        """
        waits = any(isinstance(total, Tensor) and total.is_cuda for total in self._sums.values())
        return last or not waits or monotonic() - self._read >= READ_S

    def means(self) -> dict[str, float]:
        """The means since the last call."""
        means = {name: float(total) / self._count for name, total in self._sums.items()}
        self._read = monotonic()
        self._sums.clear()
        self._count = 0
        return means

    def leave_out(self, seconds: float) -> None:
        """Let the clock not count seconds that were spent waiting."""
        self._start += seconds

    def elapsed(self) -> float:
        """Seconds of training over all its pauses."""
        return self._before + monotonic() - self._start

    def rate(self, step: int) -> float:
        """Steps per second since training began or was resumed."""
        return (step - self._first_step) / (monotonic() - self._start)
