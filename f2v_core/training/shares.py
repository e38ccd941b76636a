"""A batch in portions: those of this process, one after the other where the memory holds no more at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

from f2v_core.models.view import View
from f2v_core.training.draws import Draws


@dataclass(frozen=True, eq=False)
class Share:
    """Some clips of a batch.

    Attributes:
        video: (B, T, 3, H, W) float in 0..1 with all T frames.
        draws: their random numbers.
        first: the place of the first of them in the whole batch.
        whole: how many clips the whole batch has.
    """

    video: Tensor
    draws: Draws
    first: int
    whole: int

    @property
    def weight(self) -> float:
        """Its part of the whole batch, 0..1."""
        return len(self.video) / self.whole

    @cached_property
    def view(self) -> View:
        """The clips' first and last frames; what was found of them serves all that look at this share."""
        return View(self.video[:, 0], self.video[:, -1])

    def before(self, place: int) -> int:
        """How many of its clips stand before a place in the whole batch."""
        return min(max(place - self.first, 0), len(self.video))


NextBatch = Callable[[], list[Share]]
"""Gives this process's shares of the next batch."""


def divide(
    video: Tensor, portions: int, seed: int, batch: int, *, first: int = 0, whole: int = 0
) -> list[Share]:
    """The clips of this process in so many shares of about the same size, none of them empty.

    Args:
        video: (B, T, 3, H, W).
        portions: how many shares; at most one for each clip.
        seed, batch: the run's seed and the batch's number.
        first, whole: the place of the first clip in the whole batch, and its size; 0: all is here.
    """
    shares, place = [], first
    for part in video.tensor_split(min(portions, len(video))):
        draws = Draws(seed, batch, range(place, place + len(part)))
        shares.append(Share(part, draws, place, whole or len(video)))
        place += len(part)
    return shares
