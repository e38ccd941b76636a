"""A dataset's index as a few columns of numbers: a million clips are counted, sorted and filtered at once."""

import csv
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from f2v_core.data.dataset import COLUMNS, INDEX, Dataset, entry_of
from f2v_core.data.records import FLAGS, SPLITS, ClipRecord
from f2v_core.data.shards import AGAIN, Entry
from f2v_core.errors import DataError

Order = Literal["stored", "calm", "lively"]
"""As the index has them, or by motion: the least or the most first."""
Rows = NDArray[np.int64]
KEPT = 4096
"""Rows that were looked at last and are kept."""


class Clips(Protocol):
    """Clips by number, as the grid shows them."""

    def record(self, row: int) -> ClipRecord:
        """What is said about a clip.

        Raises:
            DataError: it cannot be read.
        """
        ...

    def frames(self, row: int) -> NDArray[np.uint8]:
        """A clip, (T, H, W, 3) uint8 RGB.

        Raises:
            DataError, MediaError: it cannot be read.
        """
        ...


@dataclass(frozen=True)
class Wanted:
    """Which clips to show; an empty text means all of them.

    Attributes:
        split, category: as in `ClipRecord`; `None` for the category: all.
        flag: one of `FLAGS`, or "-" for clips without any.
    """

    split: str = ""
    category: str | None = None
    flag: str = ""
    order: Order = "stored"


@dataclass(frozen=True, eq=False)
class ClipTable(Clips):
    """What is known of every clip, a column each, (N,).

    Attributes:
        splits: number in `SPLITS`.
        categories: number in `names`.
        flags: bit i is set for `FLAGS[i]`.
        motion, linear_l2, seconds, heights: as in `ClipRecord`; seconds are the clip's length.
        offsets: where the clip's row begins in `index.csv`, in bytes.
    """

    dataset: Dataset
    names: tuple[str, ...]
    splits: NDArray[np.uint8]
    categories: NDArray[np.int32]
    flags: NDArray[np.uint8]
    motion: NDArray[np.float32]
    linear_l2: NDArray[np.float32]
    seconds: NDArray[np.float32]
    heights: NDArray[np.int32]
    offsets: Rows

    def __len__(self) -> int:
        return len(self.offsets)

    @override
    def record(self, row: int) -> ClipRecord:
        """Read from the index."""
        return self._entry(row).record

    @override
    def frames(self, row: int) -> NDArray[np.uint8]:
        """Read from a shard."""
        return self.dataset.read(self._entry(row))

    def _entry(self, row: int) -> Entry:
        made = str(self.dataset.info.get("sha256", ""))
        return _read_row(self.dataset.folder / INDEX, int(self.offsets[row]), made)

    def select(self, wanted: Wanted) -> Rows:
        """The numbers of the clips that are wanted, in the order that is wanted."""
        keep = np.ones(len(self), bool)
        if wanted.split:
            keep &= self.splits == [str(each) for each in SPLITS].index(wanted.split)
        if wanted.category is not None:
            keep &= self.categories == self.names.index(wanted.category)
        if wanted.flag == "-":
            keep &= self.flags == 0
        elif wanted.flag:
            keep &= (self.flags >> FLAGS.index(wanted.flag) & 1).astype(bool)
        rows = np.flatnonzero(keep)
        if wanted.order == "stored":
            return rows
        by_motion = rows[np.argsort(self.motion[rows], kind="stable")]
        return by_motion if wanted.order == "calm" else by_motion[::-1]

    def by_split(self, values: NDArray[np.float32] | NDArray[np.int32]) -> dict[str, NDArray[np.float32]]:
        """A column's values by split, the splits without a clip left out."""
        parts = {split: values[self.splits == number] for number, split in enumerate(SPLITS)}
        return {split: part.astype(np.float32) for split, part in parts.items() if part.size}


@dataclass
class _Columns:
    """The columns while they grow: packed numbers, a few dozen bytes a clip."""

    names: dict[str, int] = field(default_factory=dict)
    splits: "array[int]" = field(default_factory=lambda: array("B"))
    categories: "array[int]" = field(default_factory=lambda: array("l"))
    flags: "array[int]" = field(default_factory=lambda: array("B"))
    motion: "array[float]" = field(default_factory=lambda: array("f"))
    linear_l2: "array[float]" = field(default_factory=lambda: array("f"))
    seconds: "array[float]" = field(default_factory=lambda: array("f"))
    heights: "array[int]" = field(default_factory=lambda: array("l"))
    offsets: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, row: list[str], offset: int) -> None:
        """Append one clip."""
        self.splits.append(_SPLIT_NUMBER[row[_AT["split"]]])
        self.categories.append(self.names.setdefault(row[_AT["category"]], len(self.names)))
        self.flags.append(sum(_FLAG_BIT[flag] for flag in row[_AT["flags"]].split()))
        self.motion.append(float(row[_AT["motion"]]))
        self.linear_l2.append(float(row[_AT["linear_l2"]]))
        self.seconds.append(int(row[_AT["frames"]]) / float(row[_AT["fps"]]))
        self.heights.append(int(row[_AT["height"]]))
        self.offsets.append(offset)


_AT = {name: number for number, name in enumerate(COLUMNS)}
_SPLIT_NUMBER: dict[str, int] = {split: number for number, split in enumerate(SPLITS)}
_FLAG_BIT = {flag: 1 << number for number, flag in enumerate(FLAGS)}


def read_clip_table(dataset: Dataset) -> ClipTable:
    """Read a dataset's index: about 3 s and 50 MB for a million clips.

    Raises:
        DataError: the index is missing or damaged.
    """
    path, columns = dataset.folder / INDEX, _Columns()
    try:
        for offset, row in _rows(path):
            columns.add(row, offset)
    except (OSError, KeyError, IndexError, ValueError, csv.Error, ZeroDivisionError) as error:
        raise DataError(f"{path} is missing or damaged: {error!r}.", AGAIN) from error
    return ClipTable(
        dataset,
        tuple(columns.names),
        np.array(columns.splits, np.uint8),
        np.array(columns.categories, np.int32),
        np.array(columns.flags, np.uint8),
        np.array(columns.motion, np.float32),
        np.array(columns.linear_l2, np.float32),
        np.array(columns.seconds, np.float32),
        np.array(columns.heights, np.int32),
        np.array(columns.offsets, np.int64),
    )


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table below its header, each with the byte that it begins at."""
    place = 0

    def lines() -> Iterator[str]:
        nonlocal place
        with path.open("rb") as file:
            for line in file:
                place += len(line)
                yield line.decode()

    reader, start = csv.reader(lines()), 0
    for number, row in enumerate(reader):  # it takes no line that it does not need: `place` is the row's end
        if number:
            yield start, row
        elif tuple(row) != COLUMNS:
            raise ValueError(f"its columns are {row}")
        start = place


@lru_cache(maxsize=KEPT)
def _read_row(path: Path, offset: int, _made: str) -> Entry:
    """The row at an offset; `_made` tells a dataset from one that stood there before."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            lines = (line.decode() for line in file)
            (row,) = islice(csv.reader(lines), 1)
            return entry_of(dict(zip(COLUMNS, row, strict=True)))
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise DataError(f"{path} is damaged: {error!r}.", AGAIN) from error
