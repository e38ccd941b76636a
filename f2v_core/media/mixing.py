"""Frames mixed at full size from two images and their moved copies, by maps that are smaller than the frames.

A frame is made in strips of rows that stay in the processor's cache, colours apart (OpenCV is several times as fast
on one channel as on three), on all cores; nothing of the size of a frame is kept but the images themselves.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from os import cpu_count
from typing import NamedTuple

import numpy as np

from f2v_core.frames import Frame, FramePair
from f2v_core.media.blending import accumulate, to_levels
from f2v_core.media.fitting import enlarge, resize_smooth
from f2v_core.media.optical_flow import Map, Way, read_at

STRIP_ROWS = 32
"""Rows of the frame made at once, about."""
LEAST = 1 / 512
"""A strip whose moved copy counts less than this everywhere is not moved: that is half a level of 255."""


class Shares(NamedTuple):
    """What a frame is mixed from, as maps (h, w) float32 of any one size.

    Attributes:
        trust: (2, h, w): how far the flow is followed where it agrees, for the first and for the last image.
        still: (2, h, w): how much of each image is added, unmoved, to what the cross-fade has of it.
        light: (3, h, w): what is added beside, in levels of 0..255, for each colour.
    """

    trust: Map
    still: Map
    light: Map


class Mixer:
    """Two images and the motion between them, ready to make frames at any time.

    Args:
        pair: the images, (H, W, 3) uint8.
        ways: where the first image's pixels went, and the last image's; each place of theirs is a square of `step`
            pixels of the images, which it may pass beyond on the right and below.
        step: see `ways`.
    """

    def __init__(self, pair: FramePair, ways: tuple[Way, Way], step: int) -> None:
        self._planes = [np.ascontiguousarray(np.moveaxis(image, -1, 0)) for image in (pair.first, pair.last)]
        self._ways, self._step = ways, step
        self._size = pair.size

    def frame(self, t: float, shares: Shares) -> Frame:
        """(H, W, 3) uint8: with A the first image where it is moved by t of its way, as far as trust and agreement go,
        and B the last image moved by 1 - t of its own, (1 - t) A + t B + still first + still last + light.
        """  # fmt: skip
        height, width = self._ways[0].agreement.shape
        planes = [plane for part in shares for plane in part]
        maps = list(_threads().map(lambda plane: resize_smooth(plane, (width, height)), planes))
        frame = np.empty((self._size[1], self._size[0], 3), np.uint8)
        rows = max(1, STRIP_ROWS // self._step)
        made = _threads().map(
            lambda top: self._make_strip(frame, t, maps, top, top + rows), range(0, height, rows)
        )
        for _ in made:  # raises what a strip raised
            pass
        return frame

    def _make_strip(self, frame: Frame, t: float, maps: Sequence[Map], top: int, bottom: int) -> None:
        """Write the rows of the frame that belong to rows `top` to `bottom` of the maps."""
        strip = _Strip.of(self._size, self._step, len(maps[0]), top, bottom)
        here = slice(strip.above, strip.below)
        trust, still, light = ([plane[here] for plane in part] for part in (maps[:2], maps[2:4], maps[4:]))
        total = [strip.enlarged(plane) for plane in light]
        for end, (time, share) in enumerate(((t, 1 - t), (1 - t, t))):
            planes, way = self._planes[end], self._ways[end]
            x, y, agreement = way.passing(time, here)
            moved = np.float32(share) * trust[end] * agreement
            rest = np.float32(share) + still[end] - moved
            accumulate(total, planes[:, strip.rows], strip.enlarged(rest))
            if np.abs(moved).max() >= LEAST:
                places = strip.places(x, y)
                accumulate(total, (read_at(plane, *places) for plane in planes), strip.enlarged(moved))
        to_levels(total, frame[strip.rows])


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

    def enlarged(self, values: Map) -> Map:
        """Rows `above` to `below` of a map at the frame's size: (rows, width), between the places by straight lines."""
        count = self.rows.stop - self.rows.start
        return enlarge(values, self.step)[self.skip : self.skip + count, : self.width]

    def places(self, x: Map, y: Map) -> tuple[Map, Map]:
        """Where in the image to read, in pixels, from offsets in places of the maps."""
        columns = np.arange(self.width, dtype=np.float32)
        rows = np.arange(self.rows.start, self.rows.stop, dtype=np.float32)[:, None]
        step = np.float32(self.step)
        return self.enlarged(x * step) + columns, self.enlarged(y * step) + rows


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cpu_count())
