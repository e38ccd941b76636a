"""Random textures and random functions of time: what makes a world irregular."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from f2v_core.media.warping import blur, distance_to

Floats = NDArray[np.float32]
TILE = 256
"""Side of the periodic textures, in pixels."""


@cache
def cloud_tile(slope: float = 1.9, number: int = 0) -> Floats:
    """A periodic fractal texture (fractional Brownian motion), by filtering white noise.

    Args:
        slope: of the amplitude spectrum, k ** -slope: 1 is rough, 2 as soft as clouds.
        number: which one of many.

    Returns:
        (TILE, TILE) float32 with mean 0 and standard deviation 1. It is shared: never write into it.

    Source: R. F. Voss, "Random fractal forgeries", in Fundamental Algorithms for Computer Graphics, 1985.
    """
    white = np.random.default_rng([number, 1]).standard_normal((TILE, TILE))
    k = np.hypot(np.fft.fftfreq(TILE)[:, None], np.fft.rfftfreq(TILE)[None]) * TILE
    k[0, 0] = np.inf
    tile = np.fft.irfft2(np.fft.rfft2(white) * k**-slope, (TILE, TILE))
    return _frozen(tile / tile.std())


@cache
def billow_tile() -> Floats:
    """A periodic texture of round heaps upon heaps, like a cauliflower or the face of an ash cloud.

    Three octaves of domes over the cells of random points, smaller ones on larger ones.

    Returns:
        (TILE, TILE) float32 in 0..1, 0 in the creases. It is shared: never write into it.

    Source: S. Worley, "A cellular texture basis function", SIGGRAPH 1996 (its F1, as a height).
    """
    rng = np.random.default_rng(7)
    total = np.zeros((TILE, TILE))
    for cells, weight in ((7, 1.0), (15, 0.5), (33, 0.25)):
        corners = np.stack(np.meshgrid(np.arange(cells), np.arange(cells)), -1).reshape(-1, 2)
        points = ((corners + rng.random(corners.shape)) / cells + rng.random(2)) % 1
        reach = distance_to(_tiled_points(points))[TILE : 2 * TILE, TILE : 2 * TILE] * cells / TILE
        total += weight * np.sqrt(np.maximum(0.0, 1.0 - (reach / 1.05) ** 2))
    low, high = np.quantile(total, (0.01, 0.99))
    return _frozen(blur(((total - low) / (high - low)).clip(0, 1).astype(np.float32), 0.7))


def _tiled_points(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """A picture of 3 x 3 tiles, True at the points (N, 2), given in 0..1."""
    tile = np.zeros((TILE, TILE), bool)
    tile[tuple((points * TILE).astype(int).T)] = True
    return np.tile(tile, (3, 3))


def _frozen(tile: NDArray[np.floating]) -> Floats:
    result = np.ascontiguousarray(tile, np.float32)
    result.flags.writeable = False
    return result


def ridge_line(rng: np.random.Generator, count: int, slope: float) -> NDArray[np.float64]:
    """A periodic fractal line of `count` heights with mean 0 and standard deviation 1; `slope` as in `cloud_tile`."""
    k = np.arange(count // 2 + 1, dtype=float)
    k[0] = np.inf
    spectrum = (rng.standard_normal(k.size) + 1j * rng.standard_normal(k.size)) * k**-slope
    line = np.fft.irfft(spectrum, count)
    return np.asarray(line / line.std())


class Wander:
    """Smooth random functions of time: sums of sines whose frequencies have no common period.

    Args:
        rng: random numbers.
        count: how many functions.
        slowest, fastest: their band, in hertz; slow parts are the stronger ones.
    """

    def __init__(self, rng: np.random.Generator, count: int, slowest: float, fastest: float) -> None:
        waves = 6
        share = (np.arange(waves) + rng.random((count, waves))) / waves
        hertz = slowest * (fastest / slowest) ** share
        self._omega = 2 * np.pi * hertz
        self._phase = rng.uniform(0, 2 * np.pi, (count, waves))
        weight = hertz**-0.7
        self._weight = weight / np.sqrt((weight**2).sum(1, keepdims=True) / 2)

    def __call__(self, time: float | NDArray[np.floating]) -> NDArray[np.float64]:
        """(count,) or (count, T) values with mean 0 and standard deviation 1 over time, at seconds."""
        at = np.asarray(time)
        if at.ndim:
            angle = self._omega[..., None] * at + self._phase[..., None]
            return np.asarray((self._weight[..., None] * np.sin(angle)).sum(1))
        return np.asarray((self._weight * np.sin(self._omega * at + self._phase)).sum(1))
