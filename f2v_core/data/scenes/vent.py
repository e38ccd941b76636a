"""The vent of a volcano: what comes out of it, and the mean plume above it, on the grid of a fluid."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SIDE = 64
"""Cells along each side of the fluid's box; it warms up on a grid of half as many."""
VENT = (0.5, 0.82)
"""Where the vent is, as a share of the box, from the left and from the top."""
LABELS = 60.0
"""Labels per radian around the plume's virtual origin: they are coordinates in textures, in pixels."""
STRIDE = 1.6
"""Cells that the gas moves on from one state of the fluid to the next."""


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


class Grid(NamedTuple):
    """What a vent means on a grid, (side, side) float32 each; speeds in cells a second.

    Source of the mean plume: B. R. Morton, G. Taylor, J. S. Turner, "Turbulent gravitational convection from
    maintained and instantaneous sources", Proceedings of the Royal Society A 234, 1956: it widens linearly above a
    virtual origin, and its speed falls with the cube root of the height.

    Attributes:
        source: how much of what the vent gives a cell gets, 0..1.
        rise, outward: velocity of the mean plume, downwards and to the right.
        pull: how strongly ash is drawn to that velocity, 0..1.
        growth: of the mean plume's volume, per second.
        wind: (side, 1), to the right.
        clear, calm: what is left of ash and of velocity after a step; less than 1 near the borders.
        labels: (side, side, 4), two equal pairs: the angle around the virtual origin and the logarithm of the distance
            from it, so that textures are finer near the vent.
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
    def around(cls, vent: Vent, side: int) -> "Grid":
        """The grid of a vent at `VENT`, with so many cells along its sides."""
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
