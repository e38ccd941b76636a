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
SHADY = 50.0
"""Metres to which trees throw shadows."""
HAZES = 21
"""Degrees of haze that are told apart."""


@dataclass(frozen=True)
class Stand:
    """Trees on a slope, (N,) each; lengths in metres.

    Attributes:
        across, down: where they stand.
        tall: how high they are.
        kind: number of the picture that shows them.
    """

    across: Array
    down: Array
    tall: Array
    kind: NDArray[np.int64]

    def chosen(self, which: NDArray[np.int64]) -> "Stand":
        """Some of them."""
        return Stand(*(each[which] for each in vars(self).values()))

    def shadows(self, slope: Slope, sun: Array, place: Array) -> Array:
        """(n, 3, 3) triangles in the world that shadows fill on the slope, of trees near a place (3,)."""
        foot = slope.point(self.across, self.down)
        near = ((foot - place) ** 2).sum(1) < SHADY**2
        foot, tall = foot[near], self.tall[near]
        tip = slope.fallen(foot + tall[:, None] * np.array([0, 1.0, 0]), sun)
        toward = tip - foot
        aside = toward @ slope.axes[:2].T @ np.array([[0.0, 1.0], [-1.0, 0.0]]) @ slope.axes[:2]
        aside *= 0.17 * (tall / (np.linalg.norm(aside, axis=1) + 1e-9))[:, None]
        return np.stack([foot + 0.1 * toward + aside, tip, foot + 0.1 * toward - aside], 1)


class Forest:
    """Trees along both sides of a piste: single ones in front, groups behind them.

    Args:
        key: chooses the trees.
        width: of the piste in metres.
        dense: single trees on each side of a chunk.
        deep: metres from the piste into the forest; 0 for none but single trees.
        tall: of a usual tree, in metres.
    """

    def __init__(self, key: int, width: float, dense: float, deep: float, tall: float) -> None:
        self._key, self._width, self._dense, self._deep, self._tall = key, width, dense, deep, tall
        self._chunks: dict[int, Array] = {}

    def stand(self, first: float, last: float) -> Stand:
        """All trees between two places down the slope, in metres."""
        numbers = range(math.floor(first / CHUNK), math.floor(last / CHUNK) + 1)
        for number in numbers:
            if number not in self._chunks:
                self._chunks[number] = self._chunk(number)
        across, down, tall, kind = np.concatenate([self._chunks[number] for number in numbers]).T
        return Stand(across, down, tall, kind.astype(np.int64))

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
        stand: the trees.
        places: (N, 2) pixels of their feet.
        scale: (N,) pixels a metre.
        depth: (N,) metres ahead of the camera.
    """

    stand: Stand
    places: Array
    scale: Array
    depth: Array


def trees_in_view(stand: Stand, slope: Slope, camera: Camera, side: int, most: int) -> Seen:
    """Those that a camera sees, the `most` largest of them; none that would fill the frame."""
    foot = slope.point(stand.across, stand.down)
    places, scale = camera.project(foot, side)
    height, (x, y) = stand.tall * scale, places.T
    seen = (height > 0.03 * side) & (height < 2.2 * side) & (np.abs(x - side / 2) < side / 2 + 0.9 * height)
    index = np.flatnonzero(seen & (y > 0) & (y - height < side))
    index = index[np.argsort(-height[index])][:most]
    depth = (foot - camera.place) @ camera.axes[2]
    index = index[np.argsort(-depth[index])]
    return Seen(stand.chosen(index), places[index], scale[index], depth[index])


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
        height = float(seen.stand.tall[index] * seen.scale[index])
        x, y = seen.places[index].tolist()
        size = min(max(int(math.log2(TALL / height)), 0), SIZES - 1)
        tree = self._behind_haze(int(seen.stand.kind[index]), size, float(seen.depth[index]))
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
