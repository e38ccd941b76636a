"""The snow under a skier: its shadows, the tracks in it, and the ground that shows them."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.figure import Limbs, outline
from f2v_core.data.scenes.line import BEFORE, SkiLine, Slope
from f2v_core.media.drawing import fill_polygons, fill_shape
from f2v_core.media.warping import blur

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
TRACK_STEPS = np.concatenate([np.arange(0, 1, 0.06), np.arange(1, 6, 0.16)])
"""Seconds before now, at whose places the edges of a track have corners."""
THINNEST = 0.015
"""Metres: the radius of what casts no shadow to speak of."""
PENUMBRA = 0.006
"""How soft shadows are, as a share of the frame."""
SKI_TRACK = 0.13
"""Metres across the groove of one ski."""


def shadow_map(
    camera: Camera, side: int, slope: Slope, sun: Array, trees: Array, figures: list[Limbs]
) -> Floats:
    """(side, side), 0..1: how much of the sun is kept from the snow by trees, (N, 3, 3) triangles, and figures."""
    canvas = np.zeros((side, side), np.uint8)
    places, scale = camera.project(trees, side)
    _fill(canvas, places[scale.all(1)])
    for limbs in figures:
        thick = limbs.radii[:, 0] > THINNEST
        places, scale = camera.project(slope.fallen(limbs.ends[thick], sun), side)
        if scale.all():
            _fill(canvas, outline(places, limbs.radii[thick] * scale * 0.8))
    return blur(canvas.astype(np.float32) * np.float32(1 / 255), PENUMBRA * side)


def groove_map(camera: Camera, side: int, slope: Slope, line: SkiLine, stance: float, time: float) -> Floats:
    """(side, side), 0..1: what two skis have cut into the snow until a time in seconds."""
    past = time - TRACK_STEPS[time + BEFORE > TRACK_STEPS]
    canvas = np.zeros((side, side), np.uint8)
    now = line.at(past)
    along = np.stack([np.cos(now.heading), -np.sin(now.heading)], 1)
    wide = SKI_TRACK * np.minimum(0.45 + 0.06 * np.abs(now.sideways), 1)
    middle = np.stack([now.across, now.down], 1)
    feet = (-stance / 2, stance / 2)
    edges = [middle + (foot + sign * wide / 2)[:, None] * along for foot in feet for sign in (-1, 1)]
    places, scale = camera.project(slope.point(*np.concatenate(edges).T), side)
    seen = scale.reshape(4, -1).all(0)
    count = past.size if seen.all() else int(seen.argmin())  # as far back as the camera sees it
    for left, right in places.reshape(2, 2, -1, 2):
        if count > 1:
            fill_shape(canvas, np.concatenate([left[:count], right[count - 1 :: -1]]), (255,))
    return canvas.astype(np.float32) * np.float32(1 / 255)


def _fill(canvas: NDArray[np.uint8], polygons: Array) -> None:
    """Fill those that may be in the frame."""
    side = canvas.shape[0]
    low, high = polygons.min(1), polygons.max(1)
    inside = ((high > 0) & (low < side)).all(1)
    fill_polygons(canvas, polygons[inside], [(255,)] * int(inside.sum()))
