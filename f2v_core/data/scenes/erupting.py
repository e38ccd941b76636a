"""The scene "erupting": a volcano with its plume, its lava, its mountain and its sky, filmed from far away."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.backdrop import Backdrop
from f2v_core.data.scenes.film import Film, render_side
from f2v_core.data.scenes.foreground import hill
from f2v_core.data.scenes.lava import Lava
from f2v_core.data.scenes.mountain import Mountain
from f2v_core.data.scenes.planes import lay_over, resized, warped
from f2v_core.data.scenes.plume import Plume
from f2v_core.data.scenes.smoke import Smoke
from f2v_core.data.scenes.vent import SIDE, VENT
from f2v_core.data.scenes.view import Pose, View, onto, onto_layer, seen
from f2v_core.data.scenes.volcano import Volcano, random_volcano
from f2v_core.data.scenes.water import Water

Floats = NDArray[np.float32]
FIRE = np.array([1.0, 0.3, 0.06], np.float32)
"""Colour of the light that lava throws on things, linear RGB."""
FINEST = 224
"""Bombs are points in pictures up to this side, in pixels; where frames are larger, so are bombs."""
GOING = 54
"""Steps of the fluid before the first frame."""
FOREGROUND = 1.6
"""How much the hill in front shifts, against the volcano."""


def film_eruption(rng: np.random.Generator, size: int, times: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Film an eruption.

    Args:
        rng: random numbers: they choose the world.
        size: the frames' side in pixels.
        times: (T,) in seconds, rising.

    Returns:
        (T, size, size, 3) uint8 RGB.
    """
    scene = _Eruption(rng, size, times)
    return np.stack([scene.frame(float(time)) for time in times])


class _Eruption:
    """One world and the camera before it."""

    def __init__(self, rng: np.random.Generator, size: int, times: NDArray[np.float64]) -> None:
        world, film, view, back, ground, gas, heaps, fire, front = rng.spawn(
            9
        )  # so that no part changes another
        volcano = self._volcano = random_volcano(world)
        light, side = volcano.light, render_side(size)
        self._side = side
        self._film = Film(film, size, sensitive=light.stars, glare=0.05 + 0.1 * light.stars)
        self._view = _random_view(view, volcano.place)
        self._backdrop = Backdrop(back, light, volcano.place[1], side)
        self._mountain = Mountain(ground, volcano, side)
        self._plume = Plume(volcano.vent, volcano.bursts, gas, float(times[0]), GOING)
        self._smoke = Smoke(heaps, volcano.vent, volcano.ash, light, side, volcano.cells)
        self._lava = _lava(fire, volcano, times)
        low = max(front.uniform(0.76, 0.97), volcano.place[1] + 0.1)
        nearby = front.choice(("hill", "water", "nothing"), p=(0.4, 0.2, 0.4))
        self._hill = hill(front, light, side, low) if nearby == "hill" else None
        self._water = Water(front, light, low, side) if nearby == "water" else None

    def frame(self, time: float) -> NDArray[np.uint8]:
        """(size, size, 3) uint8 RGB at a time in seconds; times must not run backwards."""
        pose, fire = self._view.pose(time), self._fire(time)
        picture = self._backdrop.draw(pose, time)
        cover = self._smoke.draw(picture, self._plume.at(time), self._cells(pose), fire)
        ground, hidden = self._mountain.draw(pose, time, fire)
        lay_over(picture, ground, hidden)
        if self._lava:
            self._shine(picture, self._lava, pose, time, 1 - np.float32(0.75) * cover * (1 - hidden))
        if self._water:
            self._water.draw(picture, pose.matrix(), time)
        if self._hill is not None:
            place = onto_layer(pose.matrix(FOREGROUND), self._side, self._hill.shape[0])
            front = warped(self._hill, place, (self._side, self._side))
            lay_over(picture, front[:3], front[3])
        return self._film.develop(picture, time)

    def _fire(self, time: float) -> Floats:
        """(3,) how bright the lava lights its surroundings."""
        fountain, lava = self._volcano.fountain, self._volcano.light.lava
        if fountain is None:
            return np.zeros(3, np.float32)
        return FIRE * np.float32(
            0.05 * lava * float(self._volcano.bursts(time)) * min(1.0, fountain.rate / 250)
        )

    def _cells(self, pose: Pose) -> Floats:
        """(2, 3), from pixels of the frame to cells of the fluid; the vent lies inside the crater."""
        cells, (x, y) = self._volcano.cells, self._volcano.place
        inside = 0.6 * self._volcano.vent.radius
        origin = VENT[0] * SIDE / cells - x, (VENT[1] - inside) * SIDE / cells - y
        return onto(pose.matrix(), self._side, cells, origin)

    def _shine(self, picture: Floats, lava: Lava, pose: Pose, time: float, clear: Floats) -> None:
        """Add what the lava shines through the ash, in place; it hides what is behind it."""
        fine = min(self._side, FINEST)
        span, (x, y) = self._volcano.span, self._volcano.place
        metres = np.array([[1 / span, 0, x], [0, -1 / span, y], [0, 0, 1]])
        bombs = lava.draw(fine, time, seen(pose.matrix(), fine) @ metres) * np.float32((fine / 160) ** 1.5)
        bombs = resized(bombs, self._side)
        picture *= np.exp(-6 * bombs[0])
        picture += clear * np.float32(12 * self._volcano.light.lava) * bombs


def _random_view(rng: np.random.Generator, place: tuple[float, float]) -> View:
    """Tripods, hands, and now and then somebody who runs; pans bring the vent's place nearer to the middle."""
    steady = float(rng.choice((1.0, rng.uniform(0.5, 0.9), rng.uniform(0.0, 0.5)), p=(0.3, 0.25, 0.45)))
    aim = np.sign(np.array(place) - (0.5, 0.65))
    pan = aim * np.abs(rng.normal(0, 0.14, 2)) * (1, 0.5) * (rng.random() < 0.5)
    zoom = rng.normal(0, 0.2) * (rng.random() < 0.5)
    return View(rng, steady, pan, zoom)


def _lava(rng: np.random.Generator, volcano: Volcano, times: NDArray[np.float64]) -> Lava | None:
    """The lava that is thrown, if any; in the dark the shutter is open longer."""
    if volcano.fountain is None:
        return None
    shutter = rng.uniform(1 / 40, 1 / 12) if volcano.light.lava > 2 else rng.uniform(1 / 100, 1 / 40)
    return Lava(int(rng.integers(2**31)), volcano.fountain, volcano.bursts, volcano.cone, times, shutter)
