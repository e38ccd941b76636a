"""A volcano's plume: a fluid that is fed with heat and ash at a vent, and leans with the wind."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.fluid import Fluid
from f2v_core.data.scenes.noise import TILE, Wander, cloud_tile
from f2v_core.data.scenes.vent import SIDE, Grid, Vent
from f2v_core.media.warping import resize

Floats = NDArray[np.float32]
FRESH_STEPS = 14
"""After so many steps a pair of labels starts anew; the two take turns."""
TRACE = 1e-4
"""Less ash or heat than this counts as none: tiny numbers make processors slow."""


class Still(NamedTuple):
    """A plume at one moment.

    Attributes:
        fields: (2, SIDE, SIDE) float32, ash and heat.
        labels: (SIDE, SIDE, 4) float32: two pairs of texture coordinates.
        weights: how much each of the two pairs counts, 0..1.
    """

    fields: Floats
    labels: Floats
    weights: tuple[float, float]


class Plume:
    """A plume that can be asked for its state at any time, in order.

    Args:
        vent: what comes out.
        bursts: how strongly, over time.
        rng: random numbers.
        start: the first time that will be asked for, in seconds.
        steps: for how many steps it has been going on by then.
    """

    def __init__(
        self, vent: Vent, bursts: Bursts, rng: np.random.Generator, start: float, steps: int
    ) -> None:
        self._vent, self._bursts = vent, bursts
        self._dt = vent.step
        self._wobble = Wander(rng, 2, 0.02 / self._dt, 0.2 / self._dt)
        self._offset = rng.integers(0, TILE, 2)
        self._first = int(np.floor(start / self._dt)) - steps
        self._grid = Grid.around(vent, SIDE // 2)
        self._fluid = Fluid.still(self._grid.labels)
        self._index = self._first
        while self._index < self._first + steps - FRESH_STEPS:
            self._advance(2)
        self._refine()
        self._before = self._after = self._snapshot()
        self._advance(1)
        self._after = self._snapshot()

    def at(self, time: float) -> Still:
        """The plume at a time in seconds, between the fluid's two nearest states; times must not run backwards."""
        place = time / self._dt
        while place > self._index:
            self._advance(1)
            self._before, self._after = self._after, self._snapshot()
        share = np.float32(min(1.0, place - self._index + 1))
        fields, labels = (a + share * (b - a) for a, b in zip(self._before, self._after, strict=True))
        phase = (place - 1) / FRESH_STEPS % 1
        return Still(fields, labels, (1 - abs(2 * phase - 1), abs(2 * phase - 1)))

    def _snapshot(self) -> tuple[Floats, Floats]:
        return np.stack([self._fluid.ash, self._fluid.heat]), self._fluid.labels

    def _refine(self) -> None:
        """Go on with twice as many cells."""
        fluid, size = self._fluid, (SIDE, SIDE)
        speeds = (2 * resize(each, size) for each in (fluid.u, fluid.v))
        rest = (resize(each, size) for each in (fluid.heat, fluid.ash, fluid.labels))
        self._fluid, self._grid = Fluid(*speeds, *rest), Grid.around(self._vent, SIDE)

    def _advance(self, steps: int) -> None:
        """One step of the fluid, as long as so many of the plume's."""
        fluid, grid, vent = self._fluid, self._grid, self._vent
        side, dt = grid.source.shape[0], steps * self._dt
        time = self._index * self._dt
        strength = float(self._bursts(time))
        self._emit(strength, time)
        self._stir(dt, strength)
        fluid.push(dt, vent.buoyancy * vent.speed**2 * side, vent.swirl * 0.15 * vent.speed * side)
        fluid.u *= grid.calm
        fluid.v *= grid.calm
        fluid.project(grid.growth * np.minimum(fluid.ash, 1))
        fluid.advect(dt, grid.wind)
        fluid.heat *= grid.clear * np.float32(np.exp(-dt * vent.speed / 0.26))
        fluid.ash *= grid.clear * np.float32(np.exp(-dt * vent.speed / 2.3))
        for each in (fluid.heat, fluid.ash):
            each[each < TRACE] = 0
        self._renew(steps)
        self._index += steps

    def _emit(self, strength: float, time: float) -> None:
        """Fill the vent with hot ash, in gusts."""
        fluid, grid, speed = self._fluid, self._grid, self._vent.speed * self._grid.source.shape[0]
        gust = self._noise(0, -time * self._vent.speed * SIDE)
        output = np.minimum(grid.source * np.maximum(1 + 0.5 * gust, 0), 1.2)
        output *= np.float32(min(1.0, 1.5 * strength))
        np.maximum(fluid.ash, output, out=fluid.ash)
        np.maximum(fluid.heat, output, out=fluid.heat)
        hold = np.minimum(grid.source, 0.85) * np.float32(min(1.0, 4 * strength))
        lean = np.float32(0.25 * self._wobble(time)[0]) + np.float32(0.35) * gust
        fluid.v += hold * (np.float32(-speed * strength) * (1 + np.float32(0.5) * gust) - fluid.v)
        fluid.u += hold * (np.float32(speed) * lean * np.float32(strength) - fluid.u)

    def _stir(self, dt: float, strength: float) -> None:
        """Nudge the ash towards the mean plume, which a flat fluid forgets, and roughen it.

        In two dimensions whirls merge and grow until a plume curls back to the ground; so what would sink is held up.
        """
        fluid, grid, vent = self._fluid, self._grid, self._vent
        laden = np.minimum(1.5 * fluid.ash, 1)
        fluid.v -= np.float32(min(0.5, 16 * dt * vent.speed)) * laden * np.maximum(fluid.v, 0)
        pull = grid.pull * laden * np.float32(min(0.5, 24 * dt * vent.speed))
        lively = np.float32(0.6 + 0.4 * min(strength, 1.2))
        fluid.v += pull * (grid.rise * lively - fluid.v)
        fluid.u += pull * (grid.outward - fluid.u)
        time = self._index * self._dt
        rough = fluid.ash * np.float32(0.05 * vent.speed * grid.source.shape[0] * vent.swirl)
        fluid.u += rough * self._noise(1, 1.7 * time / self._dt)
        fluid.v += rough * self._noise(2, 1.1 * time / self._dt)

    def _renew(self, steps: int) -> None:
        """Start each pair of labels anew when its time has come."""
        for pair in (0, 1):
            age = (self._index + pair * FRESH_STEPS // 2) % FRESH_STEPS
            if age < steps:
                part = slice(2 * pair, 2 * pair + 2)
                self._fluid.labels[..., part] = self._grid.labels[..., part]

    def _noise(self, number: int, drift: float) -> Floats:
        """(side, side) noise that moves down by `drift` cells of the fine grid."""
        scale = SIDE // self._grid.source.shape[0]
        row = int(self._offset[0] + 77 * number - drift) % TILE
        column = int(self._offset[1] + 31 * number) % TILE
        return _endless_noise()[row : row + SIDE : scale, column : column + SIDE : scale]


@cache
def _endless_noise() -> Floats:
    """(2 TILE, 2 TILE): every window of SIDE cells that begins in the first tile lies within."""
    return np.tile(cloud_tile(1.5, 1), (2, 2))
