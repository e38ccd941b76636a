"""Augmentation: one random look for all frames of a clip, the end frames included."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CROP = (0.6, 1.0)
"""The cropped square's side, as a share of the short side."""


@dataclass(frozen=True)
class Look:
    """How a clip is changed; the default changes nothing and crops centrally.

    Attributes:
        scale: the cropped square's side over the short side, 0.6..1.
        place: where the square lies, 0..1 from left and from top.
        mirror, reverse: flip left and right; play backwards.
        channels: the order of the colour channels.
        gain, contrast: brightness factor, and the factor on differences from mid grey.
    """

    scale: float = 1.0
    place: tuple[float, float] = (0.5, 0.5)
    mirror: bool = False
    reverse: bool = False
    channels: tuple[int, int, int] = (0, 1, 2)
    gain: float = 1.0
    contrast: float = 1.0

    def apply(self, clip: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """All but the crop: (T, H, W, 3) uint8 RGB to the same."""
        if self.mirror:
            clip = clip[:, :, ::-1]
        if self.reverse:
            clip = clip[::-1]
        levels = (np.arange(256) * self.gain - 127.5) * self.contrast + 127.5
        table = np.rint(levels).clip(0, 255).astype(np.uint8)
        return np.ascontiguousarray(table[clip[..., self.channels]])


def random_look(rng: np.random.Generator) -> Look:
    """A look at random: half of the clips mirrored, half reversed, a third with other colours."""
    permuted = rng.permutation(3) if rng.random() < 1 / 3 else np.arange(3)
    return Look(
        scale=float(rng.uniform(*CROP)),
        place=(float(rng.random()), float(rng.random())),
        mirror=bool(rng.random() < 0.5),
        reverse=bool(rng.random() < 0.5),
        channels=(int(permuted[0]), int(permuted[1]), int(permuted[2])),
        gain=float(rng.uniform(0.8, 1.2)),
        contrast=float(rng.uniform(0.8, 1.2)),
    )
