"""What a run trains and validates on: a dataset's batches by number, fixed validation clips, credits."""

from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from f2v_core.config import TrainConfig
from f2v_core.data.claim import is_unfinished
from f2v_core.data.credits import credit_lines
from f2v_core.data.dataset import Dataset, is_dataset, open_dataset
from f2v_core.data.index import ClipIndex, read_index
from f2v_core.data.reading import Clips, StoredClips, decode_clips
from f2v_core.errors import DataError
from f2v_core.knobs import Value
from f2v_core.messages import Notice, StageProgress
from f2v_core.training.loading import Loader
from f2v_core.training.validation import Validation, make_validation


class Material:
    """The data of one run.

    Attributes:
        validation: the fixed clips.
        credits: what the model's card says about the training clips, by line.
        position: how many batches were taken.
    """

    def __init__(self, loader: Loader, validation: Validation, credit_lines: tuple[str, ...]) -> None:
        self.validation = validation
        self.credits = credit_lines
        self.position = 0
        self._loader = loader
        self._batches: Iterator[Tensor] | None = None

    def start(self, position: int) -> None:
        """Go on with batch `position`."""
        self.close()
        self.position = position

    def batch(self) -> Tensor:
        """Take this process's part of the next batch, which depends on the position alone.

        (B, T, 3, size, size) float in 0..1 on the run's device.

        Raises:
            DataError: a shard is missing or damaged. RunError: a process that reads clips died.
        """
        if self._batches is None:
            self._batches = self._loader.batches(self.position)
        batch = next(self._batches)
        self.position += 1
        return batch

    def close(self) -> None:
        """End the processes that read ahead, and let go of open files."""
        self._batches = None
        self._loader.close()


def load_material(
    config: TrainConfig, device: torch.device, rank: int = 0, ranks: int = 1
) -> Generator[StageProgress | Notice, None, Material]:
    """Open the dataset, or make one of a folder of videos; decode it where it fits the memory; returns the material.

    Of `ranks` processes that train together each has its part of every batch.

    Raises:
        DataError: the folder is missing, or no dataset and without usable videos; the dataset is unfinished, damaged,
        or has no clips to train or to validate on.
    """
    dataset = yield from _open(config)
    index = read_index(dataset, "train")
    for lack in _lacks(index, config):
        yield Notice(lack)
    validation = make_validation(dataset, config)
    clips = yield from _clips(StoredClips(dataset.folder, index), config)
    return Material(Loader(clips, config, device, rank, ranks), validation, credit_lines(dataset))


def _open(config: TrainConfig) -> Generator[StageProgress | Notice, None, Dataset]:
    folder = Path(config.data)
    if is_dataset(folder) or is_unfinished(folder):
        return open_dataset(folder)
    if not config.data or not folder.is_dir():
        raise DataError(
            f"{config.data or 'Nothing'} is not a folder.", "Choose a dataset or a folder of videos."
        )
    rate = min(120.0, max(0.5, config.frames / config.seconds))
    from f2v_core.data.prepare import ensure_dataset  # noqa: PLC0415 - much to load, and seldom needed

    changes: dict[str, Value] = {
        "seconds": config.seconds,
        "fps": rate,
        "size": config.size,
        "room": config.augment,
    }
    return (yield from ensure_dataset(folder, changes))


def _clips(stored: StoredClips, config: TrainConfig) -> Generator[StageProgress | Notice, None, Clips]:
    """All clips decoded where they fit, else as they lie on the disk."""
    need = int(stored.index.nbytes().sum()) / 1e9
    if need <= config.memory_gb:
        return (yield from decode_clips(stored, "Decoding training clips"))
    yield Notice(
        f"The {len(stored.index)} training clips take {need:.2g} GB, more than the {config.memory_gb:g} GB allowed for "
        "them: they are read from the disk while training."
    )
    return stored


def _lacks(index: ClipIndex, config: TrainConfig) -> Iterator[str]:
    """What the dataset has less of than the training asks for, in sentences; augmentation takes clips of any length."""
    if len(index) < config.batch:
        yield f"There are only {len(index)} training clips, fewer than a batch of {config.batch}: some are taken twice."
    side = int(min(index.height.min(), index.width.min()))
    if side < config.size:
        yield f"Some clips are {side} pixels high or wide: they are enlarged to {config.size}."
    words, least = ("All", np.max) if config.augment else ("Some", np.min)
    frames = int(least(index.frames))
    if frames < config.frames:
        yield f"{words} clips have only {frames} frames: frames are repeated to make {config.frames}."
    seconds = float(least(index.frames / index.fps))
    if seconds < 0.9 * config.seconds:
        yield f"{words} clips last only {seconds:.2g} s, shorter than the {config.seconds:g} s of the settings."
