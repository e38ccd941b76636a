"""The poster's baseline: a cross-fade."""

from collections.abc import Iterator, Sequence

from typing_extensions import override

from f2v_core.frames import Frame, FramePair
from f2v_core.generators.base import ClipGenerator
from f2v_core.media.blending import cross_fade


class Linear(ClipGenerator):
    """first + t (last - first), rounded to the nearest value; reaches the last image, unlike the poster's."""

    name = "linear"

    @override
    def between(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        for t in times:
            yield cross_fade(pair.first, pair.last, t)
