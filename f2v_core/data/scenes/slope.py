"""A slope of snow in perspective: groomed or deep, with waves that the sun picks out, shadows, and tracks."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.fluid import across, down
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
    """Where the rays of the pixels meet the slope, from the first row on that shows it: (h, side) float32 each.

    Attributes:
        top: that row.
        cover: how much of the pixel shows the slope, 0..1.
        across, down: metres to the right and down the fall line.
        depth: metres ahead of the camera.
    """

    top: int
    cover: Floats
    across: Floats
    down: Floats
    depth: Floats


def look_down(camera: Camera, slope: Slope, side: int) -> Ground:
    """Meet the slope with the rays of all pixels."""
    base, right, below = camera.direction(side)
    start, turn, fall = (float(each @ slope.normal) for each in (base, right, below))
    first = -(start + min(0.0, turn * (side - 1))) / fall - 1 if fall < 0 else 0.0
    top = min(max(int(first), 0), side)
    index, rows = np.arange(side), np.arange(top, side)

    def along(axis: Array) -> Floats:
        vertical, level = base @ axis + rows * (below @ axis), index * (right @ axis)
        return np.asarray(vertical[:, None] + level, np.float32)

    sinking = -along(slope.normal)
    height = max(float(camera.place @ slope.normal), 0.1)
    depth = np.float32(height) / np.maximum(sinking, np.float32(height / FAR))
    right_at = np.float32(camera.place[0]) + depth * along(slope.axes[0])
    down_at = np.float32(camera.place @ slope.down) + depth * along(slope.down)
    cover = np.minimum(np.maximum(sinking / np.float32(np.hypot(turn, fall)) + np.float32(0.5), 0), 1)
    return Ground(top, *(np.asarray(each, np.float32) for each in (cover, right_at, down_at, depth)))


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
        angle = 2 * np.pi / TILE * np.arange(TILE)
        ribs = 0.008 * groomed * (np.sin(40 * angle) + 0.8 * np.sin(4 * angle))
        lumps = np.float32(rng.uniform(0.02, 0.06) * (1.15 - groomed)) * cloud_tile(
            1.25, int(rng.integers(3))
        )
        self._fine = _sunlit(lumps + ribs.astype(np.float32), FINE, toward)
        waves = np.float32(rng.uniform(0.5, 1.3)) * cloud_tile(1.55, int(rng.integers(3)))
        self._coarse = _sunlit(waves, COARSE, toward)

    def draw(self, ground: Ground, camera: Camera, shadow: Floats, groove: Floats) -> Floats:
        """(3, h, side) linear RGB of the snow; shadow and groove are (side, side), 0..1."""
        side = ground.depth.shape[1]
        shadow, groove = shadow[ground.top :], groove[ground.top :]
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


def _sunlit(heights: Floats, pixel: float, toward: Array) -> Floats:
    """How much more sun a periodic relief gets than a plane: (TILE + 1, TILE + 1), the first row and column again."""
    heights = heights * np.float32(1 / pixel)
    steep_x, steep_y = across(heights), down(heights)
    right, ahead, above = (float(each) for each in toward)
    facing = (above - right * steep_x - ahead * steep_y) / np.sqrt(1 + steep_x * steep_x + steep_y * steep_y)
    return np.pad(np.minimum(np.maximum(facing * (1 / above), 0.25), 1.8), (0, 1), "wrap")


def _sampled(tile: Floats, ground: Ground, pixel: float) -> Floats:
    """A periodic texture, wrapped by hand: that is faster than asking for a wrap."""
    x, y = ground.across * np.float32(1 / (pixel * TILE)), ground.down * np.float32(1 / (pixel * TILE))
    x -= np.floor(x)
    y -= np.floor(y)
    x *= TILE
    y *= TILE
    return remap(tile, x, y)
