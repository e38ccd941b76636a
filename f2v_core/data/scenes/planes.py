"""Pictures as planes, (C, H, W) float32: the layout in which mixing layers and colours is fast."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.media.warping import interleave, resize, warp_affine

Floats = NDArray[np.float32]
Real = NDArray[np.floating]


def tint(layer: Floats, colour: Floats) -> Floats:
    """(3, H, W): a layer (H, W) in a colour (3,)."""
    return colour[:, None, None] * layer


def lay_over(picture: Floats, colour: Real, cover: Real) -> None:
    """Hide a picture (3, H, W), in place, behind colours (3, H, W) where `cover` (H, W), 0..1, says so."""
    picture += cover * (colour - picture)


def packed(*layers: Floats) -> Floats:
    """(H, W, 4): 2 to 4 planes, from layers (H, W) or (C, H, W), as the channels of a picture that can be warped fast.

    Where there are fewer than 4, the first ones come again.
    """
    planes = [plane for each in layers for plane in (each if each.ndim == 3 else (each,))]
    return interleave([*planes, *planes[: 4 - len(planes)]])


def warped(picture: Floats, matrix: Floats, size: tuple[int, int]) -> Floats:
    """(4, h, w): what `packed` made, seen through an affine map as in `warp_affine`; size is (width, height)."""
    return planar(warp_affine(picture, matrix, size))


def planar(picture: Floats | NDArray[np.uint8]) -> Floats:
    """(C, H, W): the channels of a picture (H, W, C)."""
    result = np.empty((picture.shape[2], *picture.shape[:2]), np.float32)
    for number, plane in enumerate(result):
        plane[:] = picture[..., number]
    return result


def resized(planes: Floats, side: int) -> Floats:
    """(C, H, W) to (C, side, side)."""
    if planes.shape[1:] == (side, side):
        return planes
    return np.stack([resize(each, (side, side)) for each in planes])


def splat(x: Real, y: Real, weights: Real, shape: tuple[int, int]) -> Floats:
    """Sprinkle points over a picture, each over its four nearest pixels; what lies outside is lost.

    Args:
        x, y: (N,) places in pixels; whole numbers are the centres of pixels.
        weights: (C, N), how much each point adds to each plane.
        shape: (H, W).

    Returns:
        (C, H, W) float32 sums.
    """
    height, width = shape
    inside = (x > -1) & (x < width) & (y > -1) & (y < height)
    x, y, weights = x[inside] + 1, y[inside] + 1, weights[:, inside]
    column, row = x.astype(np.int64), y.astype(np.int64)
    right, below = x - column, y - row
    places = row * (width + 2) + column
    corners = np.concatenate([places, places + 1, places + width + 2, places + width + 3])
    shares = np.concatenate(
        [(1 - right) * (1 - below), right * (1 - below), (1 - right) * below, right * below]
    )
    sums = [
        np.bincount(corners, shares * np.tile(each, 4), (height + 2) * (width + 2)).reshape(
            height + 2, width + 2
        )
        for each in weights
    ]
    return np.stack(sums)[:, 1:-1, 1:-1].astype(np.float32)
