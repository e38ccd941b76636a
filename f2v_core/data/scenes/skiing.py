"""The scene "skiing": a skier on a slalom line down a slope, between trees or in the open, filmed by somebody."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.conifers import tree_pictures
from f2v_core.data.scenes.figure import paint
from f2v_core.data.scenes.film import Film, render_side
from f2v_core.data.scenes.filming import Filming, random_shot
from f2v_core.data.scenes.gates import Gates
from f2v_core.data.scenes.light import Light, random_light
from f2v_core.data.scenes.line import SkiLine, Slope
from f2v_core.data.scenes.panorama import Panorama
from f2v_core.data.scenes.piste import groove_map, shadow_map
from f2v_core.data.scenes.planes import lay_over
from f2v_core.data.scenes.skier import pose, random_style, stance
from f2v_core.data.scenes.slope import Snow, look_down
from f2v_core.data.scenes.spray import Snowfall, Spray
from f2v_core.data.scenes.trees import Forest, TreePainter, trees_in_view

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
HOURS = {"day": 2.4, "overcast": 0.9, "golden": 1.0}
MOST_TREES = 48
REACH = 170.0
"""Metres up and down the slope to which trees are drawn."""


def film_skier(rng: np.random.Generator, size: int, times: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Film a skier.

    Args:
        rng: random numbers: they choose the world.
        size: the frames' side in pixels.
        times: (T,) in seconds, rising.

    Returns:
        (T, size, size, 3) uint8 RGB.
    """
    run = _Run(rng, size, times)
    return np.stack([run.frame(index, float(time)) for index, time in enumerate(times)])


class _Run:
    """One world and the camera in it."""

    def __init__(self, rng: np.random.Generator, size: int, times: NDArray[np.float64]) -> None:
        world, course, body, view, film, back, ground, wood, air = rng.spawn(9)
        until = float(times[-1])
        self._side = render_side(size)
        slope = self._slope = Slope(np.radians(world.uniform(13, 32)))
        speed = world.uniform(5, 19)
        force = world.uniform(3, 6) + world.uniform(0, 0.45) * speed
        line = self._line = SkiLine(course, speed, world.uniform(1.7, 4.2), force, until + 2)
        self._style = random_style(body, min(max((speed - 6) / 14 + world.normal(0, 0.2), 0), 1))
        shot = random_shot(view, speed)
        filming = Filming(view, shot, line, slope)
        self._cameras = [filming.camera(float(time)) for time in times]
        self._light, self._sun = _light(world, slope, filming.camera(0.0))
        light = self._light
        self._film = Film(film, size, sensitive=0.1, glare=0.04, exposure=_exposure(light, slope, self._sun))
        cover = 0.8 if light.hour == "overcast" else world.uniform(0.2, 0.7) * (world.random() < 0.6)
        self._panorama = Panorama(back, light, self._cameras, self._side, world.uniform(0.08, 0.3), cover)
        groomed = float(np.clip(world.normal(0.6, 0.4), 0, 1))
        self._snow = Snow(ground, slope, light, self._sun, groomed)
        open_land = world.random() < 0.3
        width = max(wood.uniform(18, 45), 2 * abs(shot.aside) + 8)
        dense, deep = (0.5, 0.0) if open_land else (wood.uniform(2, 6), wood.uniform(10, 30))
        self._forest = Forest(int(wood.integers(2**31)), width, dense, deep, wood.uniform(5, 16))
        snowy = float(np.clip(wood.normal(0.5, 0.35), 0, 1))
        self._trees = TreePainter(tree_pictures(wood, light, snowy), light.horizon)
        self._gates = Gates(line, slope, flags=bool(world.random() < 0.5)) if world.random() < 0.45 else None
        self._spray = Spray(int(air.integers(2**31)), line, slope, 4.0 - 3.2 * groomed, until)
        snowing = world.random() < (0.5 if light.hour == "overcast" else 0.08)
        wind = np.array([world.normal(0, 1.5), 0, world.normal(0, 1.0)])
        self._snowfall = Snowfall(air, int(world.integers(200, 900)), wind) if snowing else None

    def frame(self, index: int, time: float) -> NDArray[np.uint8]:
        """(size, size, 3) uint8 RGB: frame number `index`, at a time in seconds."""
        camera, side, slope = self._cameras[index], self._side, self._slope
        picture = self._panorama.draw(index, camera)
        standing = stance(self._line, slope, time)
        skier = pose(standing, self._style)
        at = float(camera.place @ slope.down)
        seen = trees_in_view(self._forest.stand(at - REACH, at + REACH), slope, camera, side, MOST_TREES)
        away = float((standing.feet - camera.place) @ camera.axes[2])
        gates = self._gates.around(standing.feet, camera) if self._gates else []
        figures = [(away, skier), *gates]
        shadow = shadow_map(
            camera,
            side,
            slope,
            self._sun,
            seen.stand.shadows(slope, self._sun),
            [limbs for _, limbs in figures],
        )
        groove = groove_map(camera, side, slope, self._line, self._style.stance, time)
        ground = look_down(camera, slope, side)
        lay_over(picture, self._snow.draw(ground, camera, shadow, groove), ground.cover)
        jobs: list[tuple[float, Callable[[], None]]] = [
            (depth, partial(self._trees.draw, picture, seen, number))
            for number, depth in enumerate(seen.depth.tolist())
        ]
        jobs += [
            (depth, partial(paint, picture, limbs, camera, self._light, self._sun))
            for depth, limbs in figures
        ]
        jobs.append((away - 0.3, partial(self._spray.draw, picture, camera, self._light, time)))
        for _, job in sorted(jobs, key=lambda each: -each[0]):
            job()
        if self._snowfall:
            self._snowfall.draw(picture, camera, self._light, time)
        return self._film.develop(picture, time)


def _exposure(light: Light, slope: Slope, sun: Array) -> float:
    """What a camera chooses that does not want its snow burnt out."""
    snow = light.ambient + light.sunlight * max(float(sun @ slope.normal), 0.0)
    return 0.85 / float(snow.mean() + 0.25)


def _light(rng: np.random.Generator, slope: Slope, camera: Camera) -> tuple[Light, Array]:
    """Light, and the direction of its sun in the world; it is raised until it reaches the slope."""
    light = random_light(rng, HOURS, behind=0.35)
    sun = camera.axes.T @ (light.sun * (1, 1, -1))
    sun = sun + max(0.22 - float(sun @ slope.normal), 0) * slope.normal
    sun /= np.linalg.norm(sun)
    toward = camera.axes @ sun
    return replace(light, sun=np.array([toward[0], toward[1], -toward[2]], np.float32)), sun
