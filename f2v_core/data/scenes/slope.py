"""A slope of snow in perspective: groomed or deep, with waves that the sun picks out, shadows, and tracks."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.line import Slope
from f2v_core.data.scenes.noise import TILE, cloud_tile
from f2v_core.data.scenes.planes import tint
from f2v_core.media.warping import remap

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
FINE, COARSE = 0.08, 0.7
"""Metres per pixel of the two textures of the snow."""
FAR = 1500.0
"""Metres: what is farther counts as being there."""
ALBEDO = np.array([0.84, 0.86, 0.89], np.float32)


class Ground(NamedTuple):
    """Where the rays of the pixels meet the slope, (side, side) float32 each.

    Attributes:
        cover: how much of the pixel shows the slope, 0..1.
        across, down: metres to the right and down the fall line.
        depth: metres ahead of the camera.
    """

    cover: Floats
    across: Floats
    down: Floats
    depth: Floats


def look_down(camera: Camera, slope: Slope, side: int) -> Ground:
    """Meet the slope with the rays of all pixels."""
    base, right, below = camera.direction(side)
    index = np.arange(side)

    def along(axis: Array) -> Floats:
        rows, columns = base @ axis + index * (below @ axis), index * (right @ axis)
        return np.asarray(rows[:, None] + columns[None], np.float32)

    sinking = -along(slope.normal)
    steep = float(np.hypot(right @ slope.normal, below @ slope.normal))
    height = max(float(camera.place @ slope.normal), 0.1)
    depth = np.float32(height) / np.maximum(sinking, np.float32(height / FAR))
    across = np.float32(camera.place[0]) + depth * along(np.array([1.0, 0, 0]))
    down = np.float32(camera.place @ slope.down) + depth * along(slope.down)
    cover = np.minimum(np.maximum(sinking / np.float32(steep) + np.float32(0.5), 0), 1)
    return Ground(*(np.asarray(each, np.float32) for each in (cover, across, down, depth)))


class Snow:
    """The surface of a slope, lit by the sun.

    Args:
        rng: random numbers.
        slope: its plane.
        light: colours of sun and sky.
        sun: (3,) unit vector towards the sun, in the world.
        groomed: 1 for a fresh piste .. 0 for deep snow.
    """

    def __init__(
        self, rng: np.random.Generator, slope: Slope, light: Light, sun: Array, groomed: float
    ) -> None:
        toward = np.array([sun[0], sun @ slope.down, max(float(sun @ slope.normal), 0.12)])
        self._level = np.float32(toward[2])
        self._light = light
        y, x = np.mgrid[:TILE, :TILE]
        ribs = np.sin(2 * np.pi * x * 40 / TILE) + 0.8 * np.sin(2 * np.pi * x * 4 / TILE + 0.02 * y)
        lumps = cloud_tile(1.25, int(rng.integers(3))) * rng.uniform(0.02, 0.06) * (1.15 - groomed)
        self._fine = _sunlit(0.008 * groomed * ribs + lumps, FINE, toward)
        waves = cloud_tile(1.55, int(rng.integers(3))) * rng.uniform(0.5, 1.3)
        self._coarse = _sunlit(waves, COARSE, toward)

    def draw(self, ground: Ground, camera: Camera, shadow: Floats, groove: Floats) -> Floats:
        """(3, side, side) linear RGB of the snow; shadow and groove are (side, side), 0..1."""
        side = ground.depth.shape[0]
        grain = ground.depth**2 * np.float32(1 / (side * camera.focal * max(float(camera.place[1]), 1.0)))
        near = 1 / (1 + (grain * np.float32(1 / 0.25)) ** 2)
        fine = 1 + near * (_sampled(self._fine, ground, FINE) - 1)
        coarse = _sampled(self._coarse, ground, COARSE)
        relief = fine * (1 + (coarse - 1) / (1 + (grain * np.float32(1 / 6)) ** 2))
        sunny = self._level * relief * (1 - shadow) * (1 - np.float32(0.35) * groove)
        sky = (np.float32(0.75) + np.float32(0.25) * relief) * (1 - np.float32(0.2) * groove)
        snow = tint(sunny, ALBEDO * self._light.sunlight) + tint(sky, ALBEDO * self._light.ambient)
        haze = 1 - np.exp(ground.depth * np.float32(-1 / 900))
        snow += haze * (self._light.horizon[:, None, None] - snow)
        return snow


def _sunlit(heights: NDArray[np.floating], pixel: float, toward: Array) -> Floats:
    """How much more sun a periodic relief gets than a plane: (TILE + 1, TILE + 1), the first row and column again."""
    steep_x = (np.roll(heights, -1, 1) - np.roll(heights, 1, 1)) / (2 * pixel)
    steep_y = (np.roll(heights, -1, 0) - np.roll(heights, 1, 0)) / (2 * pixel)
    facing = (toward[2] - steep_x * toward[0] - steep_y * toward[1]) / np.sqrt(1 + steep_x**2 + steep_y**2)
    return np.pad(np.clip(facing / toward[2], 0.25, 1.8), (0, 1), "wrap").astype(np.float32)


def _sampled(tile: Floats, ground: Ground, pixel: float) -> Floats:
    """A periodic texture, wrapped by hand: that is faster than asking for a wrap."""
    x, y = ground.across * np.float32(1 / (pixel * TILE)), ground.down * np.float32(1 / (pixel * TILE))
    x -= np.floor(x)
    y -= np.floor(y)
    x *= TILE
    y *= TILE
    return remap(tile, x, y)
