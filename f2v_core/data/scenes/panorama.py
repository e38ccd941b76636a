"""What lies beyond the slope: mountains, valley and sky, all around as far as the camera turns."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.planes import packed, warped
from f2v_core.data.scenes.ranges import ridges
from f2v_core.data.scenes.sky import Clouds, sky_picture

Floats = NDArray[np.float32]
LARGEST = 1600
"""Pixels: a longer panorama is drawn more coarsely."""


class Panorama:
    """Sky and far mountains on a strip of directions; so far away that they only turn.

    Args:
        rng: random numbers.
        light: the light of the clip; its sun's direction is seen by a camera at azimuth 0.
        cameras: all of the clip.
        side: the frame's side in pixels.
        tall: how high the mountains are, in radians.
        cover: how much of the sky clouds hide, 0..1.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        light: Light,
        cameras: list[Camera],
        side: int,
        tall: float,
        cover: float,
    ) -> None:
        self._side = side
        ahead = np.array([camera.axes[2] for camera in cameras])
        self._azimuth = np.unwrap(np.arctan2(ahead[:, 0], ahead[:, 2]))
        self._pitch = np.arcsin(np.clip(ahead[:, 1], -1, 1))
        reach = np.array([0.75 / camera.focal for camera in cameras])
        left, right = (self._azimuth - reach).min(), (self._azimuth + reach).max()
        low, high = max(-0.6, (self._pitch - reach).min()), (self._pitch + reach).max()
        high = max(high, low + 0.05)
        focal = max(camera.focal for camera in cameras)
        self._scale = min(side / 2 * focal, LARGEST / (right - left))  # pixels per radian
        self._left, self._high = left, high
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

    def draw(self, index: int, camera: Camera) -> Floats:
        """(3, side, side) linear RGB, as the camera number `index` sees it."""
        roll = np.arctan2(-camera.axes[0, 1], camera.axes[1, 1])
        step = self._scale / (self._side * camera.focal)
        turn = step * np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
        middle = np.array(
            [
                (self._azimuth[index] - self._left) * self._scale,
                (self._high - self._pitch[index]) * self._scale,
            ]
        )
        shift = middle - 0.5 - turn @ np.full(2, (self._side - 1) / 2)
        return warped(self._sky, np.column_stack([turn, shift]).astype(np.float32), (self._side, self._side))[
            :3
        ]
