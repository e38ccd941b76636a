"""A pin-hole camera in a world of metres: x to the right, y up, z ahead, where the slope falls."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FLIPPED = np.array([1.0, -1.0])
NEAREST = 0.3
"""Metres before the lens; what is nearer counts as being there."""


@dataclass(frozen=True)
class Camera:
    """Where a camera stands and looks at one moment.

    Attributes:
        place: (3,) in metres.
        axes: (3, 3), rows: the unit vectors to its right, up and ahead.
        focal: focal length in sides of the frame: 1 is wide (53 degrees), 4 is a telephoto lens.
    """

    place: Array
    axes: Array
    focal: float

    @classmethod
    def looking(cls, place: Array, target: Array, focal: float, roll: float = 0.0) -> "Camera":
        """A camera at a place that looks at a target, but not straight up or down, turned by `roll` radians."""
        x, y, z = (target - place) / math.dist(target, place)
        flat = math.hypot(x, z)
        right = np.array([z / flat, 0.0, -x / flat])
        above = np.array([-x * y / flat, flat, -y * z / flat])
        cosine, sine = math.cos(roll), math.sin(roll)
        turned = cosine * right + sine * above
        return cls(place, np.array([turned, cosine * above - sine * right, (x, y, z)]), focal)

    def project(self, points: Array, side: int) -> tuple[Array, Array]:
        """See points.

        Args:
            points: (..., 3) in metres.
            side: of the frame in pixels.

        Returns:
            (..., 2) pixels (x, y), whole numbers in their centres, and (...) pixels per metre there; 0 for what lies
            behind the camera.
        """
        seen = (points - self.place) @ self.axes.T
        depth = seen[..., 2]
        scale = side * self.focal / np.maximum(depth, NEAREST)
        places = seen[..., :2] * scale[..., None] * FLIPPED + (side / 2 - 0.5)
        return places, scale * (depth > NEAREST)

    def direction(self, side: int) -> tuple[Array, Array, Array]:
        """The ray of pixel (column, row) is `base + column * right + row * down`, in metres per metre of depth."""
        step = 1 / (side * self.focal)
        right, down = step * self.axes[0], -step * self.axes[1]
        middle = side / 2 - 0.5
        return self.axes[2] - middle * (right + down), right, down
