"""What stands behind a volcano: sky, stars, clouds and far mountains."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.planes import packed, splat, warped
from f2v_core.data.scenes.ranges import ridges
from f2v_core.data.scenes.sky import Clouds, sky_picture
from f2v_core.data.scenes.view import MARGIN, Pose, onto_layer, seen

Floats = NDArray[np.float32]


class Backdrop:
    """Sky and far mountains; soft, so half of the pixels will do.

    Args:
        rng: random numbers.
        light: the light of the clip.
        summit: height of the volcano's rim in the frame, 0..1 from the top: the horizon lies lower.
        side: the frame's side in pixels.
    """

    def __init__(self, rng: np.random.Generator, light: Light, summit: float, side: int) -> None:
        chances = rng.spawn(3)
        self._side = side
        layer = round((1 + 2 * MARGIN) * side / 2)
        axis = (np.arange(layer, dtype=np.float32) + 0.5) / np.float32(side / 2) - np.float32(MARGIN)
        horizon, angle = np.float32(summit + rng.uniform(0.0, 0.3)), np.float32(rng.uniform(0.25, 0.9))
        x, elevation = angle * (axis[None] - np.float32(0.5)), angle * (horizon - axis[:, None])
        self._sky = sky_picture(light, x, elevation)
        snow = rng.uniform(0, 1) * (rng.random() < 0.5)
        open_sky = ridges(
            chances[0], self._sky, light, x, elevation, float(angle) * rng.uniform(0.05, 0.16), snow
        )
        cover = 0.75 if light.hour == "overcast" else rng.uniform(0.25, 0.75) * (rng.random() < 0.75)
        self._clouds = Clouds(chances[1], light, x, elevation, cover, open_sky)
        self._stars = _stars(chances[2], light.stars, open_sky) if light.stars else None

    def draw(self, pose: Pose, time: float) -> Floats:
        """(3, side, side) linear RGB at a time in seconds."""
        matrix = pose.matrix(near=0.0)
        sky = packed(self._clouds.over(self._sky, time))
        picture = warped(sky, onto_layer(matrix, self._side, sky.shape[0]), (self._side, self._side))[:3]
        if self._stars is not None:
            onto = seen(matrix, self._side)
            x, y = onto[:, :2] @ self._stars[:2] + onto[:, 2:]
            picture += splat(x, y, self._stars[2:], (self._side, self._side)) * np.float32(self._side / 96)
        return picture


def _stars(rng: np.random.Generator, bright: float, open_sky: Floats) -> NDArray[np.float64]:
    """(3, N): places in 0..1 of the frame, and brightness; none before the mountains, most of them faint."""
    count = int(rng.uniform(40, 350))
    place = rng.uniform(-MARGIN, 1 + MARGIN, (2, count))
    light = bright * np.minimum(0.04 * rng.pareto(1.3, count), 0.8)
    column, row = ((place + MARGIN) / (1 + 2 * MARGIN) * open_sky.shape[0]).astype(int)
    return np.concatenate([place, (light * open_sky[row, column])[None]])
