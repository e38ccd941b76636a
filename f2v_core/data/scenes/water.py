"""A lake or the sea before a volcano: it mirrors everything, in ripples that come nearer."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.noise import TILE, cloud_tile
from f2v_core.data.scenes.planes import lay_over, packed
from f2v_core.data.scenes.view import seen
from f2v_core.media.warping import remap

Floats = NDArray[np.float32]
NEAREST = 0.004
"""Rows this close to the horizon, in frames, are as fine as it gets."""


class Water:
    """Draws water over the lower part of a frame.

    Args:
        rng: random numbers.
        light: the light of the clip.
        line: where the shore lies in the frame, 0..1 from the top.
        side: the frame's side in pixels.
    """

    def __init__(self, rng: np.random.Generator, light: Light, line: float, side: int) -> None:
        self._line, self._side = line, side
        self._rough, self._speed = rng.uniform(0.01, 0.05), rng.uniform(6, 18)
        self._offset = rng.uniform(0, TILE, 2)
        deep = np.array([0.02, 0.05, 0.06]) * rng.uniform(0.5, 1.5)
        self._deep = (deep * (light.ambient + 0.3 * light.sunlight))[:, None, None].astype(np.float32)
        self._index = np.arange(side, dtype=np.float32)

    def draw(self, picture: Floats, matrix: NDArray[np.float64], time: float) -> None:
        """Mirror what stands above the shore in what lies below, in place.

        Args:
            picture: (3, side, side) linear RGB.
            matrix: (3, 3) of a `Pose`.
            time: in seconds.
        """
        onto = seen(matrix, self._side)
        left, right = onto @ (0.0, self._line, 1.0), onto @ (1.0, self._line, 1.0)
        slant = (right[1] - left[1]) / (right[0] - left[0])
        shore = (left[1] + slant * (self._index - left[0])).astype(np.float32)
        first = max(0, int(shore.min()))
        if first >= self._side:
            return
        rows = self._index[first:, None]
        below = np.maximum((rows - shore) / np.float32(self._side), np.float32(NEAREST))
        ripples = self._ripples(below, time)
        bend = np.float32(self._side * self._rough) * ripples * np.sqrt(below)
        mirrored = 2 * shore - rows - bend - np.abs(bend)
        across = self._index + np.float32(0.3) * bend
        image = np.moveaxis(remap(packed(picture), across, mirrored), 2, 0)[:3]
        shine = np.minimum(np.float32(0.88) - np.float32(1.1) * below, 1) - np.float32(0.12) * ripples
        image = self._deep + np.maximum(shine, np.float32(0.2)) * image
        cover = np.minimum(np.maximum(rows - shore + np.float32(0.5), 0), 1)
        lay_over(picture[:, first:], image, cover)

    def _ripples(self, below: Floats, time: float) -> Floats:
        """Heights of waves on a plane in perspective, about -1..1; finer ones fade out with the distance."""
        away = np.float32(1) / below
        x = (self._index - self._side / 2) / np.float32(self._side) * away * 9 + np.float32(self._offset[0])
        y = away * 22 + np.float32(self._offset[1] + self._speed * time)
        waves = remap(cloud_tile(0.9, 8), x % TILE, y % TILE)
        return np.asarray(waves * np.minimum(below * 12, 1), np.float32)
