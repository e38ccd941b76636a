"""Which scenes there are, and how a clip of one is made."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.erupting import film_eruption
from f2v_core.data.scenes.skiing import film_skier
from f2v_core.errors import InputError

Film = Callable[[np.random.Generator, int, NDArray[np.float64]], NDArray[np.uint8]]
"""(random numbers, size in pixels, (T,) times in seconds) to (T, size, size, 3) uint8 RGB."""

_FILMS: dict[str, Film] = {"erupting": film_eruption, "skiing": film_skier}
SCENES: tuple[str, ...] = tuple(_FILMS)
"""The names of all scenes: the categories of the seed."""


def check_scenes(names: str) -> tuple[str, ...]:
    """The scenes in a list such as "erupting, skiing", in its order, each once.

    Raises:
        InputError: one of them is unknown, or there is none.
    """
    found = tuple(dict.fromkeys(name for each in names.split(",") if (name := each.strip())))
    for name in found or ("",):
        if name not in _FILMS:
            raise InputError(f"There is no scene {name!r}.", f"Choose some of: {', '.join(SCENES)}.")
    return found


def make_scene(name: str, number: int, *, seed: int, size: int, frames: int, fps: float) -> NDArray[np.uint8]:
    """Make one clip; the same arguments give the same bytes.

    Seed and number choose the world, which knows only seconds: with twice the frame rate, every other frame is one of
    the slower clip.

    Args:
        name: one of `SCENES`.
        number: which one of the endlessly many, from 0.
        seed: starts the random numbers, from 0.
        size: width and height in pixels, 16..512; made for 64..256.
        frames: how many, at least 2.
        fps: frames a second, above 0.

    Returns:
        (frames, size, size, 3) uint8 RGB.

    Raises:
        InputError: an unknown name.
    """
    check_scenes(name)
    rng = np.random.default_rng([seed, number, SCENES.index(name)])
    return _FILMS[name](rng, size, np.arange(frames) / fps)
