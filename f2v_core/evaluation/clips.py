"""The real clips of an evaluation: which ones, and their frames at the shape that all methods are compared at."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import torch
from numpy.typing import NDArray

from f2v_core.config import EvaluateConfig, TrainConfig
from f2v_core.data.augment import Look
from f2v_core.data.dataset import Dataset, open_dataset
from f2v_core.data.index import read_index
from f2v_core.data.order import spread_rows
from f2v_core.data.reading import StoredClips
from f2v_core.data.records import SPLITS, ClipRecord, Split
from f2v_core.data.stage import Stage
from f2v_core.errors import DataError
from f2v_core.messages import StageProgress
from f2v_core.models.looks import apply_look

FRAMES, SIZE = 30, 64
"""The poster's shape."""
AT_ONCE = 16
"""Clips that are made and measured at a time."""
_SHAPE = TrainConfig(frames=FRAMES, size=SIZE)


@dataclass(frozen=True, eq=False)
class ComparedClips:
    """The clips that all methods are compared on.

    Attributes:
        dataset: theirs.
        records: what it says about each of them, in the report's order.
    """

    dataset: Dataset
    records: tuple[ClipRecord, ...]
    _rows: tuple[int, ...]
    _stored: StoredClips

    @property
    def digest(self) -> str:
        """The sha256 of the dataset's content."""
        return str(self.dataset.info["sha256"])

    def __len__(self) -> int:
        return len(self.records)

    def clip(self, place: int) -> NDArray[np.uint8]:
        """(30, 64, 64, 3) uint8 RGB: the middle of the stored clip where that is larger, wider or longer.

        Raises:
            DataError: its shard is missing or damaged.
        """
        row = self._rows[place]
        stored = torch.from_numpy(self._stored.clip(row))
        return apply_look(stored, Look(), float(self._stored.index.fps[row]), _SHAPE).numpy()

    def close(self) -> None:
        """Let go of open files."""
        self._stored.close()


def select_clips(config: EvaluateConfig) -> ComparedClips:
    """The clips of the split, or as many of them as are asked for, spread over the sources.

    Raises:
        DataError: no dataset there, it is damaged, its split is empty, or its test clips are no real videos.
    """
    dataset = open_dataset(Path(config.data))
    if dataset.procedural and config.split == "test":
        raise DataError(
            f"{dataset.folder} holds procedural scenes: as a test they say nothing about real videos.",
            "Test on a dataset of real videos, or compare on the split val.",
        )
    _check_split(dataset, config.split)
    index = read_index(dataset, config.split)
    rows = tuple(spread_rows(index, config.clips or len(index)))
    entries = list(dataset.entries(config.split))
    records = tuple(entries[row].record for row in rows)
    return ComparedClips(dataset, records, rows, StoredClips(dataset.folder, index))


def _check_split(dataset: Dataset, split: Split) -> None:
    if not dataset.count(split):
        there = ", ".join(f"{each} has {dataset.count(each)}" for each in SPLITS if dataset.count(each))
        raise DataError(
            f"{dataset.folder} has no {split} clips.",
            f"Compare on another split ({there or 'all are empty'}), or prepare videos for this one.",
        )


def read_clips(clips: ComparedClips, file: IO[bytes]) -> Generator[StageProgress, None, NDArray[np.uint8]]:
    """Read all clips into an empty temporary file, so that memory does not grow with their number.

    Returns:
        (N, 30, 64, 64, 3) uint8 RGB, as they lie in the file.

    Raises:
        DataError: a shard is missing or damaged, or the disk is full.
    """
    stage = Stage("Reading clips", len(clips))
    for place in range(len(clips)):
        append_clips(file, clips.clip(place))
        stage.done += 1
        if stage.done % AT_ONCE == 0 or stage.done == len(clips):
            yield stage.progress()
    return appended_clips(file, len(clips))


def append_clips(file: IO[bytes], clips: NDArray[np.uint8]) -> None:
    """Write clips (30, 64, 64, 3) uint8, one or many, behind those that a temporary file holds.

    Raises:
        DataError: the disk is full.
    """
    try:
        file.write(clips.tobytes())
        file.flush()
    except OSError as error:
        raise DataError(
            f"The clips do not fit into the folder for temporary files: {error.strerror}.",
            "Make room there, or compare fewer clips.",
        ) from error


def appended_clips(file: IO[bytes], count: int) -> NDArray[np.uint8]:
    """(count, 30, 64, 64, 3) uint8: the clips that were appended, as they lie in the file.

    What is written to them stays in memory: nobody should, but torch warns of arrays that forbid it.
    """
    return np.memmap(file, np.uint8, "c", shape=(count, FRAMES, SIZE, SIZE, 3))


def batches(count: int) -> Sequence[slice]:
    """What parts `count` clips into batches."""
    return [slice(first, min(first + AT_ONCE, count)) for first in range(0, count, AT_ONCE)]
