"""Optical flow both ways: pixels travel from the first image to the last where their way is known."""

from collections.abc import Iterator, Sequence

from typing_extensions import override

from f2v_core.frames import Frame, FramePair
from f2v_core.generators.base import ClipGenerator
from f2v_core.media.blending import cross_fade
from f2v_core.media.optical_flow import dense_flow, positions, sample


class Flow(ClipGenerator):
    """Moves both images along their flow to time t and fades between them."""

    name = "flow"

    @override
    def between(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        if not times:
            return
        there, back = dense_flow(pair.first, pair.last), dense_flow(pair.last, pair.first)
        own = positions(pair.size)
        for t in times:
            a = sample(pair.first, own - t * there)
            b = sample(pair.last, own - (1 - t) * back)
            yield cross_fade(a, b, t)
