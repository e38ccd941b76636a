"""The random numbers of a step, drawn for each clip by itself.

Which they are follows from the run's seed, the batch's number and the clip's place in it, and from nothing else: so
training goes on exactly from a checkpoint, and does the same however a batch is divided among processes and portions.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

_SHARED = -1
_PRIME, _MASK = 0x9E3779B97F4A7C15, (1 << 63) - 1


class Draws:
    """Random numbers for some clips of a batch; they are drawn on the CPU, the same on every device."""

    def __init__(self, seed: int, batch: int, clips: Sequence[int]) -> None:
        """`batch`: the batch's number in the run; `clips`: places of the clips in the whole batch."""
        self._shared = _generator(seed, batch, _SHARED)
        self._each = [_generator(seed, batch, clip) for clip in clips]

    def normal(self, *shape: int) -> Tensor:
        """(clips, *shape) from N(0, 1)."""
        return self._stack(torch.randn, shape)

    def uniform(self, *shape: int) -> Tensor:
        """(clips, *shape) from 0..1."""
        return self._stack(torch.rand, shape)

    def shared(self) -> float:
        """One number from 0..1, the same for every clip of the batch."""
        return float(torch.rand((), generator=self._shared))

    def _stack(self, draw: Callable[..., Tensor], shape: tuple[int, ...]) -> Tensor:
        return torch.stack([draw(shape, generator=each) for each in self._each])


def _generator(*numbers: int) -> torch.Generator:
    """A generator whose seed is a hash of the numbers (as in splitmix64): neighbours share nothing."""
    mixed = 0
    for number in numbers:
        mixed = (mixed ^ (number & _MASK)) * _PRIME & _MASK
        mixed ^= mixed >> 29
    return torch.Generator().manual_seed(mixed)
