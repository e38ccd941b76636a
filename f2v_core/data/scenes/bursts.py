"""How strongly a volcano works over time: a steady part, a slow swell, and explosions."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.noise import Wander

PERIOD = 64.0
"""Explosions are drawn for so many seconds; then the same ones come again."""
LATEST = 3
"""So many explosions are felt at the same time."""
RISE = 0.12
"""Seconds until an explosion is at its strongest."""


class Bursts:
    """A volcano's strength as a function of time.

    Args:
        rng: random numbers.
        steady: strength between explosions, 0..1.
        rate: explosions a second, on average.
        decay: seconds until an explosion has lost two thirds of its strength.
        onset: nothing happens before this time, in seconds.
    """

    def __init__(
        self, rng: np.random.Generator, steady: float, rate: float, decay: float, onset: float = -np.inf
    ) -> None:
        self._steady, self._decay, self._onset = steady, decay, onset
        self._swell = Wander(rng, 1, 0.1, 1.2)
        count = max(LATEST, round(rate * PERIOD))
        self._starts = (np.arange(count) + rng.random(count)) * PERIOD / count
        self._heights = rng.uniform(0.35, 1.15, count)
        if onset > -np.inf:
            first = int(onset % PERIOD / PERIOD * count)
            self._starts[first], self._heights[first] = onset % PERIOD, 1.3

    def __call__(self, time: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """() or (T,) strengths at times in seconds: about 0..1.5; 1 is a good explosion."""
        at = np.asarray(time, float)
        last = np.searchsorted(self._starts, at % PERIOD, side="right") - 1
        bursts = np.zeros_like(at)
        for index in (last - back for back in range(LATEST)):
            age = (at - self._starts[index]) % PERIOD
            rise = np.minimum(age / RISE, 1.0)
            bursts = np.maximum(bursts, self._heights[index] * rise * np.exp(-age / self._decay))
        steady = self._steady * np.maximum(1 + 0.3 * self._swell(at)[0], 0.1)
        return np.where(at >= self._onset, np.maximum(steady, bursts), 0.0)
