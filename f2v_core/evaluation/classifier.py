"""A small 3-D network that tells real from generated video by a short, noisy window of it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from typing_extensions import override

WINDOW = 5
"""Frames of a window: half a second of a clip of three."""
CROP = 32
"""Side of a window in pixels; all of it where the clip is smaller."""
NOISE = 12.0
"""Standard deviation, in levels of 0..255, of the noise on every window. Without it a network needs a few steps to find
what no eye sees, such as that a cross-fade is linear to the last level, and every method scores alike near 1. With it
real clips that are mixed with 1/4, 1/2, 3/4 and nothing but their cross-fade score about 0.57, 0.66, 0.75 and 0.86."""
CHANNELS = 16
DIFFERENCE = 8.0
"""How much stronger changes from frame to frame enter the network than colours do."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Where B windows lie in clips, and the noise they carry: the same for a real clip and its generated counterpart.

    Attributes:
        rows: (B,) which clip.
        corners: (B, 3) first frame, top and left.
        flips: (B,) whether left and right change places.
        noise: (B, WINDOW, h, w, 3) float32 in levels.
    """

    rows: NDArray[np.int64]
    corners: NDArray[np.int64]
    flips: NDArray[np.bool_]
    noise: NDArray[np.float32]

    def cut(self, clips: NDArray[np.uint8]) -> Tensor:
        """The windows of (N, T, H, W, 3) uint8 RGB as (B, WINDOW, h, w, 3) float32, about -1..1."""
        cut = self.noise.copy()
        _, frames, height, width, _ = cut.shape
        places = zip(self.rows, self.corners, self.flips, strict=True)
        for number, (row, (start, top, left), flip) in enumerate(places):
            seen = clips[row, start : start + frames, top : top + height, left : left + width]
            cut[number] += seen[:, :, ::-1] if flip else seen
        return torch.from_numpy(cut).div_(127.5).sub_(1.0)


def draw_windows(rows: NDArray[np.int64], shape: tuple[int, ...], rng: np.random.Generator) -> Windows:
    """A window at a random place of each of the clips, never with a clip's end frames: these are exact in both.

    Args:
        rows: (B,) which clips.
        shape: (N, T, H, W, 3) of all clips; T is at least WINDOW + 2.
    """
    _, frames, height, width, _ = shape
    box = WINDOW, min(CROP, height), min(CROP, width)
    ends = np.array([frames - 1 - box[0], height - box[1], width - box[2]])
    corners = rng.integers([1, 0, 0], ends + 1, (len(rows), 3))
    noise = np.float32(NOISE) * rng.standard_normal((len(rows), *box, 3), np.float32)
    return Windows(rows, corners, rng.random(len(rows)) < 0.5, noise)


class WindowClassifier(nn.Module):
    """The higher its value, the more a window looks real to it; 128,000 parameters."""

    def __init__(self) -> None:
        super().__init__()
        widths = 6, CHANNELS, 2 * CHANNELS, 4 * CHANNELS
        self.layers = nn.ModuleList(
            nn.Conv3d(before, after, (3, 4, 4), (1, 2, 2), padding=1) for before, after in pairwise(widths)
        )
        self.last = nn.Linear(widths[-1], 1)

    @override
    def forward(self, windows: Tensor) -> Tensor:
        """(B, WINDOW, h, w, 3) about -1..1 to (B,) logits."""
        colours = windows.movedim(-1, 1)
        changes = DIFFERENCE * colours.diff(dim=2)
        hidden = torch.cat([colours[:, :, 1:], changes], dim=1)  # (B, 6, WINDOW - 1, h, w)
        for layer in self.layers:
            hidden = functional.leaky_relu(layer(hidden), 0.2)
        logits: Tensor = self.last(hidden.mean(dim=(2, 3, 4)))  # (B, 1)
        return logits[:, 0]


def new_classifier(seed: int, device: torch.device) -> WindowClassifier:
    """An untrained one; torch's own random numbers stay as they were."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        return WindowClassifier().to(device)
