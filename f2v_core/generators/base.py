"""The contract of everything that makes clips: exact ends, any times, any size, lazily."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

import numpy as np

from f2v_core.frames import Clip, Frame, FramePair, check_times, frame_times


class ClipGenerator(ABC):
    """A method that makes the video between two frames.

    Attributes:
        name: how it is asked for, such as "linear".
    """

    name: str

    def frames(self, pair: FramePair, times: Sequence[float], seed: int = 0) -> Iterator[Frame]:
        """One frame for each time, made when it is asked for; closing the iterator cancels.

        Time 0 gives exactly `pair.first`, time 1 exactly `pair.last`. Times may come in any order and repeat.

        Args:
            times: places in 0..1.
            seed: starts whatever is random; the same seed gives the same frames.

        Raises:
            InputError: a time outside 0..1.
        """
        check_times(times)
        return self._frames(pair, times, seed)

    def clip(self, pair: FramePair, count: int, fps: float, seed: int = 0) -> Clip:
        """All frames at once, evenly spaced from the first image to the last: (count, H, W, 3) uint8.

        Raises:
            InputError: fewer than two frames, or a rate that is not positive.
        """
        times = frame_times(count).tolist()
        return Clip(np.stack(list(self.frames(pair, times, seed))), fps)

    @abstractmethod
    def between(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        """One frame of the pair's size for each time, all inside 0..1, in the order asked for."""

    def _frames(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        inner = self.between(pair, [t for t in times if 0 < t < 1], seed)
        ends = {0.0: pair.first, 1.0: pair.last}
        for t in times:
            yield ends[t].copy() if t in ends else next(inner)
