"""Frames mixed at full size from two images and their moved copies, by maps that are smaller than the frames.

A frame is made in strips of rows that stay in the processor's cache, colours apart (OpenCV is several times as fast
on one channel as on three), on all cores; nothing of the size of a frame is kept but the images themselves.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from os import cpu_count
from typing import NamedTuple

import numpy as np

from f2v_core.frames import Frame, FramePair
from f2v_core.media.blending import accumulate, local_mean, to_levels
from f2v_core.media.fitting import enlarge, resize_array, resize_smooth
from f2v_core.media.optical_flow import Map, Way, read_at

STRIP_ROWS = 32
"""Rows of the frame made at once, about."""
UNLIKE = 16.0
"""Looks that differ by this many levels of 255 leave 1/e of the certainty."""
COARSE = 256
"""Certainty is soft: it is worked out on maps of less than twice this short side."""
NEAR, FAR = 100, 32
"""The short side through half of this: over how many places looks are compared and certainty is softened, and over how
many it fades towards what comes from beyond a border."""
DOUBTFUL, SURE = 0.3, 0.7
"""Agreement both ways times likeness: up to the first a motion is not certain at all, from the second it is."""
SMALL = 128 * 128
"""Frames of fewer pixels are made faster than threads take them over."""
LEAST = 1 / 512
"""A strip whose moved copy counts less than this everywhere is not moved: that is half a level of 255."""


class Shares(NamedTuple):
    """What a frame is mixed from, as maps (h, w) float32 of any one size.

    Attributes:
        trust: (2, h, w): how far the flow is followed where it agrees, for the first and for the last image.
        still: (2, h, w): how much of each image is added, unmoved, to what the cross-fade has of it.
        light: (3, h, w): what is added beside, in levels of 0..255, for each colour.
        free: (2, h, w): how much of each image is added, moved where its flow agrees, whatever the trust, and else
            as it is; None: nothing.
    """

    trust: Map
    still: Map
    light: Map
    free: Map | None = None


class Mixer:
    """Two images and the motion between them, ready to make frames at any time.

    Args:
        pair: the images, (H, W, 3) uint8.
        ways: where the first image's pixels went, and the last image's; each place of theirs is a square of `step`
            pixels of the images, which it may pass beyond on the right and below.
        step: see `ways`.
        certain: how far motion that is certain is followed whatever the shares say, 0..1.
    """

    def __init__(self, pair: FramePair, ways: tuple[Way, Way], step: int, certain: float = 0.0) -> None:
        self._planes = [np.ascontiguousarray(np.moveaxis(image, -1, 0)) for image in (pair.first, pair.last)]
        self._ways, self._step, self._certain = ways, step, certain
        self._size = pair.size

    def frame(self, t: float, shares: Shares) -> Frame:
        """(H, W, 3) uint8: with A the first image where it is moved by t of its way, as far as trust and agreement go,
        and B the last image moved by 1 - t of its own, (1 - t) A + t B + still first + still last + light, and free of
        either, moved as far as agreement alone goes; where the motion is certain, the cross-fade of both images moved
        all the way.
        """  # fmt: skip
        height, width = self._ways[0].agreement.shape
        planes = [plane for part in shares if part is not None for plane in part]
        each = map if self._size[0] * self._size[1] < SMALL else _threads().map
        maps = list(each(lambda plane: resize_smooth(plane, (width, height)), planes))
        came = list(each(Way.passing, self._ways, (t, 1 - t)))
        certain = certainty(*came) if self._certain else np.zeros((height, width), np.float32)
        certain *= np.float32(self._certain)
        uncertain = 1 - certain
        light = list(each(lambda plane: plane * uncertain, maps[4:7]))
        free = maps[7:] or [np.zeros((), np.float32)] * 2
        agreements = [way.agreement for way in came]
        weights = [np.float32(1 - t), np.float32(t)]
        parts = list(each(_weigh, weights, maps[:2], maps[2:4], free, agreements, [certain, certain]))
        moves = list(
            each(np.multiply, [plane for way in came for plane in way[:2]], [np.float32(self._step)] * 4)
        )
        frame = np.empty((self._size[1], self._size[0], 3), np.uint8)
        rows = max(1, STRIP_ROWS // self._step)

        def make(top: int) -> None:
            strip = _Strip.of(self._size, self._step, height, top, top + rows)
            total = [strip.enlarged(plane) for plane in light]
            for image, x, y, (rest, moved) in zip(self._planes, moves[::2], moves[1::2], parts, strict=True):
                accumulate(total, image[:, strip.rows], strip.enlarged(rest))
                if np.abs(moved[strip.here]).max() >= LEAST:
                    places = strip.places(x, y)
                    accumulate(total, (read_at(plane, *places) for plane in image), strip.enlarged(moved))
            to_levels(total, frame[strip.rows])

        for _ in each(make, range(0, height, rows)):  # raises what a strip raised
            pass
        return frame


def _weigh(
    share: np.float32, trust: Map, still: Map, free: Map, agreement: Map, certain: Map
) -> tuple[Map, Map]:
    """How much of an image's share it has as it is, and moved."""
    trusted = trust * agreement
    trusted *= share
    rest = still - trusted
    rest += share + free * (1 - agreement)
    rest -= certain * rest
    trusted += free * agreement
    moved = share - trusted
    moved *= certain
    moved += trusted
    return rest, moved


