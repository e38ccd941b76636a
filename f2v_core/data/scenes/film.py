"""The camera's film: glare, exposure, tone curve, vignette and grain, from light to 8 bits."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.noise import Wander
from f2v_core.media.warping import blur, interleave, resize

Floats = NDArray[np.float32]
SHIFTS = 256
"""So many windows of the grain lie beside each other."""


def render_side(size: int) -> int:
    """The side at which a frame of `size` pixels is drawn: half as large again up to 192, then less and less."""
    return max(size, min(3 * size // 2, 192 + size // 2))


class Film:
    """Turns what the lens sees into frames; one for each clip.

    Args:
        rng: random numbers.
        size: the frames' side in pixels.
        sensitive: how far the exposure was turned up, 0..1: more grain.
        glare: share of the light that the lens scatters around.
        exposure: factor on all light.
    """

    def __init__(
        self, rng: np.random.Generator, size: int, sensitive: float, glare: float, exposure: float = 1.0
    ) -> None:
        self._size = size
        self._glare = glare
        grain = rng.uniform(0.002, 0.008) + rng.uniform(0.2, 1.0) * 0.014 * sensitive
        self._grain = grain * min(1.0, size / 256)  # small frames were averaged from many pixels
        self._key = int(rng.integers(2**31))
        self._flicker = Wander(rng, 1, 0.3, 4.0)
        self._unsteady = rng.choice((0.004, 0.015, 0.03), p=(0.6, 0.3, 0.1))
        self._saturation = np.float32(rng.uniform(0.85, 1.2))
        self._lift = rng.uniform(0.0, 0.035)
        balance = exposure * rng.uniform(0.9, 1.12) * np.exp(rng.normal(0, 0.03, 3))
        axis = np.linspace(-1, 1, size)
        corners = (axis[:, None] ** 2 + axis[None] ** 2) / 2
        self._gain = ((1 - rng.uniform(0.0, 0.3) * corners)[..., None] * balance).astype(np.float32)

    def develop(self, light: Floats, time: float) -> NDArray[np.uint8]:
        """One frame.

        Args:
            light: (3, side, side) linear RGB, 0 and more.
            time: in seconds; grain depends on it, to the millisecond.

        Returns:
            (size, size, 3) uint8.
        """
        picture = resize(interleave(list(light)), (self._size, self._size))
        picture = self._scatter(picture)
        picture *= self._gain
        picture *= np.float32(np.exp(self._unsteady * self._flicker(time)[0]))
        grey = picture[..., 0] + picture[..., 1] + picture[..., 2]
        picture *= self._saturation
        picture += (grey * np.float32((1 - self._saturation) / 3))[..., None]
        encoded = np.sqrt(filmic(np.maximum(picture, 0, out=picture)))
        encoded *= np.float32(255 * (1 - self._lift))
        encoded += self._noise(time)[..., None] + np.float32(255 * self._lift + 0.5)
        return np.minimum(np.maximum(encoded, 0, out=encoded), 255, out=encoded).astype(np.uint8)

    def _scatter(self, picture: Floats) -> Floats:
        """Bright things are ringed by what the lens scatters: a near and a far halo."""
        side = max(4, self._size // 4)
        small = resize(picture, (side, side))
        halo = np.float32(0.6) * blur(small, 1 + side / 60) + np.float32(0.4) * blur(small, side / 9)
        spread = resize(halo, (self._size, self._size))
        return np.float32(1 - self._glare) * picture + np.float32(self._glare) * spread

    def _noise(self, time: float) -> Floats:
        mixed = (self._key + round(time * 1000)) * 0x9E3779B1  # a multiplicative hash (Knuth)
        row, column = (mixed >> 12) % SHIFTS, (mixed >> 22) % SHIFTS
        window = _grain_tile(self._size)[row : row + self._size, column : column + self._size]
        return np.float32(255 * self._grain) * window


@cache
def _grain_tile(size: int) -> Floats:
    """White noise, from which each frame takes a window."""
    return np.random.default_rng(3).standard_normal((size + SHIFTS, size + SHIFTS), np.float32)


def filmic(light: Floats) -> Floats:
    """A film's response to linear light, (...) to 0..1: a soft toe, a long shoulder.

    Source: K. Narkowicz, "ACES filmic tone mapping curve", 2015.
    """
    return np.minimum(light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14), 1)
