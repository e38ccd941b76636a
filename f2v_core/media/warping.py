"""Picture operations for drawn scenes: resampling, blurring, and shapes with soft edges."""

from collections.abc import Sequence
from typing import TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = TypeVar("Picture", NDArray[np.float32], NDArray[np.uint8])
SUBPIXEL_BITS = 4
"""Corners of shapes are rounded to 1/16 of a pixel."""
_NONE = np.empty(0, np.float32)


def remap(picture: Picture, places: NDArray[np.float32], *, wrap: bool = False) -> Picture:
    """Sample a picture bilinearly at other places.

    Args:
        picture: (H, W) or (H, W, C) with up to 4 channels.
        places: (h, w, 2) float32, the (x, y) in pixels to look at; whole numbers are the centres of pixels.
        wrap: whether the picture goes on periodically; else its border pixels go on.

    Returns:
        (h, w) or (h, w, C).
    """
    border = cv2.BORDER_WRAP if wrap else cv2.BORDER_REPLICATE
    return cast("Picture", cv2.remap(picture, places, _NONE, cv2.INTER_LINEAR, borderMode=border))


def warp_affine(picture: Picture, matrix: NDArray[np.float32], size: tuple[int, int]) -> Picture:
    """Sample a picture bilinearly through an affine map; its border pixels go on.

    Args:
        picture: (H, W) or (H, W, C).
        matrix: (2, 3), from (x, y, 1) in the result to (x, y) in the picture, in pixels.
        size: the result's (width, height).
    """
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cast("Picture", cv2.warpAffine(picture, matrix, size, None, flags, cv2.BORDER_REPLICATE))


def blur(picture: Picture, sigma: float) -> Picture:
    """Blur with a Gaussian of `sigma` pixels."""
    return cast("Picture", cv2.GaussianBlur(picture, (0, 0), sigma))


def resize(picture: Picture, size: tuple[int, int]) -> Picture:
    """Bring a picture to (width, height): true averages where it shrinks, bilinear where it grows."""
    shrinks = size[0] <= picture.shape[1] and size[1] <= picture.shape[0]
    return cast(
        "Picture", cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    )


def fill_polygons(
    canvas: NDArray[np.uint8], polygons: Sequence[NDArray[np.float32]], colour: tuple[int, ...]
) -> None:
    """Fill convex polygons one after the other, with smooth edges, in place.

    Args:
        canvas: (H, W) or (H, W, C) uint8.
        polygons: (K, 2) corners (x, y) each, in pixels; whole numbers are the centres of pixels.
        colour: one value of 0..255 for each channel.
    """
    for polygon in polygons:
        corners = np.rint(polygon * (1 << SUBPIXEL_BITS)).astype(np.int32)
        cv2.fillConvexPoly(canvas, corners, colour, cv2.LINE_AA, SUBPIXEL_BITS)


def draw_lines(canvas: NDArray[np.uint8], lines: NDArray[np.float32], value: int) -> None:
    """Draw straight lines, one pixel wide with smooth edges, in place.

    Args:
        canvas: (H, W) uint8.
        lines: (N, 2, 2), the two ends (x, y) of each in pixels.
        value: what to draw, 0..255.
    """
    ends = np.rint(lines * (1 << SUBPIXEL_BITS)).astype(np.int32)
    cv2.polylines(canvas, list(ends), False, (value,), 1, cv2.LINE_AA, SUBPIXEL_BITS)
