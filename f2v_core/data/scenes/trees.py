"""The forest beside a piste: where trees stand, and how they are drawn one by one."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.conifers import FOOT, GROUPS, SINGLE, SIZES, TALL
from f2v_core.data.scenes.light import Colour
from f2v_core.data.scenes.line import Slope
from f2v_core.media.warping import warp_affine

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
CHUNK = 16.0
"""Trees are drawn by lot for so many metres of the slope at a time."""
HAZE = 700.0
"""Metres over which the air hides two thirds."""
HAZES = 21
"""Degrees of haze that are told apart."""


@dataclass(frozen=True)
class Stand:
    """Trees on a slope, (N, ...) each; lengths in metres.

    Attributes:
        foot: (N, 3) where they stand in the world.
        tall: how high they are.
        kind: number of the picture that shows them.
        shadow: (N, 3, 3) corners of the triangles that their shadows fill on the slope.
    """

    foot: Array
    tall: Array
    kind: NDArray[np.int64]
    shadow: Array

    def chosen(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> "Stand":
        """Some of them."""
        return Stand(*(each[which] for each in vars(self).values()))

    def near(self, place: Array, reach: float) -> NDArray[np.bool_]:
        """(N,) which of them stand within so many metres of a place (3,)."""
        return np.asarray(((self.foot - place) ** 2).sum(1) < reach**2)


class Forest:
    """Trees along both sides of a piste: single ones in front, groups behind them.

    Args:
        key: chooses the trees.
        slope: what they stand on.
        sun: (3,) unit vector towards the sun, in the world.
        width: of the piste in metres.
        dense: single trees on each side of a chunk.
        deep: metres from the piste into the forest; 0 for none but single trees.
        tall: of a usual tree, in metres.
    """

    def __init__(
        self, key: int, slope: Slope, sun: Array, width: float, dense: float, deep: float, tall: float
    ) -> None:
        self._key, self._slope, self._sun = key, slope, sun
        self._width, self._dense, self._deep, self._tall = width, dense, deep, tall
        self._chunks: dict[int, Array] = {}
        self._stand: tuple[range, Stand] | None = None

    def stand(self, first: float, last: float) -> Stand:
        """All trees between two places down the slope, in metres."""
        numbers = range(math.floor(first / CHUNK), math.floor(last / CHUNK) + 1)
        if self._stand is None or self._stand[0] != numbers:
            self._stand = numbers, self._grown(numbers)
        return self._stand[1]

    def _grown(self, numbers: range) -> Stand:
        for number in numbers:
            if number not in self._chunks:
                self._chunks[number] = self._chunk(number)
        across, down, tall, kind = np.concatenate([self._chunks[number] for number in numbers]).T
        foot = self._slope.point(across, down)
        tip = self._slope.fallen(foot + tall[:, None] * np.array([0, 1.0, 0]), self._sun)
        toward = tip - foot
        aside = toward @ self._slope.axes[:2].T @ np.array([[0.0, 1.0], [-1.0, 0.0]]) @ self._slope.axes[:2]
        aside *= 0.17 * (tall / (np.linalg.norm(aside, axis=1) + 1e-9))[:, None]
        root = foot + 0.1 * toward
        return Stand(foot, tall, kind.astype(np.int64), np.stack([root + aside, tip, root - aside], 1))

    def _chunk(self, number: int) -> Array:
        """(n, 4) across, down, tall, kind."""
        rng = np.random.default_rng([self._key, number + 10**6])
        singles, groups = rng.poisson(2 * self._dense), 6 * (self._deep > 0)
        drawn = rng.random((singles + groups, 5))
        behind = np.arange(singles + groups) >= singles
        edge = self._width / 2 * (1 + 0.25 * math.sin(0.05 * number * CHUNK + self._key % 7))
        away = np.where(
            behind, self._deep * (0.5 + 0.5 * drawn[:, 1]), (4 + 0.6 * self._deep) * drawn[:, 1] ** 1.5
        )
        kind = np.where(behind, SINGLE + np.floor(GROUPS * drawn[:, 4]), np.floor(SINGLE * drawn[:, 4]))
        tall = self._tall * (0.55 + 0.75 * drawn[:, 3])
        side = np.where(drawn[:, 0] < 0.5, -1, 1)
        return np.stack([side * (edge + away), (number + drawn[:, 2]) * CHUNK, tall, kind], 1)


@dataclass(frozen=True)
class Seen:
    """Trees in a camera's view, from far to near.

    Attributes:
        tall, kind: (N,) as in `Stand`.
        places: (N, 2) pixels of their feet.
        scale: (N,) pixels a metre.
        depth: (N,) metres ahead of the camera.
    """

    tall: Array
    kind: NDArray[np.int64]
    places: Array
    scale: Array
    depth: Array


def trees_in_view(stand: Stand, camera: Camera, side: int, most: int) -> Seen:
    """Those that a camera sees, the `most` largest of them; none that would fill the frame."""
    places, scale = camera.project(stand.foot, side)
    height, (x, y) = stand.tall * scale, places.T
    seen = (height > 0.03 * side) & (height < 2.2 * side) & (np.abs(x - side / 2) < side / 2 + 0.9 * height)
    index = np.flatnonzero(seen & (y > 0) & (y - height < side))
    index = index[np.argsort(-height[index])][:most]
    depth = side * camera.focal / scale[index]
    order = np.argsort(-depth)
    index = index[order]
    return Seen(stand.tall[index], stand.kind[index], places[index], scale[index], depth[order])


class TreePainter:
    """Draws single trees.

    Args:
        pictures: what `tree_pictures` gives.
        horizon: colour of the haze before far trees.
    """

    def __init__(self, pictures: list[list[Floats]], horizon: Colour) -> None:
        self._pictures, self._horizon = pictures, horizon
        self._hazy: dict[tuple[int, int, int], Floats] = {}

    def draw(self, picture: Floats, seen: Seen, index: int) -> None:
        """Draw tree number `index` into (3, side, side), in place."""
        height = float(seen.tall[index] * seen.scale[index])
        x, y = seen.places[index].tolist()
        size = min(max(int(math.log2(TALL / height)), 0), SIZES - 1)
        tree = self._behind_haze(int(seen.kind[index]), size, float(seen.depth[index]))
        step, side = tree.shape[0] / height, picture.shape[1]
        left, top, width = x - tree.shape[1] / step / 2, y - FOOT * height, tree.shape[1] / step
        x0, x1 = max(0, math.floor(left)), min(side, math.ceil(left + width) + 1)
        y0, y1 = max(0, math.floor(top)), min(side, math.ceil(top + height) + 1)
        if x0 >= x1 or y0 >= y1:
            return
        onto = np.array([[step, 0, (x0 - left + 0.5) * step - 0.5], [0, step, (y0 - top + 0.5) * step - 0.5]])
        warped = warp_affine(tree, onto, (x1 - x0, y1 - y0)).transpose(2, 0, 1)
        spot = picture[:, y0:y1, x0:x1]
        spot *= warped[3]
        spot += warped[:3]

    def _behind_haze(self, kind: int, size: int, depth: float) -> Floats:
        """(h, w, 4): the picture of a kind of trees in one of `HAZES` degrees of haze; and what shows behind it."""
        degree = round((HAZES - 1) * (1 - math.exp(-depth / HAZE)))
        key = kind, size, degree
        if key not in self._hazy:
            tree, haze = self._pictures[kind][size], np.float32(degree / (HAZES - 1))
            cover = tree[..., 3:]
            self._hazy[key] = np.dstack(
                [(1 - haze) * tree[..., :3] + haze * self._horizon * cover, 1 - cover]
            )
        return self._hazy[key]
