"""What a run trains and validates on: batches by number, fixed validation clips, credits."""

from collections.abc import Generator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import TrainConfig
from f2v_core.data.credits import read_credits
from f2v_core.data.folder import Footage, find_videos, read_footage, split_videos
from f2v_core.data.windows import Sampler
from f2v_core.errors import DataError
from f2v_core.messages import Notice, StageProgress
from f2v_core.training.validation import Validation, make_validation

MARGIN = 1.25
"""Footage is kept this much larger than the training size, so that crops stay sharp."""
VALIDATION_SHARE = 0.2
"""Of the memory for decoded videos."""


VALIDATING = "Reading validation videos"


class Material:
    """The data of one run.

    Attributes:
        validation: the fixed clips.
        credits: one line for each training video.
        position: how many batches were taken.
    """

    def __init__(
        self, sampler: Sampler, clips: int, validation: Validation, credit_lines: tuple[str, ...]
    ) -> None:
        self.validation = validation
        self.credits = credit_lines
        self.position = 0
        self._sampler = sampler
        self._clips = clips

    def batch(self) -> NDArray[np.uint8]:
        """The next batch, (B, T, size, size, 3) uint8 RGB; it depends on the seed and the position alone."""
        batch = self._sampler.batch(self.position, self._clips)
        self.position += 1
        return batch


def _hold_out(
    config: TrainConfig,
) -> Generator[StageProgress | Notice, None, tuple[list[Path], list[Footage]]]:
    """The training videos, and the validation videos, decoded; others stand in where none of these can be used."""
    side, room = round(config.size * MARGIN), VALIDATION_SHARE * config.memory_gb
    videos = find_videos(Path(config.data))
    if config.validation:
        held_out = find_videos(Path(config.validation))
        videos = _without(videos, held_out)
        return videos, (yield from read_footage(held_out, side, room, config.seed, VALIDATING))
    while True:
        videos, held_out = split_videos(videos, config.seed)
        try:
            return videos, (yield from read_footage(held_out, side, room, config.seed, VALIDATING))
        except DataError:
            if len(videos) < 2:
                raise


def _without(videos: list[Path], held_out: list[Path]) -> list[Path]:
    """The training videos that are no validation videos: the one folder may lie in the other."""
    taken = {path.resolve() for path in held_out}
    kept = [path for path in videos if path.resolve() not in taken]
    if not kept:
        raise DataError(
            "All training videos are validation videos too.", "Choose another folder for validation."
        )
    return kept


def load_material(config: TrainConfig) -> Generator[StageProgress | Notice, None, Material]:
    """Decode the training and validation videos, yielding progress; returns the material.

    Raises:
        DataError: a folder is missing, empty or has no usable video, or all training videos are validation videos.
    """
    videos, validating = yield from _hold_out(config)
    footage = yield from read_footage(
        videos,
        round(config.size * MARGIN),
        (1 - VALIDATION_SHARE) * config.memory_gb,
        config.seed,
        "Reading training videos",
    )
    sampler = Sampler(
        footage, size=config.size, frames=config.frames, seconds=config.seconds, seed=config.seed,
        augment=config.augment,
    )  # fmt: skip
    validation = make_validation(validating, config.size, config.frames, config.seconds, config.z_video)
    return Material(
        sampler, config.batch, validation, read_credits(Path(config.data), [f.path for f in footage])
    )
