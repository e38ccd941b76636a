"""How well a generator does on clips it never trained on, while it trains."""

from contextlib import closing
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look
from f2v_core.data.dataset import Dataset
from f2v_core.data.index import read_index
from f2v_core.data.order import spread_rows
from f2v_core.data.reading import StoredClips
from f2v_core.errors import DataError
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.models.blocks import cross_fade
from f2v_core.models.looks import apply_look
from f2v_core.models.networks import Generator
from f2v_core.models.tensors import to_frames, to_tensor
from f2v_core.models.view import View
from f2v_core.training.collapse import PosteriorFigures
from f2v_core.training.objectives import kl_divergence

CLIPS = 48
SHOWN = 4
"""Pairs whose clips users watch as they get better."""
_AT_ONCE = 8


@dataclass(frozen=True, eq=False)
class Validation:
    """Fixed clips, their distances to the cross-fade, and the latents that every check uses.

    Attributes:
        clips: (N, T, H, W, 3) uint8 RGB.
        linear: (N,) L2 distance of linear interpolation to each clip.
        latents: (N, z_video) what a sampled model is fed with.
    """

    clips: NDArray[np.uint8]
    linear: NDArray[np.float64]
    latents: torch.Tensor
    _views: dict[torch.device, list[View]] = field(default_factory=dict, init=False, repr=False)

    def check(self, generator: Generator, variation: float) -> tuple[float, NDArray[np.uint8]]:
        """The mean L2 distance over that of linear interpolation, and what was made of the shown pairs.

        `variation` scales the latents: 0 is the latent's mean.
        """
        generated = self._generate(generator, variation)
        return self._ratio(generated), generated[self._chosen]

    @property
    def shown(self) -> NDArray[np.uint8]:
        """The real clips of the pairs that users watch, (n, T, H, W, 3) uint8 RGB."""
        return self.clips[self._chosen]

    @property
    def _chosen(self) -> NDArray[np.int64]:
        return np.linspace(0, len(self.clips) - 1, min(SHOWN, len(self.clips))).round().astype(np.int64)

    @torch.no_grad()
    def check_posterior(self, generator: Generator, encoder: nn.Module) -> PosteriorFigures:
        """What a CVAE's posterior is worth: the ratio of `check` where z is its mean, and its distance to the prior."""
        device = next(generator.parameters()).device
        generator.eval()
        encoder.eval()
        made, nats = [], []
        for clips, view in zip(_chunks(self.clips), self._views_on(device), strict=True):
            video = to_tensor(clips, device)
            mean, std = encoder(video)
            made.append(to_frames(generator.decode(view, mean, _times(video))))
            nats.append(kl_divergence((mean, std), generator.prior_of(view)))
        generator.train()
        encoder.train()
        return PosteriorFigures(self._ratio(np.concatenate(made)), float(torch.cat(nats).mean()))

    def _views_on(self, device: torch.device) -> list[View]:
        """The clips' ends, `_AT_ONCE` of them each, with the motion between them: looked for once, and kept."""
        if device not in self._views:
            ends = (to_tensor(clips[:, [0, -1]], device) for clips in _chunks(self.clips))
            self._views[device] = [View(video[:, 0], video[:, 1]) for video in ends]
        return self._views[device]

    def _ratio(self, generated: NDArray[np.uint8]) -> float:
        distances = np.array([l2_distance(a, b) for a, b in zip(generated, self.clips, strict=True)])
        return float(distances.mean() / self.linear.mean())

    def _generate(self, generator: Generator, variation: float) -> NDArray[np.uint8]:
        device = next(generator.parameters()).device
        generator.eval()
        batches = [
            _run(generator, view, variation * z.to(device), self.clips.shape[1])
            for view, z in zip(self._views_on(device), torch.split(self.latents, _AT_ONCE), strict=True)
        ]
        generator.train()
        return np.concatenate(batches)


def make_validation(dataset: Dataset, config: TrainConfig) -> Validation:
    """Take clips of the split `val`, spread over its sources, and measure linear interpolation on them.

    Raises:
        DataError: the split is empty or damaged, or no clip moves, so that there is nothing to compare.
    """
    clips = _fixed_clips(dataset, config)
    distances = []
    for clip in clips:
        ends = to_tensor(clip[[0, -1]])
        linear = to_frames(cross_fade(ends[:1], ends[1:], torch.linspace(0, 1, config.frames)))[0]
        distances.append(l2_distance(linear, clip))
    if not any(distances):
        raise DataError("All validation clips stand still.", "Validate on videos in which something moves.")
    latents = torch.randn(len(clips), config.z_video, generator=torch.Generator().manual_seed(0))
    return Validation(clips, np.array(distances), latents)


def _fixed_clips(dataset: Dataset, config: TrainConfig) -> NDArray[np.uint8]:
    """(N, T, size, size, 3) uint8 RGB: the middle of each clip where it is larger, wider or longer."""
    index = read_index(dataset, "val")
    with closing(StoredClips(dataset.folder, index)) as stored:
        return np.stack(
            [
                apply_look(torch.from_numpy(stored.clip(row)), Look(), float(index.fps[row]), config).numpy()
                for row in spread_rows(index, CLIPS)
            ]
        )


def _chunks(clips: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    return [clips[i : i + _AT_ONCE] for i in range(0, len(clips), _AT_ONCE)]


@torch.no_grad()
def _run(generator: Generator, view: View, z: torch.Tensor, frames: int) -> NDArray[np.uint8]:
    return to_frames(generator.make(view, z, torch.linspace(0, 1, frames, device=z.device)))


def _times(video: torch.Tensor) -> torch.Tensor:
    return torch.linspace(0, 1, video.shape[1], device=video.device)
