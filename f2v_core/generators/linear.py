"""Linear interpolation: the poster's baseline."""

from collections.abc import Iterator, Sequence

import numpy as np
from typing_extensions import override

from f2v_core.frames import Frame, FramePair
from f2v_core.generators.base import ClipGenerator


class Linear(ClipGenerator):
    """The cross-fade x(t) = first + t (last - first), rounded to the nearest level.

    The poster's x_i = first + (i / T)(last - first) stops one step short of the last image; with i / (T - 1) both
    ends are exact.
    """

    name = "linear"

    @override
    def between(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        first = pair.first.astype(np.float32)
        change = pair.last.astype(np.float32) - first
        for t in times:
            yield np.rint(first + np.float32(t) * change).astype(np.uint8)
