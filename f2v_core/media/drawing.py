"""Shapes with smooth edges, drawn into pictures."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

SUBPIXEL_BITS = 4
"""Corners of shapes are rounded to 1/16 of a pixel."""
FARTHEST = 8000
"""Pixels: corners farther outside are pulled in, where integers would overflow."""


def fill_polygons(
    canvas: NDArray[np.uint8], polygons: NDArray[np.floating], colours: Sequence[tuple[float, ...]]
) -> None:
    """Fill convex polygons one after the other, with smooth edges, in place.

    Args:
        canvas: (H, W) or (H, W, C) uint8.
        polygons: (N, K, 2) corners (x, y) in pixels; whole numbers are the centres of pixels.
        colours: of each polygon, 0..255 for each channel.
    """
    for corners, colour in zip(_fixed(polygons), colours, strict=True):
        cv2.fillConvexPoly(canvas, corners, colour, cv2.LINE_AA, SUBPIXEL_BITS)


def fill_shape(canvas: NDArray[np.uint8], corners: NDArray[np.floating], colour: tuple[float, ...]) -> None:
    """Fill one shape of any form, with smooth edges, in place; `corners` are (K, 2), the rest as above."""
    cv2.fillPoly(canvas, [_fixed(corners)], colour, cv2.LINE_AA, SUBPIXEL_BITS)


def _fixed(points: NDArray[np.floating]) -> NDArray[np.int32]:
    inside = np.minimum(np.maximum(points, -FARTHEST), FARTHEST)
    return np.asarray(np.rint(inside * (1 << SUBPIXEL_BITS)), np.int32)
