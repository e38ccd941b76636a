"""The contract that every method of making a clip keeps."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np

from f2v_core.errors import InputError
from f2v_core.frames import Clip, Frame, FramePair, check_times, frame_times


class ClipGenerator(ABC):
    """A method that makes the frames between two images.

    Whatever the method: at t = 0 stands exactly the first image, at t = 1 exactly the last one; the same pair,
    times and seed give the same frames; frames are made one by one as they are asked for.

    Attributes:
        name: what `--model` calls it.
    """

    name: str

    @abstractmethod
    def between(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        """Make one frame of the pair's shape for each of the inner `times` (0 < t < 1), in their order, lazily.

        Times may repeat and come in any order. Closing the iterator must end the work.
        """

    def frames(self, pair: FramePair, times: Sequence[float], seed: int = 0) -> Iterator[Frame]:
        """Make one frame for each of the times, in their order; closing the iterator cancels.

        Args:
            pair: the two images.
            times: places between them, each in 0..1.
            seed: starts the random numbers of methods that have any.

        Yields:
            (H, W, 3) uint8 of the pair's shape; copies of the images themselves at t = 0 and t = 1.

        Raises:
            InputError: a time outside 0..1; at once, not at the first frame.
        """
        places = [float(t) for t in times]
        check_times(places)
        return self._frames(pair, places, seed)

    def _frames(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        inner = [t for t in times if 0.0 < t < 1.0]
        with closing(self.between(pair, inner, seed)) as made:  # type: ignore[type-var]
            for t in times:
                if 0.0 < t < 1.0:
                    yield next(made)
                else:
                    yield (pair.first if t == 0.0 else pair.last).copy()

    def clip(self, pair: FramePair, count: int, fps: float, seed: int = 0) -> Clip:
        """Make a whole clip of `count` evenly placed frames that plays at `fps` frames per second.

        Raises:
            InputError: fewer than 2 frames, or a rate that is not above 0.
        """
        times = frame_times(count).tolist()
        if not fps > 0:
            raise InputError(f"A clip of {fps} frames per second cannot play.", "Give a rate above 0.")
        frames = np.empty((count, *pair.first.shape), np.uint8)
        for index, frame in enumerate(self.frames(pair, times, seed)):
            frames[index] = frame
        return Clip(frames, fps)
