"""Ranges of far mountains, one behind the other, with spurs, snow and haze."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.noise import TILE, cloud_tile, ridge_line
from f2v_core.data.scenes.planes import lay_over, tint
from f2v_core.media.warping import remap

Floats = NDArray[np.float32]
ROUND_TRIP = 2048
"""Heights of a range's crest before it comes again."""


def shade(depth: NDArray[np.floating], albedo: Floats, light: Light, pixel: float) -> Floats:
    """Light a surface that is given by its distance, as seen from far away.

    Args:
        depth: (H, W), how far each pixel's surface reaches towards the camera.
        albedo: (3, H, W) linear RGB.
        light: the light of the clip.
        pixel: a pixel's side in the unit of `depth`.

    Returns:
        (3, H, W) linear RGB.
    """
    down, across = np.gradient(depth / pixel)
    inverse = 1 / np.sqrt(across * across + down * down + 1)
    right, up, near = (float(each) for each in light.sun)
    facing = np.maximum((near - across * right + down * up) * inverse, 0)
    return albedo * (tint(facing, light.sunlight) + tint(0.55 + 0.45 * down * inverse, light.ambient))


def ridges(
    rng: np.random.Generator,
    picture: Floats,
    light: Light,
    x: Floats,
    elevation: Floats,
    tall: float,
    snow: float,
) -> Floats:
    """Draw ranges of far mountains into a picture of the sky, each darker and lower than the one behind.

    Args:
        rng: random numbers.
        picture: (3, H, W) linear RGB, changed in place.
        light: the light of the clip.
        x, elevation: (1, W) and (H, 1), the directions of the pixels in radians: to the right, above the horizon.
        tall: how high the mountains reach, in radians.
        snow: how far down snow lies, 0..1.

    Returns:
        (H, W), how much of the sky they leave open, 0..1.
    """
    count = int(rng.integers(1, 4))
    pixel = abs(float(elevation[1, 0] - elevation[0, 0]))
    open_sky = np.ones(picture.shape[1:], np.float32)
    for layer in range(count):
        near = (layer + 1) / (count + 1)
        crest = _crest(rng, x[0] / tall)
        top = (tall * (1.05 - 0.8 * near + 0.5 * (1.2 - near) * crest)).astype(np.float32)
        below = (top[None] - elevation) / np.float32(tall)
        body = _flank(rng, x / np.float32(tall), below, light, pixel / tall, snow)
        haze = 0.85 * light.horizon + 0.15 * light.zenith
        body += np.float32(0.85 * (1 - near) ** 0.7) * (haze[:, None, None] - body)
        cover = np.clip(below * np.float32(tall / pixel) + 0.5, 0, 1)
        lay_over(picture, body, cover)
        open_sky *= 1 - cover
    return open_sky


def _crest(rng: np.random.Generator, x: NDArray[np.floating]) -> NDArray[np.float64]:
    """Heights of a crest at places in heights of the range: peaks, where a smooth line changes its sign."""
    around = np.linspace(-np.pi, np.pi, ROUND_TRIP, endpoint=False)
    peaked = rng.uniform(0.2, 1.0)
    line = peaked * (0.8 - np.abs(ridge_line(rng, ROUND_TRIP, 1.9))) * 1.6
    line += (1.2 - peaked) * ridge_line(rng, ROUND_TRIP, 1.6) + 0.12 * ridge_line(rng, ROUND_TRIP, 1.1)
    return np.asarray(np.interp(x / rng.uniform(1.2, 2.4), around, line, period=2 * np.pi))


def _flank(
    rng: np.random.Generator, x: Floats, below: Floats, light: Light, pixel: float, snow: float
) -> Floats:
    """Flanks, by their place across and how far they lie below the crest, in heights of the range: spurs that run
    down, with snow above a ragged line; `pixel` is a pixel's side in these heights.
    """
    offset = rng.uniform(0, TILE, 4).astype(np.float32)
    across, along = x + 0 * below, below + 0 * x
    bend = remap(cloud_tile(1.6, 2), 14 * across + offset[2], 9 * along + offset[3], wrap=True)
    tile = cloud_tile(1.35, int(rng.integers(3)))
    spurs = remap(tile, 22 * across + 5 * bend + offset[0], 11 * along + offset[1], wrap=True)
    rubble = remap(cloud_tile(1.2, 0), 60 * across + offset[1], 40 * along + offset[0], wrap=True)
    rock = np.array([0.10, 0.10, 0.095], np.float32) * np.float32(rng.uniform(0.5, 1.1))
    white = np.clip(3 * (2 * snow - below) + 1.2 * rubble - spurs, 0, 1) if snow else np.zeros_like(spurs)
    albedo = rock[:, None, None] + tint(white, 0.8 - rock)
    return shade(np.float32(0.012) * rubble - np.float32(0.16) * np.abs(spurs), albedo, light, pixel)
