"""A volcano's cone: its shape, its gullies, its soils, and the lava that runs down its front."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.light import Colour, Light
from f2v_core.data.scenes.noise import TILE, cloud_tile
from f2v_core.data.scenes.planes import tint
from f2v_core.data.scenes.ranges import shade
from f2v_core.media.warping import remap

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Cone:
    """A volcano as a solid of revolution with gullies; lengths in metres, from the middle of the crater's rim.

    Attributes:
        rim: the crater's radius.
        steep: slope at the rim, as height over length.
        foot: how soon the slope eases: at 1.5 times this distance from the rim it has halved.
        rough: depth of the gullies.
        key: chooses the gullies.
    """

    rim: float
    steep: float
    foot: float
    rough: float
    key: int

    def radius(self, below: NDArray[np.floating]) -> NDArray[np.floating]:
        """Distance from the axis where the flank lies so far below the rim; above it, the rim's."""
        drop = np.maximum(below, 0) / self.steep
        return np.asarray(self.rim + drop * (1 + drop / (2 * self.foot)))

    def below(self, radius: NDArray[np.floating]) -> NDArray[np.floating]:
        """How far below the rim the flank lies at a distance from the axis: the inverse of `radius`."""
        away = np.maximum(radius - self.rim, 0)
        return np.asarray(self.steep * self.foot * (np.sqrt(1 + 2 * away / self.foot) - 1))

    def gullies(self, angle: NDArray[np.floating], below: NDArray[np.floating]) -> Floats:
        """Height of the rubble over the smooth cone, about -1..1, by the angle around the axis and the drop."""
        rng = np.random.default_rng(self.key)
        first, second = cloud_tile(1.3, 0), cloud_tile(1.5, 1)
        down = np.log1p(np.maximum(below, 0) / self.rim)
        offset = rng.uniform(0, TILE, 4)
        x, y = angle * 95 + offset[0], down * 16 + offset[1]
        total = 0.65 * remap(first, x.astype(np.float32), y.astype(np.float32), wrap=True)
        x, y = angle * 170 + offset[2], down * 90 + offset[3]
        total += 0.35 * remap(second, x.astype(np.float32), y.astype(np.float32), wrap=True)
        return np.asarray(total, np.float32)


@dataclass(frozen=True)
class Surface:
    """The visible side of a cone, pixel by pixel, (H, W) each.

    Attributes:
        cover: how much of the pixel it fills, 0..1.
        near: metres from the axis towards the camera.
        angle: around the axis, 0 towards the camera, in radians.
        below: metres below the rim.
        bumps: what `Cone.gullies` says.
    """

    cover: Floats
    near: Floats
    angle: Floats
    below: Floats
    bumps: Floats


def cone_surface(cone: Cone, x: Floats, y: Floats) -> Surface:
    """Look at a cone horizontally from far away.

    Args:
        cone: the volcano.
        x: (1, W) metres to the right of its axis.
        y: (H, 1) metres above its rim; equal steps.
    """
    pixel = abs(float(y[1, 0] - y[0, 0]))
    below = np.asarray(-y + 0 * x, np.float32)
    radius = np.asarray(cone.radius(below), np.float32)
    angle = np.arcsin(np.clip(x / radius, -1, 1))
    bumps = cone.gullies(angle, below)
    ragged = bumps * cone.rough
    lowered = below + 0.12 * cone.rim * (bumps + 2 * np.cos(angle) - 0.8)
    cover = np.clip((radius + ragged - np.abs(x)) / pixel + 0.5, 0, 1) * np.clip(lowered / pixel + 0.5, 0, 1)
    near = np.sqrt(np.maximum((radius + ragged) ** 2 - x**2, 0)) + 0.5 * ragged
    return Surface(cover, np.asarray(near, np.float32), angle, below, bumps)


def streams(rng: np.random.Generator, count: int, cone: Cone, surface: Surface, span: float) -> Floats:
    """Lava that runs down the front of a cone.

    Returns:
        (2, H, W): how hot it is, 0..1, and how far down it is, in frames.
    """
    heat = np.zeros_like(surface.below)
    down = surface.below / np.float32(span)
    radius = np.asarray(cone.radius(surface.below), np.float32)
    for start in rng.uniform(-0.8, 0.8, count):
        sway = rng.normal(0, (0.10, 0.05, 0.03)) / (1.0, 1.5, 2.0)
        phase = rng.uniform(0, 2 * np.pi, 3)
        bends = sum(a * np.sin(k * down + f) for a, k, f in zip(sway, (9, 23, 57), phase, strict=True))
        width, reach = span * rng.uniform(0.006, 0.014), rng.uniform(0.15, 0.7)
        aside = np.abs((surface.angle - start - bends) * radius) / np.float32(width)
        length = np.clip((reach - down) / (0.5 * reach), 0, 1)
        stream = np.exp(-(aside**2)) + 0.05 * np.exp(-aside / 3)
        heat = np.maximum(heat, stream * (0.3 + 0.7 * length) * (length > 0))
    heat = np.minimum(heat, 1) * surface.cover * (surface.below > 0)
    return np.asarray(np.stack([heat, down]), np.float32)


def paint_cone(
    rng: np.random.Generator, surface: Surface, light: Light, pixel: float, span: float, kind: str
) -> Floats:
    """Colour and light a cone: `kind` is a name of `SOILS`; `span` is the frame's side, `pixel` a pixel's, in metres.

    Returns:
        (3, H, W) linear RGB.
    """
    base, top = SOILS[kind]
    share = np.clip(surface.below / np.float32(rng.uniform(0.25, 0.6) * span) + 0.35 * surface.bumps, 0, 1)
    patch = np.clip(1 + 0.22 * surface.bumps, 0.4, 1.6) * np.float32(np.exp(rng.normal(0, 0.12)))
    albedo = (top[:, None, None] + tint(share, base - top)) * patch
    return shade(surface.near, albedo, light, pixel)


SOILS: dict[str, tuple[Colour, Colour]] = {
    "rock": (np.array([0.11, 0.095, 0.08], np.float32), np.array([0.13, 0.09, 0.07], np.float32)),
    "ash": (np.array([0.07, 0.066, 0.064], np.float32), np.array([0.045, 0.042, 0.042], np.float32)),
    "snow": (np.array([0.12, 0.11, 0.10], np.float32), np.array([0.75, 0.77, 0.80], np.float32)),
    "green": (np.array([0.05, 0.075, 0.03], np.float32), np.array([0.13, 0.11, 0.085], np.float32)),
}
"""Each: low on the flank, and near the rim; reflectance in linear RGB."""
