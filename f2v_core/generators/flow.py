"""Optical flow both ways: pixels travel from the first image to the last where their way is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from f2v_core.frames import Frame, FramePair
from f2v_core.generators.base import ClipGenerator
from f2v_core.media.blending import blend, cross_fade, local_mean
from f2v_core.media.fitting import resize_array, resize_frame
from f2v_core.media.optical_flow import agreement, dense_flow, positions, sample

Field = NDArray[np.float32]
"""(h, w), (h, w, 2) in pixels or (h, w, 3): float32 numbers on a grid of pixels."""

SHORT_SIDE = 256
"""Ways are worked out at this many pixels on the short side at most, and enlarged."""
UNLIKE = 30.0
"""Two ends of a way that differ by this many levels of 255 leave 1/e of the trust."""
CHANGE = 6.0
"""Places where the images differ by this many levels are moved at 63 %: those that do not change stay."""
NEIGHBOURS = 5
"""Ends are compared over squares of this many pixels."""
NOTHING = 1e-6


class Flow(ClipGenerator):
    """Both images are moved along their flow to time t and faded; where the flow is not to be trusted, only faded.

    A way is trusted as far as the flow there and the flow back agree (covered and uncovered places do not) and the
    two images look alike at its ends.
    """

    name = "flow"

    @override
    def between(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        ways, own = Ways.between(pair), positions(pair.size)
        for t in times:
            motion, trust = ways.at(t)
            trust = resize_array(trust, pair.size)
            motion = resize_array(motion * ways.scale, pair.size)
            moved = cross_fade(
                sample(pair.first, _add_scaled(own, motion, -t)),
                sample(pair.last, _add_scaled(own, motion, 1 - t)),
                t,
            )
            yield blend(moved, cross_fade(pair.first, pair.last, t), trust)


def _add_scaled(own: Field, motion: Field, factor: float) -> Field:
    places = motion * np.float32(factor)
    places += own
    return places


@dataclass(frozen=True)
class Ways:
    """The motion between two images on a small grid, and what is needed to know it at any time between them.

    Attributes:
        first, last: (h, w, 3) float32, the two images.
        there, back: (h, w, 3) float32: the flow from the first to the last and from the last to the first, in pixels
            of the grid, and how far each agrees with the other, 0..1.
        changed: (h, w) float32, 0 where the two images are the same, so that captions over a moving scene stay put.
        own: (h, w, 2) float32, each place's own coordinates.
        scale: (2,) float32: how many pixels of the images a pixel of the grid is.
    """

    first: Field
    last: Field
    there: Field
    back: Field
    changed: Field
    own: Field
    scale: Field

    @classmethod
    def between(cls, pair: FramePair) -> Self:
        """Find the flow both ways."""
        width, height = pair.size
        shrink = min(1.0, SHORT_SIDE / min(pair.size))
        size = max(1, round(width * shrink)), max(1, round(height * shrink))
        first, last = resize_frame(pair.first, size), resize_frame(pair.last, size)
        there, back, own = dense_flow(first, last), dense_flow(last, first), positions(size)
        from_first, from_last = first.astype(np.float32), last.astype(np.float32)
        return cls(
            from_first,
            from_last,
            np.dstack([there, agreement(there, back)]),
            np.dstack([back, agreement(back, there)]),
            1 - np.exp(_difference(from_first, from_last) / -CHANGE),
            own,
            np.array([width / size[0], height / size[1]], np.float32),
        )

    def at(self, t: float) -> tuple[Field, Field]:
        """What is at each place at time t: (h, w, 2) its whole motion from first to last; (h, w) trust in it, 0..1.

        Two guesses are weighed: what comes from the first image, and what is on its way to the last.
        """
        coming = self._passing(self.there, t)
        going = self._passing(self.back, 1 - t)
        going[..., :2] *= -1
        trust_coming = coming[..., 2] * self._likeness(coming[..., :2], t)
        trust_going = going[..., 2] * self._likeness(going[..., :2], t)
        weight_coming, weight_going = (1 - t) * trust_coming + NOTHING, t * trust_going + NOTHING
        share = (weight_coming / (weight_coming + weight_going))[..., None]
        motion = going[..., :2] + share * (coming[..., :2] - going[..., :2])
        return motion, self.changed * np.maximum(trust_coming, trust_going)

    def _passing(self, flow: Field, t: float) -> Field:
        """The flow and agreement of what passes through each place p at t: at q with q + t flow(q) = p, nearly."""
        start = self.own - np.float32(t) * flow[..., :2]
        start = self.own - np.float32(t) * sample(flow, start)[..., :2]
        return sample(flow, start)

    def _likeness(self, motion: Field, t: float) -> Field:
        """How alike the images are where a motion begins and ends, 0..1."""
        first = sample(self.first, self.own - np.float32(t) * motion)
        last = sample(self.last, self.own + np.float32(1 - t) * motion)
        likeness: Field = np.exp(_difference(first, last) / -UNLIKE)
        return likeness


def _difference(first: Field, last: Field) -> Field:
    """(h, w) float32: levels between two (h, w, 3) images in the worst colour, over each place's neighbourhood."""
    red, green, blue = np.moveaxis(np.abs(first - last), 2, 0)
    return local_mean(np.maximum(np.maximum(red, green), blue), NEIGHBOURS)  # 30 times as fast as max(axis=2)
