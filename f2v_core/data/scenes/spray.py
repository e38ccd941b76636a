"""Snow in the air: thrown up by the skis in turns, or falling from the sky."""

import math

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.ballistics import flight
from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.line import SkiLine, Slope
from f2v_core.data.scenes.planes import lay_over, splat
from f2v_core.media.warping import blur, resize

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
LONGEST = 1.5
"""Seconds that thrown snow is seen."""
DRAG = 0.35
"""Seconds in which the air takes two thirds of the speed of a clump of snow."""
RATE = 420
"""Clumps a second, at most."""


class Spray:
    """What the skis throw up.

    Args:
        key: chooses the clumps.
        line, slope: where the skier goes, and on what.
        rich: how much flies: 1 on a firm piste .. 4 in powder.
        until: the last time that will be asked for, in seconds.
    """

    def __init__(self, key: int, line: SkiLine, slope: Slope, rich: float, until: float) -> None:
        drawn = np.concatenate([_second(key, second) for second in range(-2, int(until) + 1)])
        now = line.at(drawn[:, 0])
        effort = np.minimum(np.abs(now.sideways) / 11, 1.3) * np.minimum(now.speed / 12, 1.4)
        kept = drawn[:, 1] < np.minimum(0.15 * rich + 0.45 * rich * effort, 1)
        drawn, effort = drawn[kept], effort[kept]
        now = line.at(drawn[:, 0])
        ahead = np.stack([np.sin(now.heading), np.cos(now.heading)], 1)
        outward = -np.sign(now.sideways)[:, None] * np.stack([np.cos(now.heading), -np.sin(now.heading)], 1)
        start = np.stack([now.across, now.down], 1) + (0.9 - 1.6 * drawn[:, 3:4]) * ahead
        start += (0.15 + 0.3 * drawn[:, 4:5]) * outward
        throw = (0.35 + 0.25 * math.sqrt(rich)) * effort * now.speed * 0.4
        flat = (0.45 * now.speed)[:, None] * ahead + (throw * (0.3 + drawn[:, 5]))[:, None] * outward
        rise = throw * (0.1 + 0.6 * drawn[:, 6]) + 0.4
        self._born, self._thick = drawn[:, 0], (0.4 + drawn[:, 2]) * (0.35 + effort)
        self._start = slope.point(start[:, 0], start[:, 1], 0.05)
        self._velocity = slope.point(flat[:, 0], flat[:, 1], rise) + 0.6 * (drawn[:, 7:] - 0.5)
        self._normal, self._rich = slope.normal, rich

    def draw(self, picture: Floats, camera: Camera, light: Light, time: float) -> None:
        """Lay what flies at a time in seconds over (3, side, side), in place."""
        first, last = np.searchsorted(self._born, (time - LONGEST, time))
        if first == last:
            return
        age = time - self._born[first:last]
        place = self._start[first:last] + flight(self._velocity[first:last], age, DRAG, np.zeros(3))
        fade = self._thick[first:last] * np.minimum(1, 12 * age) * (1 - age / LONGEST) ** 1.5
        fade *= place @ self._normal > 0
        side = picture.shape[1]
        coarse = (side + 1) // 2
        places, scale = camera.project(place, coarse)
        broad = 0.09 + 0.35 * age  # metres: clumps spread out; their mean size blurs the picture
        weight = fade * np.minimum(scale, 80) ** 2 * 0.02 * (0.6 + 0.4 * self._rich)
        cloud = splat(places[:, 0], places[:, 1], weight[None], (coarse, coarse))[0]
        size = min(max(float((scale * broad * fade).sum() / (fade.sum() + 1e-9)), 0.6), 0.06 * coarse + 0.6)
        cloud = (0.35 * cloud + 0.65 * blur(cloud, size)) / np.float32(size)
        cover = np.float32(0.92) * (1 - np.exp(-cloud))
        lay_over(
            picture,
            (0.95 * light.ambient + 0.62 * light.sunlight)[:, None, None],
            resize(cover, (side, side)),
        )


def _second(key: int, second: int) -> Array:
    """(RATE, 10) random numbers of one second: time, rank, brightness, place along, across, speeds."""
    drawn = np.random.default_rng([key, second + 1000]).random((RATE, 10))
    drawn[:, 0] = second + np.sort(drawn[:, 0])
    return drawn


class Snowfall:
    """Flakes that fall around the camera, in a box that goes with it.

    Args:
        rng: random numbers.
        count: how many flakes there are in the box.
        wind: (3,) m/s.
    """

    BOX = np.array([8.0, 6.0, 8.0])
    MOMENTS = np.linspace(0, 1 / 60, 3)
    """Seconds while the shutter is open."""

    def __init__(self, rng: np.random.Generator, count: int, wind: Array) -> None:
        self._place = rng.random((count, 3)) * self.BOX
        self._velocity = wind + np.array([0, -1.2, 0]) + rng.normal(0, 0.25, (count, 3))

    def draw(self, picture: Floats, camera: Camera, light: Light, time: float) -> None:
        """Lay the flakes over (3, side, side), in place."""
        side = picture.shape[1]
        flakes = np.concatenate([self._place + self._velocity * (time + moment) for moment in self.MOMENTS])
        near = (flakes - camera.place + self.BOX / 2) % self.BOX - self.BOX / 2 + camera.place
        places, scale = camera.project(near, side)
        weight = (
            np.minimum(np.maximum(scale * 0.014, 0.03), 0.9) ** 1.5 * (scale > 0) * (2 / self.MOMENTS.size)
        )
        cover = np.minimum(splat(places[:, 0], places[:, 1], weight[None], (side, side))[0], 0.85)
        lay_over(picture, (0.9 * light.ambient + 0.3 * light.sunlight)[:, None, None], cover)
