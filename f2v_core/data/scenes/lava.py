"""Lava in the air and on the ground: pieces that glow and cool, filmed with an open shutter."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.ballistics import LONGEST, Fountain, throw
from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.cone import Cone
from f2v_core.data.scenes.planes import splat

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
HOTTEST = 1400.0
"""Kelvin: basalt as it leaves the vent."""
FAINTEST = 0.08
"""What has kept a smaller share of its glow is not drawn."""


class Lava:
    """Draws a fountain.

    Args:
        key: chooses the bombs.
        fountain, bursts, cone: how they are thrown, how strongly, and onto what.
        times: (T,) all times of the clip, in seconds.
        shutter: how long the film is exposed, in seconds.
    """

    EXPOSURES = 3
    """Points that a streak is made of."""

    def __init__(
        self, key: int, fountain: Fountain, bursts: Bursts, cone: Cone, times: Array, shutter: float
    ) -> None:
        self._fountain, self._cone = fountain, cone
        self._shutter, self._moments = shutter, np.linspace(0, 1, self.EXPOSURES)
        first, last = int(np.floor(times[0] - LONGEST)), int(times[-1]) + 1
        self._bombs = throw(key, fountain, bursts, cone, first, last)

    def draw(self, side: int, time: float, to_pixels: Array) -> Floats:
        """What glows at a time: (3, side, side) linear RGB; `to_pixels` is (2, 3), from metres (x, y, 1)."""
        first, last = np.searchsorted(self._bombs.born, (time - LONGEST, time))
        bombs = self._bombs.chosen(slice(int(first), int(last)))
        warmth = np.exp((bombs.born - time) / bombs.cooling)
        bright = warmth > FAINTEST
        bombs, warmth = bombs.chosen(bright), warmth[bright]
        start, end = (
            bombs.places(time + moment, self._fountain, self._cone) for moment in (0, self._shutter)
        )
        seen = self._seen(start)
        streak = start[seen, :2] + self._moments[:, None, None] * (end - start)[seen, :2]
        x, y = to_pixels[:, :2] @ streak.reshape(-1, 2).T + to_pixels[:, 2:]
        colours = bombs.size[seen] / self.EXPOSURES * glow(warmth[seen])
        red, green = splat(x, y, np.tile(colours, self.EXPOSURES), (side, side))
        return np.stack([red, green, np.float32(0.16) * green])

    def _seen(self, place: Array) -> NDArray[np.bool_]:
        """What is not behind the mountain."""
        return np.asarray((place[:, 2] > 0) | (place[:, 1] > -self._cone.below(np.abs(place[:, 0]))))


def glow(warmth: Array) -> Array:
    """(2, N) red and green light of rock that has kept a share of its glow, 0..1.

    The ratio of the two follows Planck's law at 610 and 540 nm, from 1000 K up to `HOTTEST`.
    """
    kelvin = 1000 + (HOTTEST - 1000) * warmth
    ratio = np.exp(-1.4388e-2 / kelvin * (1 / 540e-9 - 1 / 610e-9))
    return np.asarray(warmth**1.5 * np.stack([np.ones_like(ratio), 2.2 * ratio]))
