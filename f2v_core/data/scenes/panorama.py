"""What lies beyond the slope: mountains, valley and sky, all around as far as the camera turns."""

import math

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.planes import packed, warped
from f2v_core.data.scenes.ranges import ridges
from f2v_core.data.scenes.sky import Clouds, sky_picture

Floats = NDArray[np.float32]
REACH = 0.75
"""What a frame shows on each side of its middle, in units of 1 / focal; a little more than half for its corners."""
LOWEST = -0.6
"""Radians: what lies further down is hidden by the slope."""
DETAIL = 0.4
"""Pixels of the panorama for one of the frame: what is far is hazy."""
LARGEST = 1000
"""Pixels: a longer panorama is drawn more coarsely."""


class Panorama:
    """Sky and far mountains on a strip of directions; so far away that they only turn.

    Args:
        rng: random numbers.
        light: the light of the clip; its sun's direction is seen by a camera at azimuth 0.
        path: the camera at times all along the clip: how far it turns.
        side: the frame's side in pixels.
        tall: how high the mountains are, in radians.
        cover: how much of the sky clouds hide, 0..1.
    """

    def __init__(
        self, rng: np.random.Generator, light: Light, path: list[Camera], side: int, tall: float, cover: float
    ) -> None:
        self._side = side
        azimuth, pitch = np.array([_direction(camera) for camera in path]).T
        azimuth = np.unwrap(azimuth)
        reach = np.array([REACH / camera.focal for camera in path])
        left, right = (azimuth - reach).min(), (azimuth + reach).max()
        low, high = max(LOWEST, (pitch - reach).min()), (pitch + reach).max()
        high = max(high, low + 0.05)
        focal = max(camera.focal for camera in path)
        self._scale = min(DETAIL * side * focal, LARGEST / (right - left))  # pixels per radian
        self._left, self._high, self._middle = left, high, (left + right) / 2
        x = (
            left
            + (np.arange(max(2, int((right - left) * self._scale)), dtype=np.float32) + 0.5) / self._scale
        )
        y = high - (np.arange(max(2, int((high - low) * self._scale)), dtype=np.float32) + 0.5) / self._scale
        x, y = x[None].astype(np.float32), y[:, None].astype(np.float32)
        sky = sky_picture(light, x, y)
        clouds = rng.spawn(1)[0]
        open_sky = ridges(rng, sky, light, x, y, tall, rng.uniform(0.5, 1.0))
        self._sky = packed(Clouds(clouds, light, x, y, cover, open_sky).over(sky, 0.0))

    def draw(self, camera: Camera) -> Floats:
        """(3, side, side) linear RGB, as a camera sees it."""
        azimuth, pitch = _direction(camera)
        azimuth += 2 * np.pi * round((self._middle - azimuth) / (2 * np.pi))
        roll = math.atan2(-camera.axes[0, 1], camera.axes[1, 1])
        step = self._scale / (self._side * camera.focal)
        turn = step * np.array([[math.cos(roll), -math.sin(roll)], [math.sin(roll), math.cos(roll)]])
        middle = np.array([azimuth - self._left, self._high - pitch]) * self._scale
        shift = middle - 0.5 - turn @ np.full(2, (self._side - 1) / 2)
        onto = np.column_stack([turn, shift]).astype(np.float32)
        return warped(self._sky, onto, (self._side, self._side))[:3]


def _direction(camera: Camera) -> tuple[float, float]:
    """Where a camera looks: azimuth and elevation, in radians."""
    x, y, z = camera.axes[2].tolist()
    return math.atan2(x, z), math.asin(min(max(y, -1.0), 1.0))
