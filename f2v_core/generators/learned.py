"""Clip generators with a trained network behind them."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from typing_extensions import override

from f2v_core.config import Device
from f2v_core.frames import Frame, FramePair
from f2v_core.generators.base import ClipGenerator
from f2v_core.library import ModelCard
from f2v_core.media.fitting import resize_frame
from f2v_core.models.generator import MotionGenerator
from f2v_core.models.motion import STRIDE
from f2v_core.models.native import PairWays, render_frames
from f2v_core.models.networks import choose_device, load_generator
from f2v_core.models.poster import SIDE, frames_at
from f2v_core.models.tensors import to_frames, to_tensor
from f2v_core.models.view import View

LONGEST = 8
"""The network's grid is at most this many times as long as it is high."""


class Learned(ClipGenerator):
    """A trained model: reads the pair small, renders at the pair's own size.

    A motion model's flow, mask and residual are applied to the original images; a poster model's 64x64 frames are
    enlarged, as it has nothing else to give.

    Attributes:
        variation: the standard deviation of the latent z in units of its prior's, 0..1; 0 is the latent's mean,
            whatever the seed.
        detail: how much of the CGAN's detail is added to its mean, 0..1; of no effect on others.
    """

    def __init__(
        self,
        card: ModelCard,
        device: Device = "auto",
        variation: float | None = None,
        detail: float | None = None,
    ) -> None:
        self.name = card.name
        self.card = card
        self.variation = card.variation if variation is None else variation
        self.detail = card.detail if detail is None else detail
        self._device = choose_device(device)
        self._generator = load_generator(card, self._device)
        if isinstance(self._generator, MotionGenerator):
            # a quarter faster on a CPU, and the same but for rounding
            self._generator.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    @override
    @torch.no_grad()
    def between(self, pair: FramePair, times: Sequence[float], seed: int) -> Iterator[Frame]:
        size = self._grid(pair) if isinstance(self._generator, MotionGenerator) else (SIDE, SIDE)
        first, last = (
            to_tensor(resize_frame(frame, size), self._device)[None] for frame in (pair.first, pair.last)
        )
        z = self._latent(seed)
        if isinstance(self._generator, MotionGenerator):
            ways = PairWays.between(pair)
            view = View(first, last, ways.ends(first, last))
            motion = self._generator.motion(view, z, self.detail)
            yield from render_frames(pair, ways, view, motion, times)
        else:
            video = self._generator.clip(first, last, z).cpu()
            for t in times:  # one by one: memory does not grow with their number
                yield resize_frame(to_frames(frames_at(video, torch.tensor([t])))[0, 0], pair.size)

    @torch.no_grad()
    def clips(
        self, first: NDArray[np.uint8], last: NDArray[np.uint8], times: Sequence[float], seed: int
    ) -> NDArray[np.uint8]:
        """Many clips at once on the network's own grid: what evaluation measures.

        Args:
            first, last: (B, H, W, 3) uint8 RGB with sides that the network takes.
            times: (T,) places in 0..1.
            seed: as in `frames`; the same latent for all pairs, so that a clip does not depend on its batch.

        Returns:
            (B, T, H, W, 3) uint8 RGB.
        """
        device = self._device
        ends = to_tensor(first, device), to_tensor(last, device)
        z = self._latent(seed).expand(len(first), -1)
        places = torch.tensor(times, dtype=torch.float32, device=device)
        return to_frames(self._generator(*ends, z, places, self.detail))

    def _latent(self, seed: int) -> Tensor:
        """(1, z_video) on the device: `variation` times standard normal numbers."""
        noise = torch.randn(1, self._generator.z_video, generator=torch.Generator().manual_seed(seed))
        return (self.variation * noise).to(self._device)

    def _grid(self, pair: FramePair) -> tuple[int, int]:
        """(width, height) the network works at: the short side as in training, the aspect kept, multiples of 8."""
        width, height = pair.size
        scale = self.card.config.size / min(width, height)
        longest = LONGEST * self.card.config.size
        return _multiple(min(width * scale, longest)), _multiple(min(height * scale, longest))


def _multiple(length: float) -> int:
    return max(1, round(length / STRIDE)) * STRIDE
