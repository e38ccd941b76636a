"""Smooth functions of time: what a motion's coefficients are multiplied with, frame by frame."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class TimeBasis:
    """A few functions of time.

    Attributes:
        count: how many, K.
        values: (T,) times in 0..1 to (T, K).
    """

    count: int
    values: Callable[[Tensor], Tensor]

    def __call__(self, times: Tensor) -> Tensor:
        """(T,) times in 0..1 to the functions' values there, (T, K)."""
        return self.values(times)

    def fit(self, wanted: Callable[[Tensor], Tensor]) -> Tensor:
        """(K,) coefficients that come nearest to a function of times (T,) between the ends, to three decimals.

        Solvers differ in the last digits from call to call; networks must begin the same each time.
        """
        times = torch.linspace(0.05, 0.95, 91, device="cpu")  # networks are also built without memory
        wanted_values = wanted(times)[:, None].double()
        coefficients: Tensor = torch.linalg.lstsq(self(times).double(), wanted_values).solution[:, 0]
        return coefficients.round(decimals=3).float()


def legendre(times: Tensor) -> Tensor:
    """(T,) times in 0..1 to (T, 4): the shifted Legendre polynomials of degree 0 to 3, each within -1..1."""
    u = 2 * times - 1
    return torch.stack([torch.ones_like(u), u, 1.5 * u**2 - 0.5, 2.5 * u**3 - 1.5 * u], dim=1)


INNER = 8
"""Knots of `catmull_rom`."""


def knot_times(device: torch.device | None = None) -> Tensor:
    """Where the knots lie, (8,): in the middles of as many equal parts of 0..1."""
    return (torch.arange(INNER, device=device) + 0.5) / INNER


def catmull_rom(times: Tensor) -> Tensor:
    """(T,) times in 0..1 to (T, 8): how much the value at each knot counts; the rows add up to 1.

    The curve through the knots' values has a continuous slope (Catmull and Rom 1974, "A class of local interpolating
    splines"); beyond the first and the last knot their values are repeated.
    """
    place = times * INNER - 0.5
    before = place.floor()
    u = place - before
    weights = torch.stack(
        [
            u * (u * (2 - u) - 1) / 2, (u**2 * (3 * u - 5) + 2) / 2,
            u * (u * (4 - 3 * u) + 1) / 2, u**2 * (u - 1) / 2,
        ],
        dim=1,
    )  # fmt: skip
    neighbours = before.long()[:, None] + torch.arange(-1, 3, device=times.device)
    return times.new_zeros(len(times), INNER).scatter_add(1, neighbours.clamp(0, INNER - 1), weights)


LEGENDRE = TimeBasis(4, legendre)
"""What the motion network's coefficients belong to."""
KNOTS = TimeBasis(INNER, catmull_rom)
"""What the recurrent network's coefficients belong to."""
