"""What stands near the camera: a dark hill with trees, in front of everything."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.noise import TILE, cloud_tile, ridge_line
from f2v_core.data.scenes.planes import packed, tint
from f2v_core.data.scenes.view import MARGIN

Floats = NDArray[np.float32]
FINE = 8
"""Heights of the skyline for each hundredth of the frame."""


def hill(rng: np.random.Generator, light: Light, side: int, top: float) -> Floats:
    """A hill along the lower border, with its margins: (L, L, 4), linear RGB and cover in 0..1.

    Args:
        rng: random numbers.
        light: the light of the clip.
        side: the frame's side in pixels.
        top: height of the hill's crest in the frame, 0..1 from the top.
    """
    count = round(100 * FINE * (1 + 2 * MARGIN))
    crest = (
        top + 0.03 * ridge_line(rng, 2 * count, 1.6)[:count] + rng.normal(0, 0.08) * np.linspace(-1, 1, count)
    )
    crest -= _trees(rng, count) if rng.random() < 0.75 else 0
    layer = round((1 + 2 * MARGIN) * side)
    axis = (np.arange(layer) + 0.5) / side - MARGIN
    skyline = np.interp(np.linspace(0, 1, 2 * layer), np.linspace(0, 1, count), crest).reshape(layer, 2)
    below = axis[:, None, None] - skyline[None]
    cover = np.clip(below * side + 0.5, 0, 1).mean(2).astype(np.float32)
    patch = 1 + 0.25 * cloud_tile(0.4, 7)[np.arange(layer)[:, None] % TILE, np.arange(layer) % TILE]
    soil = np.array([0.045, 0.055, 0.03], np.float32) * np.float32(rng.uniform(0.5, 1.3))
    lit = light.ambient * 0.6 + light.sunlight * 0.5 * max(float(light.sun[2]), 0.1)
    return packed(tint(patch, soil * lit), cover)


def _trees(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """(count,) heights of a row of trees, in frames: pointed or round, in groups, some taller."""
    tall, pointed = rng.uniform(0.02, 0.09), rng.random() < 0.6
    number = int(rng.integers(8, 60))
    middle = rng.random(number) * count
    height = tall * rng.uniform(0.4, 1.2, number)
    width = 100 * FINE * height * (rng.uniform(0.2, 0.3) if pointed else rng.uniform(0.5, 0.8)) / 2
    aside = np.abs(np.arange(count)[:, None] - middle) / width
    ragged = 1 - 0.25 * rng.random((count, 1))
    shape = (
        np.clip(1 - aside, 0, 1) * ragged
        if pointed
        else np.sqrt(np.clip(1 - aside**2, 0, 1)) * (0.8 + 0.2 * ragged)
    )
    return np.asarray((height * shape).max(1))
