"""A dataset is a folder of shards: what lies in it, how it is written at the end, and how it is read.

::

    dataset.json            what it is: settings, splits, counts, the shards and their hashes; written last
    index.csv               one row a clip: its record, and where it lies
    videos.csv              one row a video that gave clips: split, category, source, size, licence, credit
    rejected.csv            one row a file that gave none, with the reason
    duplicates.csv          one row a clip that was dropped because another split has nearly the same
    shards/SPLIT-NUMBER.tar the clips
    .work/                  what preparing needs to go on; gone when it is done
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import PrepareConfig
from f2v_core.data.records import SPLITS, ClipRecord, Split
from f2v_core.data.shards import AGAIN, Entry
from f2v_core.errors import DataError, InputError, MediaError
from f2v_core.media.strips import decode_strip
from f2v_core.storage import atomic_file

INFO, INDEX, VIDEOS = "dataset.json", "index.csv", "videos.csv"
REJECTED, DUPLICATES = "rejected.csv", "duplicates.csv"
SHARDS, WORK = "shards", ".work"
FORMAT = 1
CODEC = "one PNG a clip, lossless: the first rows of all its frames, then the second rows of all, and so on"
COLUMNS = (
    "key", "split", "category", "source", "video", "shot", "start_s", "frames", "width", "height", "fps", "motion",
    "linear_l2", "flags", "shard", "offset", "size",
)  # fmt: skip
"""Of `index.csv`; flags have spaces between them."""


@dataclass(frozen=True)
class Dataset:
    """A complete dataset.

    Attributes:
        folder: where it lies.
        config: how it was made.
        info: `dataset.json` as it stands.
    """

    folder: Path
    config: PrepareConfig
    info: Mapping[str, Any]

    @property
    def procedural(self) -> bool:
        """Whether its clips are procedural scenes: never to be a test of models for real videos."""
        return bool(self.config.scenes)

    def count(self, split: Split) -> int:
        """How many clips a split has."""
        return sum(self.info["clips"].get(split, {}).values())

    def entries(self, split: Split | None = None) -> Iterator[Entry]:
        """The index, row by row, in the order of the shards; of one split, or of all.

        The records come without their hashes, which only the shards hold.

        Raises:
            DataError: the index is missing or damaged.
        """
        path = self.folder / INDEX
        try:
            with path.open(newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if split is None or row["split"] == split:
                        yield entry_of(row)
        except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
            raise DataError(f"{path} is missing or damaged: {error!r}.", AGAIN) from error

    def read(self, entry: Entry) -> NDArray[np.uint8]:
        """Decode one clip, (T, H, W, 3) uint8 RGB.

        Raises:
            DataError: its shard is missing or damaged.
        """
        path = self.shard_file(entry.shard)
        try:
            with path.open("rb") as file:
                file.seek(entry.offset)
                clip = decode_strip(file.read(entry.size), entry.record.frames)
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}.", AGAIN) from error
        except MediaError as error:
            raise damage(path, entry.offset) from error
        if clip.shape != entry.record.shape:
            raise damage(path, entry.offset)
        return clip

    def shard_file(self, name: str) -> Path:
        """Where a shard lies."""
        return self.folder / SHARDS / f"{name}.tar"

    def table(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of `videos.csv`, `rejected.csv` or `duplicates.csv`.

        Raises:
            DataError: the table is missing or damaged.
        """
        path = self.folder / name
        try:
            with path.open(newline="", encoding="utf-8") as file:
                yield from csv.DictReader(file)
        except (OSError, ValueError, csv.Error) as error:
            raise DataError(f"{path} is missing or damaged: {error!r}.", AGAIN) from error


def damage(shard: Path, offset: int) -> DataError:
    """What to say of a clip that is not what the index tells."""
    return DataError(f"{shard} is damaged at byte {offset}.", AGAIN)


def entry_of(row: Mapping[str, str]) -> Entry:
    """The entry that a row of `index.csv` tells, its columns by name; without the hashes.

    Raises:
        KeyError, ValueError: it is no such row.
    """
    record = ClipRecord(
        row["key"], cast("Split", row["split"]), row["category"], row["source"], row["video"], int(row["shot"]),
        float(row["start_s"]), int(row["frames"]), int(row["width"]), int(row["height"]), float(row["fps"]),
        float(row["motion"]), float(row["linear_l2"]), tuple(row["flags"].split()),
    )  # fmt: skip
    return Entry(record, row["shard"], int(row["offset"]), int(row["size"]))


def is_dataset(folder: Path) -> bool:
    """Whether a folder holds a complete dataset."""
    return (folder / INFO).is_file()


def open_dataset(folder: Path) -> Dataset:
    """The dataset in a folder.

    Raises:
        DataError: there is none, it is not complete, of a newer format, or damaged.
    """
    path = folder / INFO
    if not path.is_file():
        unfinished = (folder / WORK).is_dir()
        state = "is not complete" if unfinished else "holds no dataset"
        remedy = (
            "Go on with preparing it."
            if unfinished
            else f"A dataset's folder has a {INFO}; make one: prepare."
        )
        raise DataError(f"{folder} {state}.", remedy)
    try:
        info = json.loads(path.read_text(encoding="utf-8"))
        if info["format"] > FORMAT:
            raise DataError(f"{path} was written by a newer f2v (format {info['format']}).", "Update f2v.")
        dataset = Dataset(folder, PrepareConfig.from_json(info["config"]), info)
        for split in SPLITS:
            dataset.count(split)
        return dataset
    except (OSError, InputError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path} is damaged: {error}", AGAIN) from error


def write_index(folder: Path, entries: Iterable[Entry]) -> None:
    """Write `index.csv`, whole or not at all.

    Raises:
        OSError: the disk refuses.
    """
    write_table(folder / INDEX, COLUMNS, (_row(each) for each in entries))


def _row(entry: Entry) -> tuple[object, ...]:
    values = {**vars(entry.record), **vars(entry), "flags": " ".join(entry.record.flags)}
    return tuple(values[name] for name in COLUMNS)


def write_table(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write a CSV table with a header, whole or not at all.

    Raises:
        OSError: the disk refuses.
    """
    with atomic_file(path) as partial, partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)  # a name may hold a \r
        writer.writerow(columns)
        writer.writerows(rows)
