"""Dense motion between two frames, and moving pixels along it.

One convention throughout: a flow field is (H, W, 2) float32, (x, y) in pixels, and says where to *read*:
`warp(image, flow)` is the image whose pixel (x, y) is image(x + flow_x, y + flow_y). So
`warp(last, dense_flow(first, last))` looks like `first`.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import InputError
from f2v_core.frames import Frame
from f2v_core.media.blending import local_mean
from f2v_core.media.fitting import resize_array, resize_frame

Flow = NDArray[np.float32]
"""(H, W, 2) float32: (x, y) in pixels, where to read."""
Map = NDArray[np.float32]
"""(H, W) float32."""
Pixel = TypeVar("Pixel", np.uint8, np.float32)

LARGEST, SMALLEST = 512, 128
"""Motion is looked for between these many pixels on the short side: more finds little and costs time, and in small
pictures, enlarged up to twice, steps below a pixel are found better."""
FINE = 256
"""Up to this short side the search goes down to single pixels, above to every second one."""
PADDED = 32
"""OpenCV's search crashes the process on pictures of less than 16 pixels; below twice that we pad."""
MISS_SHARE, MISS_PIXELS = 0.3, 6.0
"""How far (squared) a round trip may end from home and still count half: this share of its way, and some pixels."""
NOTHING = -1e4
"""The look of what lies beyond the border: like nothing."""
LONGEST = 32_766
"""OpenCV's remap counts pixels in 16 bits."""


def dense_flow(first: Frame, last: Frame) -> Flow:
    """Find where each pixel of `first` went in `last`: first(p) is about last(p + flow(p)).

    Dense inverse search (Kroeger et al. 2016) on the greys, with its variational refinement.

    Args:
        first, last: (H, W, 3) uint8 of the same shape.

    Returns:
        (H, W, 2) float32 in pixels of the given frames.
    """
    import cv2  # noqa: PLC0415 - slow to import, and the window shows before it is needed

    height, width = first.shape[:2]
    short = min(height, width)
    scale = min(LARGEST / short, max(1.0, min(2.0, SMALLEST / short)))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0 if min(size) <= FINE else 1)
    found = cast("Flow", search.calc(_grey(first, size), _grey(last, size), None))  # type: ignore[call-overload]
    found = found[: size[1], : size[0]] * np.array([width / size[0], height / size[1]], np.float32)
    return resize_array(found, (width, height))


def _grey(frame: Frame, size: tuple[int, int]) -> NDArray[np.uint8]:
    """(h, w) greys at `size`, padded on the right and below where that is too small for the search."""
    import cv2  # noqa: PLC0415 - as above

    grey = cv2.cvtColor(resize_frame(frame, size), cv2.COLOR_RGB2GRAY)
    pad = max(0, PADDED - size[1]), max(0, PADDED - size[0])
    return cast("NDArray[np.uint8]", cv2.copyMakeBorder(grey, 0, pad[0], 0, pad[1], cv2.BORDER_REPLICATE))


def positions(size: tuple[int, int]) -> Flow:
    """(H, W, 2) float32: each pixel's own (x, y), for a `size` of (width, height)."""
    columns, rows = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))
    return np.stack([columns, rows], axis=-1)


def warp(image: NDArray[Pixel], flow: Flow) -> NDArray[Pixel]:
    """Read an image along a flow: output(x, y) = image(x + flow_x, y + flow_y), bilinear, the border repeated.

    Args:
        image: (H, W) or (H, W, C), uint8 or float32.
        flow: (H, W, 2) float32 in pixels.

    Raises:
        InputError: a side is longer than 32766 pixels.
    """
    return sample(image, positions((flow.shape[1], flow.shape[0])) + flow)


def sample(image: NDArray[Pixel], places: Flow) -> NDArray[Pixel]:
    """Read an image at places: output(x, y) = image(places(x, y)), bilinear, the border repeated.

    Like `warp`, for callers that keep `positions` and add to it.
    """
    return _read(image, places, None)


