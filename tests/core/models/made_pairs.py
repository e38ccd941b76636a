"""Pairs and lively generators for the tests of the networks that correct the cross-fade."""

import torch
from torch import Tensor, nn

from f2v_core.config import train_preset
from f2v_core.models.generator import MotionGenerator
from f2v_core.models.networks import build_generator

Z_VIDEO = 600


def pair(height: int = 32, width: int = 48, clips: int = 2, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Two images of each clip, (B, 3, H, W): blobs that move two pixels to the right, and some noise."""
    random = torch.Generator().manual_seed(seed)
    coarse = torch.rand(clips, 3, height // 8, (width + 8) // 8, generator=random)
    wide = nn.functional.interpolate(coarse, (height, width + 8), mode="bicubic", align_corners=False)
    wide = wide + 0.05 * torch.rand(wide.shape, generator=random)
    levels = (wide.clamp(0, 1) * 255).round() / 255
    return levels[..., 4 : width + 4], levels[..., 2 : width + 2]


def make_generator(
    model: str, architecture: str = "motion", *, lively: bool = False, **changes
) -> MotionGenerator:
    """A narrow generator as training begins, or, `lively`, with weights that do much everywhere."""
    torch.manual_seed(0)
    small = {"width": 8, "z_video": Z_VIDEO, "z_first": 16, "z_last": 16}
    generator = build_generator(train_preset(model, architecture, **{**small, **changes}))
    if lively:
        for parameter in generator.parameters():
            if parameter.ndim > 1:
                nn.init.normal_(parameter, std=0.1)
    return generator.eval()
