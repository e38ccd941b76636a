"""How a plume looks: heaps of ash in the light of the sun, in each other's shadow, and glowing from within."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.fluid import across, down
from f2v_core.data.scenes.light import Colour, Light
from f2v_core.data.scenes.noise import TILE, billow_tile
from f2v_core.data.scenes.planes import packed, tint, warped
from f2v_core.data.scenes.plume import LABELS, SIDE, VENT, Still, Vent
from f2v_core.media.warping import blur, remap, resize, warp_affine

Floats = NDArray[np.float32]
GLOW = np.array([1.0, 0.22, 0.03], np.float32)
"""Colour of hot gas, linear RGB."""
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
        self._index = np.arange(side, dtype=np.float32)
        self._tiles = [np.roll(billow_tile(), rng.integers(0, TILE, 2), (0, 1)) for _ in range(2)]

    def draw(self, still: Still, matrix: NDArray[np.float32], lava: Colour) -> tuple[Floats, Floats]:
        """The plume in one frame.

        Args:
            still: the plume.
            matrix: (2, 3), from pixels of the frame to the fluid's cells.
            lava: light of the lava at the vent, in linear RGB, on what is as far away as a tenth of the box.

        Returns:
            Its colour, (3, side, side) linear RGB, and how much it covers, (side, side) in 0..1.
        """
        ash, heat, depth, bulk = warped(self._volume(still), matrix, self._side)
        heaps = self._heaps(warped(still.labels, matrix, self._side), still.weights)
        x, y = matrix[0, 0] * self._index + matrix[0, 2], matrix[1, 1] * self._index + matrix[1, 2]
        away = np.sqrt(((x - self._origin[0]) ** 2)[None] + ((y - self._origin[1]) ** 2)[:, None])
        height = (
            np.float32(0.7 * BILLOW / LABELS * self._pixels) * away * heaps
            + np.float32(9 * self._pixels) * bulk
        )
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

    def _volume(self, still: Still) -> Floats:
        """(SIDE, SIDE, 4): ash, heat, ash on the way to the sun, and how thick the plume is, 0..1."""
        ash, heat = still.fields
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
        return np.asarray(np.minimum(heaps, 1, out=heaps))

    def _cover(self, ash: Floats, heaps: Floats) -> Floats:
        thin = np.exp(-5 * ash)
        dense = 1.6 * (1 - thin) - 0.55 * (1 - heaps) * (0.3 + thin)
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
