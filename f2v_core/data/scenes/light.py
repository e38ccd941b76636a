"""Light: where the sun stands, and the colours of sun, sky and haze at times of the day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float32]
"""(3,) linear RGB; a white thing in full light is about 1."""


@dataclass(frozen=True)
class Hour:
    """How a time of the day looks, before chance has its say.

    Attributes:
        elevation: the lowest and the highest sun (or moon), in degrees.
        sunlight: what falls on a surface that faces the sun.
        zenith, horizon: the sky's colours.
        ambient: what falls on a surface from the sky, as a factor on a mix of its colours.
        stars: how bright they are, 0..1.
        lava: how bright glowing rock is against everything else: exposure goes up as daylight goes.
    """

    elevation: tuple[float, float]
    sunlight: tuple[float, float, float]
    zenith: tuple[float, float, float]
    horizon: tuple[float, float, float]
    ambient: float
    stars: float
    lava: float


HOURS = {
    "day": Hour((25, 60), (1.9, 1.75, 1.5), (0.10, 0.22, 0.52), (0.40, 0.52, 0.70), 0.95, 0, 1.3),
    "overcast": Hour((40, 60), (0.25, 0.25, 0.25), (0.36, 0.39, 0.44), (0.52, 0.55, 0.59), 1.05, 0, 1.8),
    "golden": Hour((6, 17), (1.8, 1.12, 0.62), (0.09, 0.17, 0.37), (0.50, 0.42, 0.36), 0.9, 0, 1.8),
    "dusk": Hour((1, 4), (0.30, 0.12, 0.07), (0.02, 0.035, 0.10), (0.36, 0.15, 0.075), 0.75, 0.1, 3),
    "blue": Hour((10, 30), (0.02, 0.025, 0.04), (0.010, 0.018, 0.052), (0.05, 0.065, 0.12), 0.9, 0.4, 4),
    "night": Hour((20, 50), (0.03, 0.034, 0.046), (0.0028, 0.004, 0.010), (0.010, 0.013, 0.023), 1.2, 1, 5),
}  # fmt: skip


@dataclass(frozen=True)
class Light:
    """The light of one clip; all colours are linear RGB.

    Attributes:
        hour: a name of `HOURS`.
        sun: (3,) unit vector towards the sun or moon: to the right, up, towards the camera.
        sunlight, zenith, horizon, ambient, stars, lava: as in `Hour`, but `ambient` is a colour.
    """

    hour: str
    sun: NDArray[np.float32]
    sunlight: Colour
    zenith: Colour
    horizon: Colour
    ambient: Colour
    stars: float
    lava: float


def random_light(rng: np.random.Generator, hours: dict[str, float], behind: float = 0.25) -> Light:
    """Light at one of some hours.

    Args:
        rng: random numbers.
        hours: names of `HOURS`, and how likely each is.
        behind: how likely the sun stands beyond the scene instead of at the camera's side.
    """
    names, weights = list(hours), np.array(list(hours.values()))
    name = names[int(rng.choice(len(names), p=weights / weights.sum()))]
    hour = HOURS[name]
    elevation = np.radians(rng.uniform(*hour.elevation))
    azimuth = np.radians(rng.uniform(25, 85) + 90 * (rng.random() < behind)) * rng.choice((-1, 1))
    flat = np.cos(elevation)
    sun = np.array([flat * np.sin(azimuth), np.sin(elevation), flat * np.cos(azimuth)])
    tint = np.exp(rng.normal(0, 0.04, 3))
    sky = np.exp(rng.normal(0, 0.18))
    zenith = np.array(hour.zenith) * tint * np.exp(rng.normal(0, 0.15))
    horizon = np.array(hour.horizon) * tint * sky
    sunlight = np.array(hour.sunlight) * np.exp(rng.normal(0, 0.12)) * np.exp(rng.normal(0, 0.03, 3))
    ambient = hour.ambient * (0.65 * zenith + 0.35 * horizon)
    towards, direct, above, low, around = (
        each.astype(np.float32) for each in (sun, sunlight, zenith, horizon, ambient)
    )
    return Light(name, towards, direct, above, low, around, hour.stars, hour.lava)
