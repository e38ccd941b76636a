"""Frame to tensor and back: the only place where uint8 RGB meets torch."""

from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def to_tensor(frames: NDArray[np.uint8], device: torch.device | str = "cpu") -> Tensor:
    """(..., H, W, 3) uint8 RGB as (..., 3, H, W) float32 in 0..1."""
    return to_float(torch.from_numpy(np.ascontiguousarray(frames)).to(device))


def to_float(frames: Tensor) -> Tensor:
    """A tensor of (..., H, W, 3) uint8 RGB as (..., 3, H, W) float32 in 0..1 on its device."""
    planes = frames.movedim(-1, -3)
    return torch.empty(planes.shape, device=frames.device).copy_(planes).div_(255)


def to_frames(tensor: Tensor) -> NDArray[np.uint8]:
    """(..., 3, H, W) float in 0..1, values beyond it clipped, as (..., H, W, 3) uint8 RGB, rounded to nearest."""
    scaled = tensor.detach().float().clamp(0, 1).mul(255).round().to(torch.uint8)
    return cast("NDArray[np.uint8]", scaled.movedim(-3, -1).contiguous().cpu().numpy())
