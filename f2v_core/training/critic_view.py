"""Differentiable augmentation of what the discriminator sees (Zhao et al. 2020): the same for a whole clip."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor

from f2v_core.training.draws import Draws

SHIFT, CUT = 1 / 8, 1 / 2
"""Largest shift, and the cut-out square's side, as shares of a side."""
NOISE = 12 / 255
"""Standard deviation of what is added to every value: without it a critic tells generated clips by their last digits,
and teaches nothing (Arjovsky and Bottou 2017, "Towards principled methods for training GANs", section 3)."""


@dataclass(frozen=True)
class CriticView:
    """One random change for each clip of a batch; real and generated clips and their ends get the same.

    Attributes:
        draws: where its noise comes from.
        light, saturation, contrast: (B,) offsets and factors.
        shift, hole: (B, 2) in -1..1 and 0..1, y before x; the shift is on the CPU, which moves the clips' memory.
    """

    draws: Draws
    light: Tensor
    saturation: Tensor
    contrast: Tensor
    shift: Tensor
    hole: Tensor

    @classmethod
    def random(cls, draws: Draws, device: torch.device) -> "CriticView":
        """Draw changes."""
        drawn = draws.uniform(7)
        values = drawn.to(device, non_blocking=True)
        return cls(
            draws,
            values[:, 0] - 0.5,
            values[:, 1] * 2,
            values[:, 2] + 0.5,
            drawn[:, 3:5] * 2 - 1,
            values[:, 5:7],
        )

    def of(self, video: Tensor) -> Tensor:
        """(B, T, 3, H, W) in about 0..1 as the critic sees it; the noise is another one each time."""
        light, saturation, contrast = (
            v.view(-1, 1, 1, 1, 1) for v in (self.light, self.saturation, self.contrast)
        )
        x = video + light
        grey = x.mean(dim=2, keepdim=True)
        x = grey + (x - grey) * saturation
        x = self._cut(
            self._shifted(0.5 + (x - 0.5) * contrast)
        )  # about a fixed level: the same for clip and images
        return x + NOISE * self.draws.normal(*x.shape[1:]).to(x.device, non_blocking=True)

    def _shifted(self, x: Tensor) -> Tensor:
        height, width = x.shape[-2:]
        dy, dx = (round(side * SHIFT) for side in (height, width))
        padded = F.pad(x.flatten(1, 2), (dx, dx, dy, dy))
        padded = padded.view(*x.shape[:3], *padded.shape[-2:])
        offsets = ((self.shift + 1) * torch.tensor([dy, dx])).round().long().tolist()
        return torch.stack(
            [clip[..., y : y + height, k : k + width] for clip, (y, k) in zip(padded, offsets, strict=True)]
        )

    def _cut(self, x: Tensor) -> Tensor:
        inside = torch.ones_like(x[:, :1, :1, 0, 0])[..., None, None]
        for side, place in zip((-2, -1), self.hole.T, strict=True):
            length = x.shape[side]
            distance = (torch.arange(length, device=x.device) + 0.5)[None] / length - place[:, None]
            shape = [len(x), 1, 1, 1, 1]
            shape[side] = length
            inside = inside * (distance.abs() < CUT / 2).view(shape)
        return x * (1 - inside)
