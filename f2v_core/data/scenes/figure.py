"""Figures made of limbs: tapered sticks in space, painted from far to near, lit from one side."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.camera import Camera
from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.planes import planar
from f2v_core.media.drawing import fill_polygons
from f2v_core.media.warping import resize

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
FINER = 2
"""Figures are drawn so many times larger, and averaged."""
ARC = np.exp(1j * np.linspace(-np.pi / 2, np.pi / 2, 6))
"""Corners that round off a limb's end."""
MARGIN = 2
LIGHTEST = 2.0
"""The light that 255 stands for."""
MOST_STROKES = 5
"""Of each limb of a figure that is seen from near."""
THIN = 1.5
"""Pixels of the canvas: limbs with a smaller radius have no shaded side."""
SLIMMEST = 0.3
"""Pixels: thinner limbs are drawn that wide."""


@dataclass(frozen=True)
class Limbs:
    """Tapered sticks.

    Attributes:
        ends: (N, 2, 3) in metres.
        radii: (N, 2) in metres.
        colours: (N, 3) reflectance, linear RGB.
    """

    ends: Array
    radii: Array
    colours: Array

    def __add__(self, other: "Limbs") -> "Limbs":
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Limbs(*(np.concatenate(pair) for pair in pairs))


def outline(ends: Array, radii: Array) -> Array:
    """Corners around tapered sticks: (N, 2, 2) ends and (N, 2) radii in pixels to (N, 12, 2)."""
    spots = ends[..., 0] + 1j * ends[..., 1]
    along = spots[:, 1] - spots[:, 0]
    along /= np.abs(along) + 1e-9
    tip = spots[:, 1, None] + (radii[:, 1] * along)[:, None] * ARC
    root = spots[:, 0, None] - (radii[:, 0] * along)[:, None] * ARC
    return np.concatenate([tip, root], 1).view(float).reshape(len(ends), -1, 2)


def paint(picture: Floats, limbs: Limbs, camera: Camera, light: Light, sun: Array) -> None:
    """Paint a figure into a picture (3, side, side) of linear RGB, in place.

    Args:
        picture: what stands behind.
        limbs: what to paint; nothing of it may be behind the camera.
        camera: from where.
        light: colours of sun and sky.
        sun: (3,) unit vector towards the sun, in the world.
    """
    side = picture.shape[1]
    places, scale = camera.project(limbs.ends, side)
    if not scale.all():
        return
    radii = np.maximum(limbs.radii * scale, SLIMMEST)
    left, top = (int(each) for each in np.maximum((places - radii[..., None]).min((0, 1)) - MARGIN, 0))
    right, bottom = (int(each) for each in np.minimum((places + radii[..., None]).max((0, 1)) + MARGIN, side))
    if right <= left or bottom <= top:
        return
    canvas = np.zeros((FINER * (bottom - top), FINER * (right - left), 4), np.uint8)
    fine = FINER * (places - (left, top) + 0.5) - 0.5
    _strokes(canvas, fine, FINER * radii, limbs, camera, light, sun)
    seen = planar(resize(canvas, (right - left, bottom - top)))
    colour, cover = seen[:3], seen[3]
    colour *= colour
    colour *= np.float32(LIGHTEST / 255) / np.maximum(cover, 1)
    spot = picture[:, top:bottom, left:right]
    spot *= 1 - np.float32(1 / 255) * cover
    spot += colour


def _strokes(
    canvas: NDArray[np.uint8],
    places: Array,
    radii: Array,
    limbs: Limbs,
    camera: Camera,
    light: Light,
    sun: Array,
) -> None:
    """Paint all limbs, the farthest first: each in its shade, then slimmer strokes in more and more sun, towards it.

    The canvas gets square roots of light, and cover.
    """
    toward = camera.axes @ sun
    shade, lit = _colours(limbs, light, sun, facing=max(-float(toward[2]), 0.0))
    shift = 0.4 * radii[..., None] * np.array([toward[0], -toward[1]])
    shares = np.linspace(0, 1, min(max(round(float(radii.max()) / 5), 2), MOST_STROKES))
    strokes = np.stack([outline(places + share * shift, (1 - 0.4 * share) * radii) for share in shares], 1)
    colours = np.stack([shade + share * (lit - shade) for share in shares], 1)
    order = np.argsort((camera.place - limbs.ends.mean(1)) @ camera.axes[2])
    drawn = np.ones(colours.shape[:2], bool)
    drawn[radii.max(1) < THIN, :-1] = False
    polygons, colours = strokes[order][drawn[order]], colours[order][drawn[order]]
    encoded = 255 * np.sqrt(np.minimum(colours / LIGHTEST, 1))
    fill_polygons(canvas, polygons, [(*each, 255.0) for each in encoded.tolist()])


def _colours(limbs: Limbs, light: Light, sun: Array, facing: float) -> tuple[Array, Array]:
    """(N, 3) light of the limbs' shaded and lit sides; `facing` is how much of the lit side is seen, 0..1."""
    along = limbs.ends[:, 1] - limbs.ends[:, 0]
    squared = (along @ sun) ** 2 / ((along**2).sum(1) + 1e-9)
    broadside = np.sqrt(np.maximum(1 - squared, 0))[:, None]  # how squarely the sun meets a stick
    shade = limbs.colours * (0.85 * light.ambient + 0.2 * light.sunlight)
    lit = limbs.colours * (light.ambient + light.sunlight * broadside * (0.35 + 0.65 * facing))
    return shade, np.maximum(shade, lit)
