"""A small solver for hot gas in air: advection, buoyancy, swirls that stay, and pressure."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from f2v_core.media.spectrum import filter_frequencies
from f2v_core.media.warping import blur, remap, resize

Floats = NDArray[np.float32]


def across(values: Floats) -> Floats:
    """Central difference along x, per cell, of a periodic (H, W) field."""
    result = np.empty_like(values)
    np.subtract(values[:, 2:], values[:, :-2], out=result[:, 1:-1])
    result[:, 0] = values[:, 1] - values[:, -1]
    result[:, -1] = values[:, 0] - values[:, -2]
    result *= 0.5
    return result


def down(values: Floats) -> Floats:
    """Central difference along y, downwards, per cell, of a periodic (H, W) field."""
    result = np.empty_like(values)
    np.subtract(values[2:], values[:-2], out=result[1:-1])
    result[0] = values[1] - values[-1]
    result[-1] = values[0] - values[-2]
    result *= 0.5
    return result


def inverse_laplacian(side: int) -> Floats:
    """(side, side, 2) factors that solve `across(across(p)) + down(down(p)) = f` in Fourier space.

    What these differences cannot see (the mean, and a chequerboard) becomes 0.
    """
    squared = np.sin(2 * np.pi * np.fft.fftfreq(side)) ** 2
    symbol = -(squared[:, None] + squared)
    unseen = np.abs(symbol) < 1e-9
    symbol[unseen] = -1.0
    factors = np.where(unseen, 0.0, 1.0 / symbol).astype(np.float32)
    return np.stack([factors, factors], -1)


@dataclass
class Fluid:
    """Air in a periodic square, and what it carries; all fields are (side, side) float32, rows downwards.

    Attributes:
        u, v: velocity to the right and downwards, in cells a second.
        heat, ash: how much of them there is, about 0..1.
        labels: (side, side, 4), two pairs of coordinates that drift with the ash, to hang textures on.
    """

    u: Floats
    v: Floats
    heat: Floats
    ash: Floats
    labels: Floats
    _inverse: Floats = field(init=False, repr=False)
    _x: Floats = field(init=False, repr=False)
    _y: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        side = self.u.shape[0]
        self._inverse = inverse_laplacian(side)
        self._y, self._x = np.mgrid[:side, :side].astype(np.float32)

    @classmethod
    def still(cls, labels: Floats) -> "Fluid":
        """Clear air at rest."""
        u, v, heat, ash = np.zeros((4, *labels.shape[:2]), np.float32)
        return cls(u, v, heat, ash, labels)

    @property
    def divergence(self) -> Floats:
        """Growth of the air's volume, per second."""
        return across(self.u) + down(self.v)

    def push(self, dt: float, buoyancy: float, swirl: float) -> None:
        """Let heat rise, and feed the swirls that the grid would swallow.

        Args:
            dt: in seconds.
            buoyancy: acceleration of heat 1, in cells / s2.
            swirl: strength of the vorticity confinement, in cells a second.

        Source: R. Fedkiw, J. Stam, H. W. Jensen, "Visual simulation of smoke", SIGGRAPH 2001, equations 8 to 11.
        """
        spin = across(self.v) - down(self.u)
        size = np.abs(spin)
        steep_x, steep_y = across(size), down(size)
        steepness = np.sqrt(steep_x * steep_x + steep_y * steep_y)
        spin *= np.float32(dt * swirl) / (steepness + np.float32(1e-3 * size.max() + 1e-12))
        self.u += spin * steep_y
        self.v -= spin * steep_x + np.float32(dt * buoyancy) * self.heat

    def project(self, growth: Floats) -> None:
        """Give the velocity the divergence `growth`, per second, and no mean, by a pressure.

        Exact for central differences, up to the mean of `growth` and a chequerboard. Sources: J. Stam, "A simple fluid
        solver based on the FFT", Journal of Graphics Tools 6(2), 2001; for gas that expands, B. Feldman, J. O'Brien,
        O. Arikan, "Animating suspended particle explosions", SIGGRAPH 2003, equation 7.
        """
        pressure = filter_frequencies(self.divergence - growth, self._inverse)
        self.u -= across(pressure) + self.u.mean()
        self.v -= down(pressure) + self.v.mean()

    def advect(self, dt: float, wind: Floats) -> None:
        """Carry everything along for `dt` seconds, by the velocity and a (side, 1) wind to the right.

        Labels go with the mean motion of the ash around them, so that textures are carried but not torn.

        Source: J. Stam, "Stable fluids", SIGGRAPH 1999, section 2.2 (semi-Lagrangian).
        """
        dx, dy = np.float32(-dt) * (self.u + wind), np.float32(-dt) * self.v
        mean_x, mean_y = self._smooth(dx, dy)
        self.labels = remap(self.labels, self._x + mean_x, self._y + mean_y)
        x, y = self._x + dx, self._y + dy
        self.u, self.v, self.heat, self.ash = (
            remap(each, x, y) for each in (self.u, self.v, self.heat, self.ash)
        )

    def _smooth(self, dx: Floats, dy: Floats) -> tuple[Floats, Floats]:
        """Means over the neighbourhood, weighted by ash; on a coarse grid, for speed."""
        side = self.u.shape[0]
        coarse, size = (side // 4, side // 4), (side, side)
        weight = self.ash + np.float32(0.003)
        mass, first, second = (
            blur(resize(each, coarse), side / 80) for each in (weight, weight * dx, weight * dy)
        )
        return resize(first / mass, size), resize(second / mass, size)
