"""How a plume looks: heaps of ash in the light of the sun, in each other's shadow, and glowing from within."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.fluid import across, down
from f2v_core.data.scenes.light import Colour, Light
from f2v_core.data.scenes.noise import TILE, billow_tile
from f2v_core.data.scenes.planes import lay_over, packed, tint, warped
from f2v_core.data.scenes.plume import TRACE, Still
from f2v_core.data.scenes.vent import LABELS, SIDE, VENT, Vent
from f2v_core.media.warping import blur, remap, resize, warp_affine

Floats = NDArray[np.float32]
GLOW = np.array([1.0, 0.22, 0.03], np.float32)
"""Colour of hot gas, linear RGB."""
EDGE = 0.15
"""Share of the box over which ash is lost to sight."""
COARSE = 3.0
"""Pixels of the frame across a cell, above which cells are divided."""
FINER = 4
"""Into so many on each side."""
BILLOW = 17.0
"""How wide the large heaps of the billow texture are, in its pixels."""


@dataclass(frozen=True)
class Ash:
    """What a plume is made of.

    Attributes:
        albedo: its colour in linear RGB: black ash to white steam.
        density: how soon it hides what is behind it, about 1..8.
        shadow: how soon sunlight is lost on its way through.
        glow: how bright the hot gas shines by itself.
    """

    albedo: Colour
    density: float
    shadow: float
    glow: float


class Smoke:
    """Draws plumes; one for each clip.

    Args:
        rng: random numbers.
        vent, ash, light: what there is to draw.
        side: the frame's side in pixels.
        cells: how many of the fluid's cells lie along the frame's side.
    """

    def __init__(
        self, rng: np.random.Generator, vent: Vent, ash: Ash, light: Light, side: int, cells: float
    ) -> None:
        self._ash, self._light, self._side = ash, light, side
        self._pixels = side / cells
        self._origin = (VENT[0] * SIDE, (VENT[1] + vent.radius / vent.spread) * SIDE)
        self._vent = (VENT[0] * SIDE, VENT[1] * SIDE)
        cell = np.arange(SIDE)
        edge = np.minimum(np.minimum(cell, cell[::-1]) / (EDGE * SIDE), 1).astype(np.float32)
        self._inside = np.minimum(edge[:, None], edge) ** 1.5  # ash thins out where the fluid's box ends
        self._tiles = [np.roll(billow_tile(), rng.integers(0, TILE, 2), (0, 1)) for _ in range(2)]

    def draw(self, picture: Floats, still: Still, matrix: Floats, lava: Colour) -> Floats:
        """Lay the plume over a frame, in place.

        Args:
            picture: (3, side, side) linear RGB.
            still: the plume.
            matrix: (2, 3), from pixels of the frame to the fluid's cells.
            lava: light of the lava at the vent, in linear RGB, on what is as far away as a tenth of the box.

        Returns:
            (side, side), how much it covers, 0..1.
        """
        covers = np.zeros(picture.shape[1:], np.float32)
        left, top, right, bottom = self._extent(still.fields[0], matrix)
        if left < right and top < bottom:
            matrix = matrix.copy()
            matrix[:, 2] += matrix[:, :2] @ (left, top)
            colour, cover = self._part(still, matrix, (right - left, bottom - top), lava)
            lay_over(picture[:, top:bottom, left:right], colour, cover)
            covers[top:bottom, left:right] = cover
        return covers

    def _extent(self, ash: Floats, matrix: Floats) -> tuple[int, int, int, int]:
        """The part of the frame in which there is ash: left, top, right, bottom in pixels."""
        dusty = ash > TRACE
        columns, rows = np.flatnonzero(dusty.any(0)), np.flatnonzero(dusty.any(1))
        if not rows.size:
            return 0, 0, 0, 0
        low, high = np.array([columns[0], rows[0]]) - 1, np.array([columns[-1], rows[-1]]) + 1
        corners = np.array([low, high, (low[0], high[1]), (high[0], low[1])])
        places = (corners - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
        first = np.maximum(np.floor(places.min(0)), 0).astype(int)
        last = np.minimum(np.ceil(places.max(0)) + 1, self._side).astype(int)
        return int(first[0]), int(first[1]), int(last[0]), int(last[1])

    def _part(
        self, still: Still, matrix: Floats, size: tuple[int, int], lava: Colour
    ) -> tuple[Floats, Floats]:
        """Colour (3, h, w) and cover (h, w) of a part of the frame of a size (w, h)."""
        ash, heat, depth, bulk = self._seen(self._volume(still), matrix, size)
        heaps = self._heaps(self._seen(still.labels, matrix, size), still.weights)
        x = matrix[0, 0] * np.arange(size[0], dtype=np.float32) + matrix[0, 2]
        y = matrix[1, 1] * np.arange(size[1], dtype=np.float32) + matrix[1, 2]
        away = np.sqrt(((x - self._origin[0]) ** 2)[None] + ((y - self._origin[1]) ** 2)[:, None])
        height = np.float32(0.7 * BILLOW / LABELS * self._pixels) * away * heaps
        height += np.float32(9 * self._pixels) * bulk
        dx, dy = across(height), down(height)
        inverse = 1 / np.sqrt(dx * dx + dy * dy + 1)
        dx *= inverse
        dy *= inverse
        colour = self._daylight(dx, dy, inverse, heaps, depth)
        if lava.any():
            colour += tint(self._lava_light(x, y, dx, dy), self._ash.albedo * lava)
        if self._ash.glow:
            colour += tint(np.float32(self._ash.glow) * heat**4 * heaps, GLOW)
        return colour, self._cover(ash, heaps)

    def _seen(self, picture: Floats, matrix: Floats, size: tuple[int, int]) -> Floats:
        """(4, h, w): what is known for each cell, smoothly where cells are large; edges of cells would show."""
        if self._pixels > COARSE:
            picture = blur(resize(picture, (FINER * SIDE, FINER * SIDE)), 0.6 * FINER)
            matrix = FINER * matrix
            matrix[:, 2] += (FINER - 1) / 2
        return warped(picture, matrix, size)

    def _volume(self, still: Still) -> Floats:
        """(SIDE, SIDE, 4): ash, heat, ash on the way to the sun, and how thick the plume is, 0..1."""
        ash, heat = still.fields * self._inside
        half, full = (SIDE // 2, SIDE // 2), (SIDE, SIDE)
        toward = np.array([self._light.sun[0], -self._light.sun[1]])
        toward /= np.hypot(*toward) + 1e-6
        coarse = resize(ash, half)
        depth, stride = 2 * coarse, 1.0
        for _ in range(4):  # the sum over 32 cells, by doubling
            shift = np.array([[1, 0, toward[0] * stride], [0, 1, toward[1] * stride]], np.float32)
            depth = depth + warp_affine(depth, shift, half)
            stride *= 2
        bulk = np.sqrt(1 - np.exp(-4 * blur(coarse, 0.75)))
        return packed(ash, heat, resize(depth, full), resize(bulk, full))

    def _heaps(self, labels: Floats, weights: tuple[float, float]) -> Floats:
        """Height of the heaps, about 0..1, from the two textures that drift along."""
        mean = 0.55
        scale = 1 / np.hypot(*weights)  # keeps the contrast while the two blend
        one, other = weights[0] * scale, weights[1] * scale
        heaps = np.float32(one) * remap(self._tiles[0], labels[0], labels[1])
        heaps += np.float32(other) * remap(self._tiles[1], labels[2], labels[3])
        heaps += np.float32(mean * (1 - one - other))
        return heaps

    def _cover(self, ash: Floats, heaps: Floats) -> Floats:
        thin = np.exp(-5 * ash)
        dense = 1.6 * (1 - thin) - 0.55 * np.maximum(1 - heaps, 0) * (0.3 + thin)
        return 1 - np.exp(np.float32(-2.2 * self._ash.density) * np.maximum(dense, 0))

    def _daylight(self, x: Floats, y: Floats, front: Floats, heaps: Floats, depth: Floats) -> Floats:
        """Sun and sky on the heaps; the sun comes through thin ash, the sky less into the creases."""
        right, up, near = (float(each) for each in self._light.sun)
        facing = 0.15 + 0.85 * (max(near, 0.12) * front - right * x + up * y)
        direct = np.clip(facing, 0, 1) * (0.12 + 0.88 * np.exp(np.float32(-self._ash.shadow) * depth))
        sky = (0.35 + 0.65 * heaps) * (0.6 + 0.4 * y)
        albedo = self._ash.albedo
        return tint(direct, albedo * self._light.sunlight) + tint(sky, albedo * self._light.ambient)

    def _lava_light(self, x: Floats, y: Floats, dx: Floats, dy: Floats) -> Floats:
        """Light from the vent: it fades with the square of the distance, and falls on what faces it."""
        right, below = (x - self._vent[0])[None], (y - self._vent[1])[:, None]
        squared = right * right + below * below + 9
        facing = 0.5 + 0.5 * (dx * right + dy * below) / np.sqrt(squared)
        return np.asarray(np.maximum(facing, 0) * ((SIDE / 10) ** 2 / (squared + 9)), np.float32)
