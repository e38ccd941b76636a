"""The last stage: the tables of a dataset and, when all else lies there, its `dataset.json`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from f2v_core.config import PrepareConfig
from f2v_core.data.catalog.catalog import Catalog
from f2v_core.data.credits import credit_lookup
from f2v_core.data.dataset import (
    CODEC,
    FORMAT,
    INDEX,
    INFO,
    REJECTED,
    VIDEOS,
    write_index,
    write_table,
)
from f2v_core.data.duplicates.screening import hash_file
from f2v_core.data.records import SPLITS, Split
from f2v_core.data.scanning.scan import describe
from f2v_core.data.shards import Entry
from f2v_core.storage import write_json
from f2v_core.version import __version__

VIDEO_COLUMNS = (
    "video", "split", "category", "source", "seconds", "width", "height", "fps", "clips", "licence", "credit",
)  # fmt: skip
REJECTED_COLUMNS = ("file", "reason")
SHARD_FACTS = ("name", "split", "clips", "nbytes", "sha256")


@dataclass
class _Totals:
    """What `dataset.json` counts, gathered while the index is written."""

    clips: dict[Split, dict[str, int]] = field(default_factory=lambda: {split: {} for split in SPLITS})
    seconds: dict[Split, float] = field(default_factory=lambda: dict.fromkeys(SPLITS, 0.0))
    flags: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def counted(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """The entries, each counted as it passes."""
        for entry in entries:
            record = entry.record
            categories = self.clips[record.split]
            categories[record.category] = categories.get(record.category, 0) + 1
            self.seconds[record.split] += record.frames / record.fps
            for flag in record.flags:
                self.flags[flag] += 1
            yield entry


def write_tables(catalog: Catalog, config: PrepareConfig, folder: Path, duplicates: int) -> None:
    """Write `index.csv`, `videos.csv`, `rejected.csv`, and `dataset.json` as the last.

    `duplicates` is how many clips were dropped for being in another split too.

    Raises:
        DataError: a table of credits is damaged. OSError: the disk refuses.
    """
    totals, counts = _Totals(), {"duplicates": duplicates}
    write_index(folder, totals.counted(catalog.entries()))
    counts["videos"] = _write(folder / VIDEOS, VIDEO_COLUMNS, _video_rows(catalog, config))
    counts["rejected"] = _write(folder / REJECTED, REJECTED_COLUMNS, catalog.rejected())
    write_json(folder / INFO, _info(catalog, config, folder, totals) | counts)


def _write(path: Path, columns: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> int:
    """Write a table; returns how many rows it has."""
    count = 0

    def counted() -> Iterator[tuple[object, ...]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    write_table(path, columns, counted())
    return count


def _video_rows(catalog: Catalog, config: PrepareConfig) -> Iterator[tuple[object, ...]]:
    credit = credit_lookup(Path(config.videos)) if config.videos else lambda _path: ("", "")
    for split, outcome in catalog.videos():
        item, (licence, whose) = outcome.item, credit(outcome.item.path)
        size = (outcome.width, outcome.height, round(outcome.fps, 3))
        yield (
            item.path, split, item.category, item.source, round(outcome.seconds, 3), *size, outcome.clips, licence,
            whose,
        )  # fmt: skip


def _info(catalog: Catalog, config: PrepareConfig, folder: Path, totals: _Totals) -> dict[str, Any]:
    layout, rule = ("procedural scenes", "By number.") if config.scenes else describe(config)
    shards = list(catalog.shards())
    digests = "".join(digest for *_, digest in shards) + hash_file(folder / INDEX)
    return {
        "format": FORMAT,
        "made_by": f"f2v {__version__}",
        "config": config.to_json(),
        "codec": CODEC,
        "layout": layout,
        "split_rule": rule,
        "procedural": bool(config.scenes),
        "fingerprint": catalog.fingerprint(),
        "clips": totals.clips,
        "seconds": {split: round(value, 3) for split, value in totals.seconds.items()},
        "flags": dict(sorted(totals.flags.items())),
        "dropped": dict(sorted(catalog.dropped().items())),
        "sha256": sha256(digests.encode()).hexdigest(),
        "shards": [dict(zip(SHARD_FACTS, shard, strict=True)) for shard in shards],
    }
