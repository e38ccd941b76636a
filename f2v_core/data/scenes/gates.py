"""Slalom gates: poles, and flags between them, where a skier turns hardest."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.figure import Limbs
from f2v_core.data.scenes.line import SkiLine, Slope

Array = NDArray[np.float64]
COLOURS = np.array([[0.62, 0.02, 0.03], [0.02, 0.05, 0.55]])
TALL = 1.8
FLAG = (1.05, 1.13, 1.21, 1.29, 1.37)
"""Heights of the strips of cloth, in metres."""
CLOSEST = 3.0
"""Metres before the lens; nearer gates would fill the frame."""
REACH = 50.0
"""Metres to which gates are drawn."""
UP = np.array([0.0, 1.0, 0.0])


class Gates:
    """A course of gates, red and blue in turn.

    Args:
        line, slope: the skier goes around them closely.
        flags: whether two poles with a flag stand at each turn, as in giant slalom, or just one pole.
    """

    def __init__(self, line: SkiLine, slope: Slope, *, flags: bool) -> None:
        now = line.at(line.apexes())
        self._inside, self._flags = np.sign(now.sideways), flags
        self._places = slope.point(now.across + (0.95 if flags else 0.6) * self._inside, now.down)

    def around(self, place: Array, camera: Camera) -> list[tuple[float, Limbs]]:
        """Gates not too far from a place: those beyond it and those before it, as a camera sees it.

        Returns:
            Metres ahead of the camera, and what stands there.
        """
        near = ((self._places - place) ** 2).sum(1) < REACH**2
        depth = (self._places - camera.place) @ camera.axes[2]
        near &= depth > CLOSEST
        beyond = depth > float((place - camera.place) @ camera.axes[2])
        groups = (np.flatnonzero(near & beyond), np.flatnonzero(near & ~beyond))
        return [(float(depth[group].min()), self._gates(group)) for group in groups if group.size]

    def _gates(self, numbers: NDArray[np.int64]) -> Limbs:
        foot = self._places[numbers]
        sticks = [(foot, foot + TALL * UP, 0.022)]
        if self._flags:
            other = foot + 0.75 * self._inside[numbers, None] * np.array([1.0, 0, 0])
            sticks.append((other, other + TALL * UP, 0.022))
            sticks += [(foot + height * UP, other + height * UP, 0.06) for height in FLAG]
        ends = np.concatenate([np.stack([low, high], 1) for low, high, _ in sticks])
        radii = np.repeat([radius for *_, radius in sticks], numbers.size)
        return Limbs(ends, np.stack([radii, radii], 1), np.tile(COLOURS[numbers % 2], (len(sticks), 1)))
