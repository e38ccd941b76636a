"""The scene "erupting": a volcano throws out glowing lava."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.media.warping import draw_lines, fill_polygons, resize

GRAVITY = 9.81
SHUTTER = 1 / 50


def film_eruption(rng: np.random.Generator, size: int, times: NDArray[np.float64]) -> NDArray[np.uint8]:
    """(T, size, size, 3) uint8 RGB at these times in seconds."""
    side, span = 2 * size, rng.uniform(60, 240)
    rate = 150
    born = np.sort(rng.uniform(-8, times[-1] + 0.1, round(rate * (times[-1] + 8.1))))
    speed = np.sqrt(2 * GRAVITY * span * rng.uniform(0.05, 0.5, born.size))
    angle = rng.normal(0, 0.2, born.size)
    velocity = np.stack([speed * np.sin(angle), speed * np.cos(angle)], 1)
    summit = np.array([rng.uniform(0.35, 0.65), rng.uniform(0.45, 0.7)]) * side
    sky = np.linspace(rng.uniform(5, 90, 3), rng.uniform(30, 160, 3), side)[:, None].repeat(side, 1)
    ground = rng.uniform(10, 50, 3)
    clip = np.empty((len(times), size, size, 3), np.uint8)
    for index, time in enumerate(times):
        canvas = sky.astype(np.uint8)
        cone = np.array([summit, [2 * side, summit[1] + 0.75 * side], [-side, summit[1] + 0.75 * side]])
        fill_polygons(canvas, [cone], tuple(int(v) for v in ground))
        heat = np.zeros((side, side), np.uint8)
        age = time - born
        alive = (age > 0) & (age < 12)
        ends = []
        for shift in (0.0, SHUTTER):
            t = age[alive, None] + shift
            place = velocity[alive] * t - np.array([0, 0.5 * GRAVITY]) * t**2
            ends.append(summit + place * np.array([1, -1]) * side / span)
        draw_lines(heat, np.stack(ends, 1).astype(np.float32), 255)
        glow = heat[..., None] * np.array([1.0, 0.55, 0.2])
        clip[index] = resize(np.maximum(canvas, glow.astype(np.uint8)), (size, size))
    return clip
