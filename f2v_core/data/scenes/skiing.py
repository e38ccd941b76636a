"""The scene "skiing": a skier on a slalom line down a slope, between trees or in the open, filmed by somebody."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.conifers import tree_pictures
from f2v_core.data.scenes.figure import Limbs, paint
from f2v_core.data.scenes.film import Film, render_side
from f2v_core.data.scenes.panorama import Panorama
from f2v_core.data.scenes.piste import groove_map, shadow_map
from f2v_core.data.scenes.planes import lay_over
from f2v_core.data.scenes.skier import pose, stance
from f2v_core.data.scenes.slope import Snow, look_down
from f2v_core.data.scenes.trees import Stand, TreePainter, trees_in_view
from f2v_core.data.scenes.winter import random_winter

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
Painter = tuple[float, Callable[[], None]]
"""Metres ahead of the camera, and what draws what is there."""
STEP = 0.5
"""Seconds between the cameras that say how far the panorama goes."""
MOST_TREES = 26
SHADY = 50.0
"""Metres to which trees throw shadows."""
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
    return np.stack([run.frame(float(time)) for time in times])


class _Run:
    """One world and the camera in it."""

    def __init__(self, rng: np.random.Generator, size: int, times: NDArray[np.float64]) -> None:
        world, film, back, ground, wood = rng.spawn(5)
        winter = self._winter = random_winter(world, float(np.ceil(times[-1])) + 3)
        light, self._side = winter.light, render_side(size)
        path = [winter.filming.camera(time) for time in np.arange(0, np.ceil(times[-1]) + 1, STEP).tolist()]
        self._film = Film(film, size, sensitive=0.1, glare=0.04, exposure=winter.exposure)
        self._panorama = Panorama(back, light, path, self._side, winter.mountains, winter.clouds)
        self._snow = Snow(ground, winter.slope, light, winter.sun, winter.groomed)
        self._trees = TreePainter(tree_pictures(wood, light, winter.snowy), light.horizon)

    def frame(self, time: float) -> NDArray[np.uint8]:
        """(size, size, 3) uint8 RGB at a time in seconds."""
        winter, camera = self._winter, self._winter.filming.camera(time)
        picture = self._panorama.draw(camera)
        standing = stance(winter.line, winter.slope, time)
        away = float((standing.feet - camera.place) @ camera.axes[2])
        figures = [(away, pose(standing, winter.style))]
        figures += winter.gates.around(standing.feet, camera) if winter.gates else []
        at = float(camera.place @ winter.slope.down)
        stand = winter.forest.stand(at - REACH, at + REACH)
        self._lay_snow(picture, camera, stand, [limbs for _, limbs in figures], time)
        painters = self._woods(picture, camera, stand)
        for depth, limbs in figures:
            painters.append((depth, partial(paint, picture, limbs, camera, winter.light, winter.sun)))
        painters.append((away - 0.3, partial(winter.spray.draw, picture, camera, winter.light, time)))
        for _, draw in sorted(painters, key=lambda each: -each[0]):
            draw()
        if winter.snowfall:
            winter.snowfall.draw(picture, camera, winter.light, time)
        return self._film.develop(picture, time)

    def _lay_snow(
        self, picture: Floats, camera: Camera, stand: Stand, figures: list[Limbs], time: float
    ) -> None:
        """Draw the slope with its shadows and tracks, in place."""
        winter, side = self._winter, self._side
        trees = stand.shadow[stand.near(camera.place, SHADY)]
        shadow = shadow_map(camera, side, winter.slope, winter.sun, trees, figures)
        groove = groove_map(camera, side, winter.slope, winter.line, winter.style.stance, time)
        ground = look_down(camera, winter.slope, side)
        lay_over(picture[:, ground.top :], self._snow.draw(ground, camera, shadow, groove), ground.cover)

    def _woods(self, picture: Floats, camera: Camera, stand: Stand) -> list[Painter]:
        seen = trees_in_view(stand, camera, self._side, MOST_TREES)
        return [
            (depth, partial(self._trees.draw, picture, seen, number))
            for number, depth in enumerate(seen.depth.tolist())
        ]
