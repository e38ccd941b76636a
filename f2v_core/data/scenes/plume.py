"""A volcano's plume: a fluid that is fed with heat and ash at a vent, and leans with the wind."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.fluid import Fluid
from f2v_core.data.scenes.noise import TILE, Wander, cloud_tile
from f2v_core.media.warping import resize

Floats = NDArray[np.float32]
SIDE = 64
"""Cells along each side of the fluid's box; so many steps warm up with half of them."""
VENT = (0.5, 0.82)
"""Where the vent is, as a share of the box, from the left and from the top."""
LABELS = 60.0
"""Labels per radian around the plume's virtual origin: they are coordinates in textures, in pixels."""
FRESH_STEPS = 14
"""After so many steps a pair of labels starts anew; the two take turns."""

STRIDE = 1.6
"""Cells that the gas moves on from one state of the fluid to the next."""
TRACE = 1e-4
"""Less ash or heat than this counts as none: tiny numbers make processors slow."""


@dataclass(frozen=True)
class Vent:
    """What comes out of the volcano; lengths as shares of the fluid's box, so that a box a second is a speed.

    Attributes:
        radius: of the vent.
        speed: of the gas that leaves it at strength 1.
        wind: at the height of half a box, to the right.
        spread: how much wider the plume gets per height: 0.1 is a jet, 0.3 a slow cloud.
        buoyancy: acceleration of the hottest gas, in units of speed ** 2 per box.
        swirl: how lively the small whirls are, 0..1.
    """

    radius: float
    speed: float
    wind: float
    spread: float
    buoyancy: float
    swirl: float

    @property
    def step(self) -> float:
        """Seconds between the states of the fluid; 25 a second are enough."""
        return max(STRIDE / (self.speed * SIDE), 1 / 25)


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
        self._grid = _Grid.around(vent, SIDE // 2)
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
        phase = place / FRESH_STEPS % 1
        return Still(fields, labels, (1 - abs(2 * phase - 1), abs(2 * phase - 1)))

    def _snapshot(self) -> tuple[Floats, Floats]:
        return np.stack([self._fluid.ash, self._fluid.heat]), self._fluid.labels

    def _refine(self) -> None:
        """Go on with twice as many cells."""
        fluid, size = self._fluid, (SIDE, SIDE)
        speeds = (2 * resize(each, size) for each in (fluid.u, fluid.v))
        rest = (resize(each, size) for each in (fluid.heat, fluid.ash, fluid.labels))
        self._fluid, self._grid = Fluid(*speeds, *rest), _Grid.around(self._vent, SIDE)

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
        output = np.minimum(grid.source * np.maximum(1 + 0.5 * gust, 0), 1.2) * np.float32(
            min(1.0, 1.5 * strength)
        )
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


class _Grid(NamedTuple):
    """What a vent means on a grid, (side, side) float32 each; speeds in cells a second.

    Source of the mean plume: B. R. Morton, G. Taylor, J. S. Turner, "Turbulent gravitational convection from
    maintained and instantaneous sources", Proceedings of the Royal Society A 234, 1956: it widens linearly above a
    virtual origin, and its speed falls with the cube root of the height.
    """

    source: Floats
    rise: Floats
    outward: Floats
    pull: Floats
    growth: Floats
    wind: Floats
    clear: Floats
    calm: Floats
    labels: Floats

    @classmethod
    def around(cls, vent: Vent, side: int) -> "_Grid":
        y, x = (np.mgrid[:side, :side] + 0.5) / side
        right, up = x - VENT[0], VENT[1] - y
        origin = vent.radius / vent.spread
        heights = np.linspace(0, 1, 4 * side)
        speeds = vent.speed * ((heights + origin) / origin) ** (-1 / 3)
        winds = vent.wind * (0.4 + 1.2 * heights)
        above = np.clip(up, 0, 1)
        leaning = right - np.interp(above, heights, np.cumsum(winds / speeds) * heights[1])
        rise = np.interp(above, heights, speeds)
        width = vent.radius + vent.spread * above
        core = np.exp(-((leaning / (1.6 * width)) ** 2)) * (up > 0)
        source = np.exp(-((right / vent.radius) ** 2) - (up / (1.2 * vent.radius)) ** 2)
        pull = np.exp(-((leaning / (2 * width)) ** 2)) * (up > -0.02) * np.clip((0.75 - up) / 0.2, 0, 1)
        edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
        clear = np.clip(edge / 0.083 - 0.1, 0, 1) ** 0.25
        distance = np.hypot(right, np.maximum(up + origin, 0.02))
        angle = np.arctan2(right, np.maximum(up + origin, 0.02))
        pair = LABELS * np.stack([angle + 2.1, np.log(distance) + 4], -1)  # within one tile of a texture
        values = (
            source, -rise * core * side, leaning * vent.spread * rise / width * side, pull,
            1.2 * core * rise * vent.spread / width, np.interp(VENT[1] - y[:, :1], heights, winds) * side, clear,
            clear**0.15, np.concatenate([pair, pair], -1),
        )  # fmt: skip
        return cls(
            *(np.ascontiguousarray(np.where(np.abs(each) < 1e-9, 0, each), np.float32) for each in values)
        )
