"""The volcano itself: its cone in daylight, in the light of its lava, and with lava running down."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.cone import cone_surface, paint_cone, streams
from f2v_core.data.scenes.light import Colour
from f2v_core.data.scenes.noise import cloud_tile
from f2v_core.data.scenes.planes import packed, tint, warped
from f2v_core.data.scenes.view import MARGIN, Pose, onto_layer, seen
from f2v_core.data.scenes.volcano import Volcano
from f2v_core.media.warping import remap, warp_affine

Floats = NDArray[np.float32]
ALBEDO = np.float32(0.12)
"""Of the ground, in the light of lava."""
HAZE = 9000.0
"""Metres over which the air hides two thirds."""


class Mountain:
    """Draws the cone; one for each clip.

    Args:
        rng: random numbers.
        volcano: what there is to draw.
        side: the frame's side in pixels.
    """

    def __init__(self, rng: np.random.Generator, volcano: Volcano, side: int) -> None:
        light, span = volcano.light, volcano.span
        self._volcano, self._side = volcano, side
        self._layer = round((1 + 2 * MARGIN) * side)
        axis = (np.arange(self._layer) + 0.5) / side - MARGIN
        x, y = ((axis - volcano.place[0]) * span)[None], ((volcano.place[1] - axis) * span)[:, None]
        surface = cone_surface(volcano.cone, x.astype(np.float32), y.astype(np.float32))
        body = paint_cone(rng, surface, light, span / side, span, volcano.soil)
        away = span * rng.uniform(0.3, 2.0)
        body += np.float32(1 - np.exp(-away / HAZE)) * (light.horizon[:, None, None] - body)
        self._body = packed(body, surface.cover)
        self._streams = (
            streams(rng, volcano.streams, volcano.cone, surface, span) if volcano.streams else None
        )

    def draw(self, pose: Pose, time: float, fire: Colour) -> tuple[Floats, Floats]:
        """The mountain in one frame.

        Args:
            pose: where the camera points.
            time: in seconds.
            fire: light of the lava at the vent, in linear RGB.

        Returns:
            (3, side, side) linear RGB, and (side, side) how much it hides, 0..1.
        """
        matrix = pose.matrix()
        place = onto_layer(matrix, self._side, self._layer)
        body = warped(self._body, place, (self._side, self._side))
        if fire.any():
            body[:3] += tint(self._fall_off(matrix), ALBEDO * fire)
        if self._streams is not None:
            body[:3] += self._running(self._streams, place, time)
        return body[:3], body[3]

    def _running(self, layer: Floats, place: Floats, time: float) -> Floats:
        """Light of the lava that runs down the flank: crusts and hot gaps drift with it."""
        heat, down = (warp_affine(each, place, (self._side, self._side)) for each in layer)
        gone = (0.02 + 4 / self._volcano.span) * time
        crust = remap(
            cloud_tile(1.3, 2), 40 * heat, np.maximum(250 - 120 * (down - np.float32(gone)) % 250, 0)
        )
        heat *= np.minimum(np.maximum(1 + np.float32(0.4) * crust, 0.2), 1.6)
        return np.float32(1.3 * self._volcano.light.lava) * np.stack([heat, 0.3 * heat**2, 0.03 * heat**3])

    def _fall_off(self, matrix: NDArray[np.float64]) -> Floats:
        """(side, side): how the light of the vent fades with the distance."""
        x, y = seen(matrix, self._side) @ (*self._volcano.place, 1.0)
        index = np.arange(self._side)
        scale = 3.5 / self._side
        across, down = ((scale * (index - at)) ** 2 for at in (x, y))
        return np.asarray(0.1 / (across.astype(np.float32) + (down[:, None] + 0.05).astype(np.float32)))
