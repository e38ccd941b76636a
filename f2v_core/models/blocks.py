"""Small building blocks that several networks share."""

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.exact import full


class ConvBlock(nn.Module):
    """Convolution 3x3, group norm, SiLU: (B, inputs, H, W) to (B, outputs, H/stride, W/stride)."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.norm = nn.GroupNorm(groups(outputs), outputs)

    @override
    def forward(self, x: Tensor) -> Tensor:
        return F.silu(self.norm(self.conv(x)))


class ModulatedBlock(nn.Module):
    """A residual pair of convolutions whose second norm is scaled and shifted by a vector.

    FiLM, Perez et al. 2018, "Visual reasoning with a general conditioning layer".
    """

    def __init__(self, channels: int, condition: int) -> None:
        super().__init__()
        self.first = ConvBlock(channels, channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm = nn.GroupNorm(groups(channels), channels)
        self.film = nn.Linear(condition, 2 * channels)
        for parameter in self.film.parameters():
            nn.init.zeros_(parameter)

    @override
    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        """(B, channels, H, W) and (B, condition) to (B, channels, H, W)."""
        scale, shift = self.film(condition)[..., None, None].chunk(2, dim=1)  # (B, channels, 1, 1) each
        y = self.norm(self.second(self.first(x))) * (1 + scale) + shift
        return x + F.silu(y)


class GaussianHead(nn.Module):
    """Features to the mean and standard deviation of a normal: std = softplus + 1e-6, as in the poster."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, 2 * outputs)

    @override
    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, inputs) to two of (B, outputs); the second is > 0."""
        return split_gaussian(self.linear(x))


def split_gaussian(values: Tensor) -> tuple[Tensor, Tensor]:
    """(B, 2n, ...) raw network output as mean (B, n, ...) and std (B, n, ...) = softplus + 1e-6, float32."""
    mean, raw = full(values).chunk(2, dim=1)
    return mean, F.softplus(raw) + 1e-6


def cross_fade(first: Tensor, last: Tensor, times: Tensor) -> Tensor:
    """Linear interpolation: (B, 3, H, W) twice and (T,) in 0..1 to (B, T, 3, H, W)."""
    t = times.view(1, -1, 1, 1, 1)
    return torch.lerp(first[:, None], last[:, None], t.to(first.dtype))


def groups(channels: int) -> int:
    """How many groups a group norm has: eight groups where they divide the channels, else one."""
    return 8 if channels % 8 == 0 else 1
