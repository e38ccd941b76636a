"""Who films the skier, and from where: somebody who follows, waits below, stands aside, or flies above."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.line import SkiLine, Slope
from f2v_core.data.scenes.noise import Wander

Array = NDArray[np.float64]
KINDS = {"chase": 1.2, "lead": 0.8, "below": 1.3, "beside": 1.2, "passing": 0.9, "above": 0.7}
"""Ways of filming, and how likely each is: going along behind or ahead; standing below, or beside, turning with the
skier; beside without turning; flying above.
"""
CALMING = np.linspace(-0.5, 0.9, 8)
"""Seconds around now, over which those who go along smooth their way."""
MIDDLE = 1.5
"""Seconds at which the skier is where those who stand expect them."""


@dataclass(frozen=True)
class Shot:
    """How a clip is filmed.

    Attributes:
        kind: a name of `KINDS`.
        away: metres from the skier, or from where they pass.
        aside: metres to the right of them.
        high: metres above the snow.
        focal: as in `Camera`.
        zooming: how far the lens follows the distance, 0..1.
        shaky: radians, about.
        late: seconds by which the camera turns after the skier.
    """

    kind: str
    away: float
    aside: float
    high: float
    focal: float
    zooming: float
    shaky: float
    late: float


def random_shot(rng: np.random.Generator, speed: float) -> Shot:
    """Somebody with a camera; `speed` is the skier's, in m/s."""
    chances = np.array(list(KINDS.values()))
    kind = list(KINDS)[int(rng.choice(len(chances), p=chances / chances.sum()))]
    side = float(rng.choice((-1, 1)))
    tall = rng.uniform(0.18, 0.5)  # how much of the frame the skier fills
    if kind in ("chase", "lead"):
        away, aside, high = rng.uniform(4, 8), rng.normal(0, 1.0), rng.uniform(1.2, 2.8)
        tall = rng.uniform(0.3, 0.6)
    elif kind == "above":
        away, aside, high = rng.uniform(6, 12), rng.normal(0, 3), rng.uniform(5, 11)
        tall = rng.uniform(0.2, 0.4)
    elif kind == "below":
        away, aside, high = rng.uniform(18, 60), side * rng.uniform(2, 14), rng.uniform(1.2, 3.5)
    else:
        away, aside, high = rng.uniform(-4, 6), side * rng.uniform(9, 28), rng.uniform(1.0, 4.0)
    if kind == "passing":
        tall = max(
            1.75 / (speed * rng.uniform(1.2, 3.0)), 0.07
        )  # frames are as wide as they go in so many seconds
    focal = float(np.clip(tall * np.hypot(away, aside) / 1.75, 0.7, 9))
    shaky = rng.choice((0.0008, 0.01, 0.03, 0.06), p=(0.2, 0.3, 0.35, 0.15)) / focal
    late = min(rng.uniform(0.0, 0.25), 0.2 * 1.75 / tall / speed)  # or the skier would leave the frame
    return Shot(kind, away, aside, high, focal, rng.uniform(0.3, 0.9), float(shaky), late)


class Filming:
    """The camera over time.

    Args:
        rng: random numbers.
        shot: how it is filmed.
        line, slope: where the skier goes.
    """

    def __init__(self, rng: np.random.Generator, shot: Shot, line: SkiLine, slope: Slope) -> None:
        self._shot, self._line, self._slope = shot, line, slope
        self._sway, self._tremble = Wander(rng, 4, 0.15, 0.9), Wander(rng, 3, 1.5, 7.0)
        middle = line.at(MIDDLE)
        self._stand = slope.point(middle.across + shot.aside, middle.down + shot.away, shot.high)
        self._distance = math.dist(self._target(MIDDLE), self._stand)

    def camera(self, time: float) -> Camera:
        """The camera at a time in seconds."""
        shot = self._shot
        sway, tremble = self._sway(time), self._tremble(time)
        place, target = self._place(time, sway), self._target(time)
        away = math.dist(target, place)
        jitter = away * (2.0 * shot.shaky * sway[:3] + 0.35 * shot.shaky * tremble)
        focal = shot.focal
        if shot.kind in ("below", "beside"):
            focal *= min(max(away / self._distance, 0.4), 2.5) ** shot.zooming
        return Camera.looking(place, target + jitter, focal, roll=1.5 * shot.shaky * sway[3])

    def _place(self, time: float, sway: Array) -> Array:
        shot, slope = self._shot, self._slope
        if shot.kind in ("below", "beside", "passing"):
            return self._stand
        ahead = {"chase": -1.0, "lead": 1.0, "above": -1.0}[shot.kind]
        now = self._line.at(time)
        calm = self._line.at(time + ahead * CALMING).across.mean()
        return slope.point(
            0.35 * now.across + 0.65 * calm + shot.aside + 0.3 * sway[0],
            now.down + ahead * shot.away * (1 + 0.06 * sway[1]),
            shot.high * (1 + 0.08 * sway[2]),
        )

    def _target(self, time: float) -> Array:
        shot, slope = self._shot, self._slope
        at = MIDDLE if shot.kind == "passing" else time - shot.late * (shot.kind not in ("chase", "lead"))
        now = self._line.at(at)
        further = 1.5 if shot.kind in ("chase", "above") else 0.0
        return slope.point(now.across, now.down + further, 0.85)
