"""The motion CGAN's critics: one for single frames, one for the video, both shown the two images."""

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.models.exact import exact, full

FRAMES = 3
"""Frames of a clip that the frame critic judges."""


def _spectral(layer: nn.Module) -> nn.Module:
    """Let a layer divide its weight by the weight's norm, which half precision would get wrong in the third digit."""
    normed = nn.utils.parametrizations.spectral_norm(layer)
    (norm,) = normed.get_submodule("parametrizations.weight").children()
    norm.forward = exact(norm.forward)
    return normed


class MotionDiscriminator(nn.Module):
    """Real or generated: (B, T, 3, H, W) and two of (B, 3, H, W) in 0..1 to logits (B,); T >= 3.

    The sum of two critics, no normalisation but the weights' spectral norm (Miyato et al. 2018): a 2-D one at full
    size for a few frames, which judges texture, and a 3-D one at half size for the whole clip, which judges motion.
    Both see the first image, the last and their difference; logits are averaged over places.
    """

    def __init__(self) -> None:
        super().__init__()
        self.frame, self.video = FrameCritic(), VideoCritic()

    @override
    def forward(self, video: Tensor, first: Tensor, last: Tensor) -> Tensor:
        context = torch.cat([first, last], dim=1) * 2 - 1
        context = torch.cat([context, first - last], dim=1)  # (B, 9, H, W)
        video = video * 2 - 1
        count = video.shape[1]
        places = [count // 4, count // 2, count - 1 - count // 4][:FRAMES]
        frames = self.frame(video[:, places].flatten(0, 1), context.repeat_interleave(len(places), dim=0))
        return frames.view(len(video), -1).mean(dim=1) + self.video(video, context)  # type: ignore[no-any-return]


class FrameCritic(nn.Module):
    """(B, 3, H, W) and context (B, 9, H, W), both about -1..1, to logits (B,)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _spectral(nn.Conv2d(12, 32, 4, 2, padding=1)), nn.LeakyReLU(0.2),
            _spectral(nn.Conv2d(32, 64, 4, 2, padding=1)), nn.LeakyReLU(0.2),
            _spectral(nn.Conv2d(64, 96, 3, 1, padding=1)), nn.LeakyReLU(0.2),
            _spectral(nn.Conv2d(96, 1, 1)),
        )  # fmt: skip

    @override
    def forward(self, frames: Tensor, context: Tensor) -> Tensor:
        return full(self.layers(torch.cat([frames, context], dim=1))).mean(dim=(1, 2, 3))


class VideoCritic(nn.Module):
    """(B, T, 3, H, W) and context (B, 9, H, W), both about -1..1, to logits (B,); works at half the size."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _spectral(nn.Conv3d(12, 24, (3, 4, 4), (1, 2, 2), padding=1)), nn.LeakyReLU(0.2),
            _spectral(nn.Conv3d(24, 48, (3, 4, 4), (1, 2, 2), padding=1)), nn.LeakyReLU(0.2),
            _spectral(nn.Conv3d(48, 64, 3, padding=1)), nn.LeakyReLU(0.2),
            _spectral(nn.Conv3d(64, 1, 1)),
        )  # fmt: skip

    @override
    def forward(self, video: Tensor, context: Tensor) -> Tensor:
        small = F.avg_pool3d(video.movedim(2, 1), (1, 2, 2))
        beside = F.avg_pool2d(context, 2)[:, :, None].expand(-1, -1, video.shape[1], -1, -1)
        return full(self.layers(torch.cat([small, beside], dim=1))).mean(dim=(1, 2, 3, 4))
