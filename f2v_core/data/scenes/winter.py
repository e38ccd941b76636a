"""Which slope it is, who skis down it, in what light, and among which trees: the chance behind a clip."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.filming import Filming, Shot, random_shot
from f2v_core.data.scenes.gates import Gates
from f2v_core.data.scenes.light import Light, random_light
from f2v_core.data.scenes.line import SkiLine, Slope
from f2v_core.data.scenes.skier import Style, random_style
from f2v_core.data.scenes.spray import Snowfall, Spray
from f2v_core.data.scenes.trees import Forest

Array = NDArray[np.float64]
HOURS = {"day": 2.4, "overcast": 0.9, "golden": 1.0}


@dataclass(frozen=True)
class Winter:
    """One clip's world.

    Attributes:
        slope, line, style: where, along what, and how somebody skis.
        filming: who films it.
        light, sun: the light, and (3,) the direction of its sun in the world.
        groomed: 1 for a fresh piste .. 0 for deep snow.
        forest: the trees.
        snowy: how much snow lies on them, 0..1.
        mountains: how high the mountains beyond are, in radians.
        clouds: how much of the sky they hide, 0..1.
        gates, snowfall: if there are any.
        spray: what the skis throw up.
    """

    slope: Slope
    line: SkiLine
    style: Style
    filming: Filming
    light: Light
    sun: Array
    groomed: float
    forest: Forest
    snowy: float
    mountains: float
    clouds: float
    gates: Gates | None
    snowfall: Snowfall | None
    spray: Spray

    @property
    def exposure(self) -> float:
        """What a camera chooses that does not want its snow burnt out."""
        snow = self.light.ambient + self.light.sunlight * float(self.sun @ self.slope.normal)
        return 0.85 / float(snow.mean() + 0.25)


def random_winter(rng: np.random.Generator, until: float) -> Winter:
    """A slope like no other, on which somebody skis until a time in seconds."""
    chance, course, body, view, sky, wood, air = rng.spawn(7)  # so that no part changes another
    slope = Slope(np.radians(chance.uniform(13, 32)))
    speed, groomed = chance.uniform(5, 19), min(max(chance.normal(0.6, 0.4), 0.0), 1.0)
    force = chance.uniform(3, 6) + chance.uniform(0, 0.45) * speed
    line = SkiLine(course, speed, chance.uniform(1.7, 4.2), force, until)
    shot = random_shot(view, speed)
    filming = Filming(view, shot, line, slope)
    light, sun = _light(sky, slope, filming.camera(0.0))
    cloudy = 0.8 if light.hour == "overcast" else sky.uniform(0.2, 0.7) * (sky.random() < 0.6)
    snowing = air.random() < (0.5 if light.hour == "overcast" else 0.08)
    wind = np.array([air.normal(0, 1.5), 0, air.normal(0, 1.0)])
    return Winter(
        slope=slope, line=line, style=random_style(body, min(max((speed - 6) / 14 + body.normal(0, 0.2), 0.0), 1.0)),
        filming=filming, light=light, sun=sun, groomed=groomed, forest=_forest(wood, shot, slope, sun),
        snowy=min(max(wood.normal(0.5, 0.35), 0.0), 1.0), mountains=sky.uniform(0.08, 0.3), clouds=cloudy,
        gates=Gates(line, slope, flags=bool(course.random() < 0.5)) if course.random() < 0.45 else None,
        snowfall=Snowfall(air, int(air.integers(200, 900)), wind) if snowing else None,
        spray=Spray(int(air.integers(2**31)), line, slope, 4.0 - 3.2 * groomed, until),
    )  # fmt: skip


def _forest(rng: np.random.Generator, shot: Shot, slope: Slope, sun: Array) -> Forest:
    """A forest, or single trees in open land; nobody stands in the trees to film."""
    width = max(rng.uniform(18, 45), 2 * abs(shot.aside) + 8)
    dense, deep = (0.5, 0.0) if rng.random() < 0.3 else (rng.uniform(2, 6), rng.uniform(10, 30))
    return Forest(int(rng.integers(2**31)), slope, sun, width, dense, deep, rng.uniform(5, 16))


def _light(rng: np.random.Generator, slope: Slope, camera: Camera) -> tuple[Light, Array]:
    """Light, and the direction of its sun in the world; it is raised until it reaches the slope."""
    light = random_light(rng, HOURS, behind=0.35)
    sun = camera.axes.T @ (light.sun * (1, 1, -1))
    sun = sun + max(0.22 - float(sun @ slope.normal), 0) * slope.normal
    sun /= np.linalg.norm(sun)
    toward = camera.axes @ sun
    return replace(light, sun=np.array([toward[0], toward[1], -toward[2]], np.float32)), sun
