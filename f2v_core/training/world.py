"""The processes that train one run together; alone there is nothing to do.

Each of them works on its part of every batch. Gradients and means are summed over all, so that every process makes the
same step from the same weights, which are never sent again (Li et al. 2020, "PyTorch Distributed").
"""

from collections.abc import Iterable
from typing import Protocol

import torch
from torch import Tensor


class World(Protocol):
    """What a step needs of the other processes.

    Attributes:
        rank: this process's number; 0 writes.
        size: how many there are.
    """

    rank: int
    size: int

    def add(self, tensors: Iterable[Tensor]) -> None:
        """Replace each tensor by its sum over all processes; all must call it, in the same order."""

    def mean(self, values: Tensor) -> Tensor:
        """(B,) to the mean over all processes' values, (), without a gradient."""

    def share(self, text: str) -> str:
        """What process 0 says here."""


class Alone:
    """One process."""

    rank, size = 0, 1

    def add(self, tensors: Iterable[Tensor]) -> None:
        """The sums are what they are."""

    def mean(self, values: Tensor) -> Tensor:
        """The mean."""
        with torch.no_grad():
            return values.mean()

    def share(self, text: str) -> str:
        """What is said."""
        return text


ALONE = Alone()
