"""The line that a skier takes: where they are at each time, how fast, and how hard they turn."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.noise import Wander

Array = NDArray[np.float64]
STEP = 1 / 60
"""Seconds between the places that are stored; between them lines are straight."""
BEFORE = 8.0
"""Seconds of the line before time 0: tracks and spray hang behind."""
RECENT = 14.0
"""Seconds over which a skier stays in the middle of the piste."""


@dataclass(frozen=True)
class Slope:
    """A plane that falls towards z; its origin lies in it.

    Attributes:
        angle: in radians.
    """

    angle: float

    @cached_property
    def axes(self) -> Array:
        """(3, 3), rows: unit vectors to the right, down the fall line, out of the snow."""
        cosine, sine = np.cos(self.angle), np.sin(self.angle)
        return np.array([[1, 0, 0], [0, -sine, cosine], [0, cosine, sine]])

    @cached_property
    def down(self) -> Array:
        """(3,) unit vector down the fall line."""
        return np.asarray(self.axes[1])

    @cached_property
    def normal(self) -> Array:
        """(3,) unit vector out of the snow."""
        return np.asarray(self.axes[2])

    def point(self, across: Array | float, down: Array | float, above: Array | float = 0.0) -> Array:
        """(..., 3) in the world, from metres to the right, down the fall line, and out of the snow."""
        place = np.asarray(across)[..., None] * self.axes[0] + np.asarray(down)[..., None] * self.axes[1]
        return np.asarray(place + np.asarray(above)[..., None] * self.axes[2])

    def fallen(self, points: Array, sun: Array) -> Array:
        """(..., 3) where the shadows of points fall, if the sun stands in a direction (3,)."""
        return np.asarray(points - ((points @ self.normal) / (sun @ self.normal))[..., None] * sun)


class Moment(NamedTuple):
    """A skier's way at one or many times.

    Attributes:
        across, down: metres to the right and down the fall line.
        heading: to the right of the fall line, in radians.
        speed: m/s.
        sideways: acceleration to the right, m/s2.
        phase: of the turns, in radians: turns are hardest at multiples of pi, to the right at even ones.
    """

    across: Array
    down: Array
    heading: Array
    speed: Array
    sideways: Array
    phase: Array

    @classmethod
    def of(cls, rows: Array) -> "Moment":
        """From (6,) or (6, T) numbers."""
        return cls(*rows)


class SkiLine:
    """Turns down a slope.

    Args:
        rng: random numbers.
        speed: along the line, m/s.
        period: seconds for a turn to the left and one to the right.
        force: acceleration sideways where turns are hardest, m/s2.
        until: the last time that will be asked for, in seconds.
    """

    def __init__(
        self, rng: np.random.Generator, speed: float, period: float, force: float, until: float
    ) -> None:
        start = -BEFORE - RECENT
        times = start + STEP * np.arange(int((until - start) / STEP) + 3)
        loose = Wander(rng, 3, 0.05, 0.4)(times)
        phase = rng.uniform(0, 2 * np.pi) + np.cumsum(2 * np.pi / period * (1 + 0.15 * loose[0])) * STEP
        swing = min(force * period / (2 * np.pi * speed), 1.1) * (1 + 0.15 * loose[1])
        fast = speed * (1 + 0.07 * loose[2])
        wanted = swing * np.sin(phase)
        across, down = (np.cumsum(fast * each) * STEP for each in (np.sin(wanted), np.cos(wanted)))
        across = _centred(across, int(RECENT / STEP))
        speeds = np.gradient(across, STEP), np.gradient(down, STEP)
        heading, fast = np.arctan2(*speeds), np.hypot(*speeds)
        rows = np.stack([across, down, heading, fast, fast * np.gradient(heading, STEP), phase])
        self._times, self._rows = times, rows
        self._rows[1] -= np.interp(0.0, times, down)

    def at(self, time: float | Array) -> Moment:
        """The skier at a time in seconds, or at (T,) times."""
        place = (np.asarray(time) - self._times[0]) / STEP
        index = np.minimum(np.maximum(place, 0).astype(np.int64), self._times.size - 2)
        share = place - index
        before, after = self._rows[:, index], self._rows[:, index + 1]
        return Moment.of(before + share * (after - before))

    def apexes(self) -> Array:
        """(N,) times at which the skier turns hardest, from the line's beginning on."""
        return np.asarray(self._times[1:][np.diff(np.floor(self._rows[5] / np.pi)) > 0])


def _centred(values: Array, recent: int) -> Array:
    """Values without the mean over so many before them."""
    total = np.cumsum(np.concatenate([np.zeros(1), values]))
    first = np.maximum(np.arange(values.size) + 1 - recent, 0)
    return np.asarray(values - (total[1:] - total[first]) / (np.arange(values.size) + 1 - first))
