"""Augmentation in numbers: one random look for all frames of a clip, both ends included.

What a look makes of pixels is the work of `models.looks`; here is what is drawn, and which frames and which
square of a stored clip that means.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

GAP = (0.5 / 3, 3.6 / 3)
"""Time between the ends over the run's own: 0.5 to 3.6 s where clips last 3 s."""
CROP = (0.6, 1.0)
"""The cropped square's side, as a share of the short side."""
SHARP = 0.75
"""No crop is smaller than this share of the training size: beyond that, enlarging it would teach blur."""
DISTINCT = 1 / 3
"""No gap has fewer stored frames than this share of the clip's: beyond that, repeating them would teach stutter."""
_LOOK = 3
"""Begins the seed of a look's random numbers; the order of the clips has others."""


@dataclass(frozen=True)
class Look:
    """How a clip is changed; the default changes nothing: it takes the middle of a longer or wider clip.

    Attributes:
        gap: the time between the ends, 0..1 in the range that the stored clip allows; None: the run's own.
        start: where that time lies in the stored clip, 0..1 from its beginning.
        scale: the cropped square's side, 0..1 in the range that the stored clip allows.
        place: where the square lies, 0..1 from left and from top.
        mirror, reverse: flip left and right; play backwards.
        channels: the order of the colour channels.
        gain, contrast: brightness factor, and the factor on differences from mid grey.
    """

    gap: float | None = None
    start: float = 0.5
    scale: float = 1.0
    place: tuple[float, float] = (0.5, 0.5)
    mirror: bool = False
    reverse: bool = False
    channels: tuple[int, int, int] = (0, 1, 2)
    gain: float = 1.0
    contrast: float = 1.0

    def frame_numbers(self, stored: int, fps: float, frames: int, seconds: float) -> NDArray[np.int64]:
        """(frames,) numbers of the stored frames that the clip is made of, evenly spaced, both ends exact.

        `stored` frames lie at `fps`; a clip lasts `seconds`. What is stored may be shorter, and have fewer frames.
        """
        most = stored - 1
        if self.gap is None:
            span = min(most, round(seconds * fps))
        else:
            high = min(most, round(GAP[1] * seconds * fps))
            low = min(high, max(round(GAP[0] * seconds * fps), ceil((frames - 1) * DISTINCT)))
            span = round(low + self.gap * (high - low))
        steps = 2 * max(1, frames - 1)  # in whole numbers: twice the place, and a half to round
        numbers = round(self.start * (most - span)) + (2 * span * np.arange(frames) + steps // 2) // steps
        return numbers[::-1] if self.reverse else numbers

    def square(self, height: int, width: int, size: int) -> tuple[int, int, int]:
        """(x, y, side) of the square that is cut out of frames of height x width, in pixels, for training at `size`."""
        short = min(height, width)
        least = min(CROP[1], max(CROP[0], SHARP * size / short))
        side = max(1, round(short * (least + self.scale * (CROP[1] - least))))
        return round((width - side) * self.place[0]), round((height - side) * self.place[1]), side


def random_look(seed: int, position: int) -> Look:
    """The look of the clip at a position: half of them mirrored, half reversed, a third with other colours."""
    rng = np.random.default_rng([_LOOK, seed, position])
    gap, start, scale, x, y, mirror, reverse, permute = rng.random(8)
    red, green, blue = rng.permutation(3).tolist() if permute < 1 / 3 else (0, 1, 2)
    gain, contrast = rng.uniform(0.8, 1.2, 2)
    return Look(
        gap=float(gap),
        start=float(start),
        scale=float(scale),
        place=(float(x), float(y)),
        mirror=bool(mirror < 0.5),
        reverse=bool(reverse < 0.5),
        channels=(red, green, blue),
        gain=float(gain),
        contrast=float(contrast),
    )
