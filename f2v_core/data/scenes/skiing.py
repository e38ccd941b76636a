"""The scene "skiing": a skier on a slalom line down a slope."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.media.warping import fill_polygons, resize


def film_skier(rng: np.random.Generator, size: int, times: NDArray[np.float64]) -> NDArray[np.uint8]:
    """(T, size, size, 3) uint8 RGB at these times in seconds."""
    side = 2 * size
    horizon = int(rng.uniform(0.2, 0.45) * side)
    sky, snow, suit = rng.uniform(90, 220, 3), rng.uniform(200, 250, 3), rng.uniform(0, 160, 3)
    period, phase, width = rng.uniform(2, 4), rng.uniform(0, 6), rng.uniform(0.1, 0.3)
    start, speed = rng.uniform(0.3, 0.5), rng.uniform(0.02, 0.1)
    clip = np.empty((len(times), size, size, 3), np.uint8)
    for index, time in enumerate(times):
        canvas = np.empty((side, side, 3), np.uint8)
        canvas[:horizon], canvas[horizon:] = sky, snow
        turn = 2 * np.pi * time / period + phase
        x, y = side * (0.5 + width * np.sin(turn)), side * (start + speed * time)
        lean, tall = np.cos(turn) * 0.15 * side, 0.2 * side
        body = np.array(
            [[x - 4, y], [x + 4, y], [x + 4 - lean, y - tall], [x - 4 - lean, y - tall]], np.float32
        )
        fill_polygons(canvas, [body], tuple(int(v) for v in suit))
        clip[index] = resize(canvas, (size, size))
    return clip
