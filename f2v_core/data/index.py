"""The clips of one split as columns: a million of them take 26 MB and some seconds to read."""

import csv
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.dataset import INDEX, Dataset
from f2v_core.data.records import Split
from f2v_core.data.shards import AGAIN
from f2v_core.errors import DataError

TYPES = {"offset": "q", "size": "q", "frames": "H", "height": "H", "width": "H", "fps": "f"}
"""Columns of `index.csv` that are numbers here too, and how `array` stores them while they are read."""


@dataclass(frozen=True, eq=False)
class ClipIndex:
    """Where the N clips of a split lie, and what reading needs to know of them.

    Attributes:
        shards: the names of the S shards, in the order of the index.
        bounds: (S + 1,) int64: the clips of shard s are the rows from bounds[s] to bounds[s + 1].
        offset, size: (N,) int64 and int32, the PNG's place in its shard, in bytes.
        frames, height, width: (N,) uint16, the clip's shape.
        fps: (N,) float32, its frames per second.
        source: (N,) int32, the number of the video that it was taken from, from 0.
    """

    shards: tuple[str, ...]
    bounds: NDArray[np.int64]
    offset: NDArray[np.int64]
    size: NDArray[np.int32]
    frames: NDArray[np.uint16]
    height: NDArray[np.uint16]
    width: NDArray[np.uint16]
    fps: NDArray[np.float32]
    source: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.offset)

    def shard(self, row: int) -> str:
        """The name of the shard that holds a clip."""
        return self.shards[int(np.searchsorted(self.bounds, row, side="right")) - 1]

    def shape(self, row: int) -> tuple[int, int, int, int]:
        """A clip's (T, H, W, 3)."""
        return int(self.frames[row]), int(self.height[row]), int(self.width[row]), 3

    def nbytes(self) -> NDArray[np.int64]:
        """(N,) how much memory each decoded clip takes."""
        return self.frames.astype(np.int64) * self.height * self.width * 3


def check_split(dataset: Dataset, split: Split) -> None:
    """See that a dataset has clips of a split.

    Raises:
        DataError: it has none.
    """
    if not dataset.count(split):
        raise DataError(
            f"{dataset.folder} has no {split} clips.",
            "It takes a video for each split: add some, longer ones, or prepare with other shares (--val-share).",
        )


def read_index(dataset: Dataset, split: Split) -> ClipIndex:
    """The clips of a split.

    Raises:
        DataError: the split is empty, or the index is missing or damaged.
    """
    check_split(dataset, split)
    path = dataset.folder / INDEX
    try:
        index = _columns(_rows(path), split)
    except (OSError, KeyError, IndexError, ValueError, OverflowError, csv.Error) as error:
        raise DataError(f"{path} is missing or damaged: {error!r}.", AGAIN) from error
    if len(index) != dataset.count(split):
        raise DataError(f"{path} has {len(index)} {split} clips of {dataset.count(split)}.", AGAIN)
    return index


def _rows(path: Path) -> Iterator[tuple[list[str], dict[str, int]]]:
    """The rows of the index as lists, each with the places of the columns: dictionaries would take thrice as long."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        place = {name: number for number, name in enumerate(next(rows, []))}
        yield from ((row, place) for row in rows)


def _columns(rows: Iterator[tuple[list[str], dict[str, int]]], split: Split) -> ClipIndex:
    numbers: dict[str, array[Any]] = {name: array(kind) for name, kind in TYPES.items()}
    shards, bounds, sources, last = list[str](), array("q"), array("Q"), ""
    for row, place in rows:
        if row[place["split"]] != split:
            continue
        for name, column in numbers.items():
            text = row[place[name]]
            column.append(float(text) if name == "fps" else int(text))
        if not shards or row[place["shard"]] != shards[-1]:
            shards.append(row[place["shard"]])
            bounds.append(len(sources))
        source = row[place["source"]]
        sources.append(sources[-1] if sources and source == last else _digest(source))
        last = source
    bounds.append(len(sources))
    _, source_numbers = np.unique(np.array(sources, np.uint64), return_inverse=True)
    return ClipIndex(
        shards=tuple(shards),
        bounds=np.array(bounds, np.int64),
        offset=np.array(numbers["offset"], np.int64),
        size=np.array(numbers["size"], np.int32),
        frames=np.array(numbers["frames"], np.uint16),
        height=np.array(numbers["height"], np.uint16),
        width=np.array(numbers["width"], np.uint16),
        fps=np.array(numbers["fps"], np.float32),
        source=source_numbers.astype(np.int32),
    )


def _digest(source: str) -> int:
    """64 bits that stand for a source: a million names would take ten times the memory."""
    return int.from_bytes(blake2b(source.encode(), digest_size=8).digest(), "little")