def certainty(one: Way, other: Way) -> Map:
    """Where what comes from the first image is surely what goes to the last: (h, w) in 0..1, without sharp edges.

    Both flows agree with each other there, what they bring looks the same, and neither comes from beyond a border.
    """
    height, width = one.look.shape
    every = max(1, min(height, width) // COARSE)
    agreements, looks = (
        [plane[::every, ::every] for plane in part] for part in zip(one[2:], other[2:], strict=True)
    )
    short = min(looks[0].shape)
    near, far = 2 * (short // NEAR) + 1, 2 * (short // FAR) + 1
    apart = local_mean(np.minimum(np.abs(looks[0] - looks[1]), 255), near)
    sure = agreements[0] * agreements[1] * np.exp(apart / -UNLIKE)
    sure = local_mean(np.clip((sure - DOUBTFUL) / (SURE - DOUBTFUL), 0, 1), near)
    inside = np.minimum(looks[0], looks[1]) >= 0
    sure *= np.maximum(2 * local_mean(inside.astype(np.float32), far) - 1, 0)
    return resize_array(sure, (width, height))


class _Strip(NamedTuple):
    """Rows of a frame, and the rows of the maps that they are enlarged from: one more above and below.

    Attributes:
        rows: of the frame. above, below: first row of the maps, and the one after the last.
        skip: rows that enlarging gives too many above. step, width: of the frame.
    """

    rows: slice
    above: int
    below: int
    skip: int
    step: int
    width: int

    @classmethod
    def of(cls, size: tuple[int, int], step: int, height: int, top: int, bottom: int) -> "_Strip":
        above, below = max(top - 1, 0), min(bottom + 1, height)
        rows = slice(top * step, min(bottom * step, size[1]))
        return cls(rows, above, below, (top - above) * step, step, size[0])

    @property
    def here(self) -> slice:
        """The rows of the maps."""
        return slice(self.above, self.below)

    def enlarged(self, values: Map) -> Map:
        """A map's part at the frame's size: (rows, width), between the places by straight lines."""
        count = self.rows.stop - self.rows.start
        return enlarge(values[self.here], self.step)[self.skip : self.skip + count, : self.width]

    def places(self, x: Map, y: Map) -> tuple[Map, Map]:
        """Where in the image to read, from maps of offsets, all in pixels."""
        columns = np.arange(self.width, dtype=np.float32)
        rows = np.arange(self.rows.start, self.rows.stop, dtype=np.float32)[:, None]
        return self.enlarged(x) + columns, self.enlarged(y) + rows


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cpu_count())
