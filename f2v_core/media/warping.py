"""Picture operations for drawn scenes: resampling, blurring, distances."""

from collections.abc import Sequence
from typing import TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = TypeVar("Picture", NDArray[np.float32], NDArray[np.uint8])


def remap(picture: Picture, x: NDArray[np.float32], y: NDArray[np.float32], *, wrap: bool = False) -> Picture:
    """Sample a picture bilinearly at other places.

    Args:
        picture: (H, W) or (H, W, C) with up to 4 channels; 1 and 4 are fast.
        x, y: (h, w) float32, where to look, in pixels; whole numbers are the centres of pixels.
        wrap: whether the picture goes on periodically; else its border pixels go on.

    Returns:
        (h, w) or (h, w, C).
    """
    border = cv2.BORDER_WRAP if wrap else cv2.BORDER_REPLICATE
    return cast("Picture", cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=border))


def warp_affine(picture: Picture, matrix: NDArray[np.float32], size: tuple[int, int]) -> Picture:
    """Sample a picture bilinearly through an affine map; its border pixels go on.

    Args:
        picture: (H, W) or (H, W, C); 1 and 4 channels are fast.
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
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return cast("Picture", cv2.resize(picture, size, interpolation=way))


def interleave(planes: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """(H, W, C): planes (H, W) as the channels of one picture."""
    return cast("NDArray[np.float32]", cv2.merge(list(planes)))


def distance_to(places: NDArray[np.bool_]) -> NDArray[np.float32]:
    """(H, W) distances in pixels to the nearest True of a picture."""
    return cast("NDArray[np.float32]", cv2.distanceTransform((~places).astype(np.uint8), cv2.DIST_L2, 5))
