"""A clip in the making, and what can be measured of it while it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan, nan, sqrt
from typing import TYPE_CHECKING

from f2v_core.frames import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(eq=False)
class ClipState:
    """A clip in the making.

    Attributes:
        model: the name that the worker knows.
        frames: (N, H, W, 3) uint8, of which the first `made` are there.
        fps: frames per second.
        seconds: how long it took, when done.
        error: (message, remedy) when it failed.
        ended: whether nothing more will come.
        changes: mean absolute change of each frame from the one before, in levels of 0 to 255; NaN where unknown.
        distances: L2 distance of each frame to the truth's, as `evaluation.metrics.l2_distance`; NaN where unknown.
    """

    model: str
    frames: NDArray[np.uint8]
    fps: float
    made: int = 0
    seconds: float | None = None
    error: tuple[str, str] | None = None
    ended: bool = False
    changes: list[float] = field(init=False)
    distances: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.changes, self.distances = [nan] * self.count, [nan] * self.count

    @classmethod
    def whole(cls, model: str, frames: NDArray[np.uint8], fps: float) -> ClipState:
        """A clip that is there already, (N, H, W, 3) uint8."""
        state = cls(model, frames, fps, made=len(frames), ended=True)
        for index in range(1, len(frames)):
            state._measure_change(index)
        return state

    def put(self, index: int, frame: Frame) -> None:
        """Take a frame, which is the next one, and measure how it changed."""
        self.frames[index] = frame
        self.made = index + 1
        if index:
            self._measure_change(index)

    def _measure_change(self, index: int) -> None:
        from f2v_core.media.comparing import sum_of_changes  # noqa: PLC0415 - the window shows before numpy is there

        frame = self.frames[index]
        self.changes[index] = sum_of_changes(frame, self.frames[index - 1]) / frame.size

    def measure(self, truth: ClipState) -> None:
        """Measure those frames that are not yet, and that the truth has too."""
        from f2v_core.media.comparing import sum_of_squares  # noqa: PLC0415 - as above

        for index in range(min(self.made, truth.made)):
            if isnan(self.distances[index]):
                squared = sum_of_squares(self.frames[index], truth.frames[index])
                self.distances[index] = sqrt(squared) / 255

    @property
    def change(self) -> float | None:
        """Mean of `changes`; None while the clip is not complete."""
        known = self.changes[1:]
        return sum(known) / len(known) if self.complete and known else None

    @property
    def distance(self) -> float | None:
        """L2 distance of the whole clip to the truth; None while it is not complete, or without a truth."""
        squared = sum(each * each for each in self.distances)
        return sqrt(squared) if squared >= 0 and self.complete else None

    @property
    def count(self) -> int:
        """How many frames it is to have."""
        return len(self.frames)

    @property
    def complete(self) -> bool:
        """Whether all frames are there."""
        return self.made == self.count

    def frame_at(self, index: int) -> Frame | None:
        """Frame `index`, or the newest one while that is still to come; None before the first."""
        return self.frames[min(index, self.made - 1)] if self.made else None