def read_at(plane: NDArray[Pixel], x: Map, y: Map, *, beyond: float | None = None) -> NDArray[Pixel]:
    """Read (H, W) at places x and y, (h, w) float32 each: as `sample`, several times as fast.

    `beyond` is the value outside the plane; without it the border is repeated.
    """
    return _read(plane, x, y, beyond)


def _read(
    image: NDArray[Pixel], places: Map, rows: Map | None, beyond: float | None = None
) -> NDArray[Pixel]:
    import cv2  # noqa: PLC0415 - as above

    if max(*image.shape[:2], *places.shape[:2]) > LONGEST:
        raise InputError(
            f"A picture of {image.shape[1]}x{image.shape[0]} pixels is too long to be moved.",
            f"Scale it down to {LONGEST} pixels or less.",
        )
    border = cv2.BORDER_REPLICATE if beyond is None else cv2.BORDER_CONSTANT
    value = beyond or 0.0
    out = cv2.remap(image, places, rows, cv2.INTER_LINEAR, borderMode=border, borderValue=value)  # type: ignore[arg-type]
    return cast("NDArray[Pixel]", out)


def agreement(there: Flow, back: Flow) -> NDArray[np.float32]:
    """How far two flows undo each other: (H, W, 2) twice to (H, W) in 0..1, at the places where `there` begins.

    1 where going there and back ends at home, 1/2 where it misses by what is just tolerated, falling to 0: covered and
    uncovered places, and those whose motion was not found.
    """
    returned = warp(back, there)
    missed = np.square(there + returned).sum(axis=-1)
    way = np.square(there).sum(axis=-1) + np.square(returned).sum(axis=-1)
    trust: NDArray[np.float32] = 1 / (1 + np.square(missed / (MISS_SHARE * way + MISS_PIXELS)))
    return trust


class Way(NamedTuple):
    """Where an image's pixels went, one plane for each quantity, (h, w) float32.

    Attributes:
        x, y: the flow in places of these planes.
        agreement: how far the flow back agrees, 0..1.
        look: the image's brightness in levels of 255.
    """

    x: Map
    y: Map
    agreement: Map
    look: Map

    def passing(self, time: float) -> "Way":
        """What passes through each place at a time since this image, 0..1.

        Its x and y are where to read the image, beside the place itself; agreement and look are those of that place.
        The flow there is looked for in two steps: at the place, and where that flow comes from. Beyond the border
        agreement goes on, and the look is `NOTHING`.
        """
        columns = np.arange(self.x.shape[1], dtype=np.float32)
        lines = np.arange(self.x.shape[0], dtype=np.float32)[:, None]
        back = np.float32(-time)
        places = back * self.x + columns, back * self.y + lines
        x, y = (back * read_at(flow, *places) for flow in (self.x, self.y))
        places = x + columns, y + lines
        look = read_at(self.look, *places, beyond=NOTHING)
        return Way(x, y, read_at(self.agreement, *places), look)


def find_ways(first: Frame, last: Frame) -> tuple[Way, Way]:
    """Look for the motion between two frames (H, W, 3) uint8: from the first to the last, and back.

    In larger frames agreement is that of a neighbourhood: what is moved has soft edges.
    """
    there, back = _threads().map(lambda ends: dense_flow(*ends), ((first, last), (last, first)))
    return _way(first, there, back), _way(last, back, there)


def _way(image: Frame, flow: Flow, other: Flow) -> Way:
    x, y = (np.ascontiguousarray(flow[..., axis]) for axis in (0, 1))
    soft = local_mean(agreement(flow, other), 4 * (min(x.shape) // FINE) + 1)
    grey = _grey(image, (x.shape[1], x.shape[0]))[: x.shape[0], : x.shape[1]]
    return Way(x, y, soft, grey.astype(np.float32))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)
