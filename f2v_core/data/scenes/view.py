"""A camera far from what it films: where it points as its holder trembles, pans and zooms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.noise import Wander

MARGIN = 0.3
"""How much more than the frame a layer shows on each side, as a share of the frame."""
SWAY = 0.06
"""How far a hand in a storm strays, as a share of the frame."""
CLOSEST = 0.35
"""Logarithm of the growth at which zooming comes to rest."""
FARTHEST = 0.22
"""Pans come to rest before so large a share of the frame."""


class View:
    """Where the camera points at each time; all lengths are shares of the frame's side.

    Args:
        rng: random numbers.
        steady: 0 for a hand in a storm .. 1 for a tripod.
        pan: (2,) drift to the right and downwards, per second.
        zoom: growth of the picture, per second.
    """

    def __init__(
        self, rng: np.random.Generator, steady: float, pan: NDArray[np.float64], zoom: float
    ) -> None:
        self._sway, self._tremble = Wander(rng, 3, 0.12, 0.7), Wander(rng, 3, 1.2, 6.0)
        self._loose = (1 - steady) ** 2
        self._pan, self._zoom = pan, zoom

    def pose(self, time: float) -> "Pose":
        """Where it points at a time in seconds."""
        sway, tremble = self._sway(time), self._tremble(time)
        shift = self._loose * (SWAY * sway[:2] + 0.006 * tremble[:2])
        roll = self._loose * (0.02 * sway[2] + 0.003 * tremble[2])
        pan = FARTHEST * np.tanh(self._pan * time / FARTHEST)
        zoom = CLOSEST * float(np.tanh(self._zoom * time / CLOSEST))
        return Pose(shift, pan, zoom, float(roll))


@dataclass(frozen=True)
class Pose:
    """Where a camera points; lengths are shares of the frame's side.

    Attributes:
        shift: (2,) by trembling, to the right and downwards.
        pan: (2,) by moving.
        zoom: logarithm of the growth of the picture.
        roll: in radians.
    """

    shift: NDArray[np.float64]
    pan: NDArray[np.float64]
    zoom: float
    roll: float

    def matrix(self, near: float = 1.0) -> NDArray[np.float64]:
        """(3, 3), from (x, y, 1) in the frame to those in a layer, both in 0..1 of the frame at time 0.

        Args:
            near: how much the layer shifts against the far distance: 0 at infinity, 1 for the main thing.
        """
        scale = np.exp(-self.zoom * (0.75 + 0.25 * near))
        cosine, sine = scale * np.cos(self.roll), scale * np.sin(self.roll)
        x, y = 0.5 + self.shift + self.pan * (0.7 + 0.3 * near)
        return np.array(
            [[cosine, -sine, x - 0.5 * (cosine - sine)], [sine, cosine, y - 0.5 * (sine + cosine)], [0, 0, 1]]
        )


def onto_layer(matrix: NDArray[np.float64], side: int, layer: int) -> NDArray[np.float32]:
    """(2, 3), from pixels of the frame to those of a layer with its margins; `matrix` is of a `Pose`."""
    return onto(matrix, side, layer / (1 + 2 * MARGIN), (MARGIN, MARGIN))


def onto(
    matrix: NDArray[np.float64], side: int, unit: float, origin: tuple[float, float]
) -> NDArray[np.float32]:
    """(2, 3), from pixels of the frame to those of any picture.

    Args:
        matrix: (3, 3), of a `Pose`.
        side: of the frame in pixels.
        unit: pixels of the picture along the frame's side.
        origin: where the frame's upper left corner lies in the picture at time 0, in sides of the frame.
    """
    enter = np.array([[1 / side, 0, 0.5 / side], [0, 1 / side, 0.5 / side], [0, 0, 1]])
    leave = np.array([[unit, 0, origin[0] * unit - 0.5], [0, unit, origin[1] * unit - 0.5]])
    return np.asarray(leave @ matrix @ enter, np.float32)


def seen(matrix: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """(2, 3), from places of a layer, in 0..1 of the frame at time 0, to pixels of the frame."""
    leave = np.array([[side, 0, -0.5], [0, side, -0.5]])
    return np.asarray(leave @ np.linalg.inv(matrix))
