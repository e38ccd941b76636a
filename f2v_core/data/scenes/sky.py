"""The sky: its gradient, the sun's glow, and clouds that drift."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.noise import TILE, cloud_tile
from f2v_core.data.scenes.planes import lay_over, tint
from f2v_core.media.warping import remap

Floats = NDArray[np.float32]


def sky_picture(light: Light, x: Floats, elevation: Floats) -> Floats:
    """The sky without clouds.

    Args:
        light: the light of the clip.
        x: (1, W) place across, in radians from the middle.
        elevation: (H, 1) in radians above the horizon; what is below looks like the horizon.

    Returns:
        (3, H, W) linear RGB.
    """
    share = 1 - np.exp(-np.maximum(elevation, 0) / np.float32(0.24)) + 0 * x
    picture = light.horizon[:, None, None] + tint(share, light.zenith - light.horizon)
    picture += tint(_sun_glow(light, x, elevation), light.sunlight)
    return picture


def _sun_glow(light: Light, x: Floats, elevation: Floats) -> Floats:
    """Haze scatters sunlight forwards: the sky is bright around the sun (Henyey-Greenstein, g = 0.75)."""
    right, up, near = (float(each) for each in light.sun)
    towards = (
        right * np.sin(x) * np.cos(elevation) + up * np.sin(elevation) - near * np.cos(x) * np.cos(elevation)
    )
    g = 0.75
    glow = 0.012 * (1 - g * g) / (1 + g * g - 2 * g * towards) ** 1.5
    disc = 12.0 / (1 + np.exp(np.clip((np.cos(0.012) - towards) * 8e4, -60, 60)))
    return np.asarray(glow + disc * (near < 0), np.float32)


class Clouds:
    """A sheet of clouds that drifts over the sky.

    Args:
        rng: random numbers.
        light: the light of the clip.
        x, elevation: as in `sky_picture`.
        cover: how much of the sky they hide, 0..1.
        open_sky: (H, W), 0 where mountains hide them.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        light: Light,
        x: Floats,
        elevation: Floats,
        cover: float,
        open_sky: Floats,
    ) -> None:
        up = np.maximum(elevation, 0.0) + 0.09
        scale = rng.uniform(25, 60)
        self._x = np.asarray((scale * x / up + rng.uniform(0, TILE)) % TILE, np.float32)
        self._y = np.asarray((scale * 1.4 / up + rng.uniform(0, TILE) + 0 * x) % TILE, np.float32)
        self._open = np.asarray(0.92 * open_sky * np.clip((elevation + 0.02) / 0.12, 0, 1), np.float32)
        self._threshold = np.float32(1.3 - 2.6 * cover)
        self._velocity = rng.normal(0, 1.2, 2)
        self._tile = np.tile(cloud_tile(1.5, int(rng.integers(3))), (2, 2))
        self._none = cover == 0
        shade = 0.55 * light.ambient + 0.25 * light.horizon
        self._dark = (0.9 * shade)[:, None, None]
        self._bright = shade + 0.42 * light.sunlight * (0.5 + 0.5 * light.sun[1]) - 0.9 * shade

    def over(self, sky: Floats, time: float) -> Floats:
        """The sky (3, H, W) with the clouds as they are at a time in seconds."""
        if self._none:
            return sky
        dx, dy = (self._velocity * time % TILE).astype(np.float32)
        thick = np.maximum(remap(self._tile, self._x + dx, self._y + dy) - self._threshold, 0)
        result = sky.copy()
        colour = self._dark + tint(np.exp(np.float32(-0.6) * thick), self._bright)
        lay_over(result, colour, np.minimum(np.float32(0.9) * thick, 1) * self._open)
        return result
