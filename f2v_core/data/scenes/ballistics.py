"""Things thrown into the air: how they fly, and how pieces of lava land on a mountain and roll there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.cone import Cone

Array = NDArray[np.float64]
GRAVITY = 9.81
LONGEST = 6.0
"""Seconds after which a bomb has cooled and is forgotten."""


@dataclass(frozen=True)
class Fountain:
    """How lava is thrown.

    Attributes:
        rate: bombs a second at strength 1.
        speed: of the fastest at strength 1, in m/s.
        spread: standard deviation of their angles to the vertical, in radians.
        lean: mean of these angles, to the right.
        drag: seconds in which the air takes two thirds of the speed; inf in a vacuum.
        cooling: seconds in which small bombs lose two thirds of their glow.
        wind: (3,) m/s: to the right, up, towards the camera.
    """

    rate: float
    speed: float
    spread: float
    lean: float
    drag: float
    cooling: float
    wind: Array


def flight(velocity: Array, age: Array, drag: float, wind: Array) -> Array:
    """Where things thrown with a velocity (N, 3) are after `age` (N,) seconds, from where they started: (N, 3) metres.

    Drag is linear: they end up falling at GRAVITY * drag, with the wind. Without drag they fly a parabola.
    """
    age = age[:, None]
    gravity = np.array([0, -GRAVITY, 0])
    if np.isinf(drag):
        return np.asarray(velocity * age + 0.5 * gravity * age**2)
    final = wind + gravity * drag
    return np.asarray(final * age - (velocity - final) * drag * np.expm1(-age / drag))


@dataclass(frozen=True)
class Bombs:
    """Many pieces of lava, (N,) or (N, 3) each; lengths in metres, from the middle of the crater's rim.

    Attributes:
        born: when they leave the vent, in seconds, rising.
        velocity: at that moment, to the right, up, towards the camera.
        landed: age at which they hit the flank.
        hit: (N, 2) distance from the volcano's axis, and angle around it, where they do.
        rolling: (N, 2) speed down and around the flank afterwards, in m/s and radians a second.
        cooling: seconds in which they lose two thirds of their glow.
        size: how much they shine, against a small one.
    """

    born: Array
    velocity: Array
    landed: Array
    hit: Array
    rolling: Array
    cooling: Array
    size: Array

    def chosen(self, which: slice | NDArray[np.bool_]) -> "Bombs":
        """Some of them."""
        return Bombs(*(each[which] for each in vars(self).values()))

    def places(self, time: float, fountain: Fountain, cone: Cone) -> Array:
        """(N, 3) where they are at a time in seconds."""
        age = time - self.born
        place = flight(self.velocity, np.minimum(age, self.landed), fountain.drag, fountain.wind)
        down = age > self.landed
        gone = 1.5 * -np.expm1((self.landed - age)[down] / 1.5)  # they roll out within seconds
        radius, angle = (self.hit[down] + self.rolling[down] * gone[:, None]).T
        place[down] = np.stack([radius * np.sin(angle), -cone.below(radius), radius * np.cos(angle)], 1)
        return place


def throw(key: int, fountain: Fountain, bursts: Bursts, cone: Cone, first: int, last: int) -> Bombs:
    """All bombs that leave the vent in the seconds `first` .. `last`, each second by its own random numbers."""
    drawn = np.concatenate([_second(np.random.default_rng([key, second + 10**6]), fountain, second)
                            for second in range(first, last)])  # fmt: skip
    strength = bursts(drawn[:, 0])
    kept = drawn[:, 1] < strength
    born, _, fast, tilt, turn, large, roll, veer, slow = drawn[kept].T
    speed = fountain.speed * np.sqrt(np.maximum(strength[kept], 0.05)) * (0.25 + 0.75 * np.sqrt(fast))
    aim = np.sin(tilt)
    velocity = np.stack([aim * np.cos(turn) + np.sin(fountain.lean), np.cos(tilt), aim * np.sin(turn)], 1)
    velocity *= speed[:, None]
    landed, hit = _landing(velocity, fountain, cone)
    rolling = np.stack([14 * cone.steep * roll, 0.3 * (veer - 0.5)], 1)
    size = 0.4 + 4 * large**5
    cooling = fountain.cooling * (0.4 + 0.4 * slow + 0.3 * size)
    return Bombs(born, velocity, landed, hit, rolling, cooling, size)


def _second(rng: np.random.Generator, fountain: Fountain, second: int) -> Array:
    """(n, 9): time, rank, speed, tilt, turn, size, rolling down and around, cooling."""
    drawn = rng.random((round(1.3 * fountain.rate), 9))
    drawn[:, 0] = second + np.sort(drawn[:, 0])
    drawn[:, 1] *= 1.3
    drawn[:, 3] = fountain.spread * np.abs(rng.standard_normal(len(drawn)))
    drawn[:, 4] *= 2 * np.pi
    return drawn


def _landing(velocity: Array, fountain: Fountain, cone: Cone) -> tuple[Array, Array]:
    """(N,) ages at which bombs hit the cone, and where: a search in steps, then a straight line between two."""
    ages = np.linspace(0, LONGEST, 17)[1:]
    height = np.stack([_clearance(velocity, np.full(len(velocity), age), fountain, cone) for age in ages], 1)
    index = np.where((height < 0).any(1), (height < 0).argmax(1), ages.size - 1)
    rows = np.arange(len(velocity))
    low, high = height[rows, index], height[rows, np.maximum(index - 1, 0)]
    share = np.where((low < 0) & (index > 0), low / np.minimum(low - high, -1e-9), 0)
    landed = ages[index] - share * (ages[1] - ages[0])
    place = flight(velocity, landed, fountain.drag, fountain.wind)
    return landed, np.stack([np.hypot(place[:, 0], place[:, 2]), np.arctan2(place[:, 0], place[:, 2])], 1)


def _clearance(velocity: Array, age: Array, fountain: Fountain, cone: Cone) -> Array:
    """Metres above the ground; over the crater, above its floor."""
    place = flight(velocity, age, fountain.drag, fountain.wind)
    radius = np.hypot(place[:, 0], place[:, 2])
    return np.asarray(place[:, 1] + cone.below(radius) + cone.rim * (radius < 0.9 * cone.rim))
