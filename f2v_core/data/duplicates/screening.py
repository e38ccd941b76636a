"""Dropping near-duplicates across splits, with a list."""

import csv
from collections import defaultdict
from collections.abc import Generator
from dataclasses import astuple
from hashlib import file_digest
from pathlib import Path

from f2v_core.data.catalog.catalog import Catalog
from f2v_core.data.dataset import DUPLICATES, SHARDS, write_table
from f2v_core.data.duplicates.near import compare_clips, read_duplicates
from f2v_core.data.shards import rewrite_shard
from f2v_core.data.stage import Stage
from f2v_core.messages import StageProgress

COLUMNS = ("dropped", "split", "video", "kept", "kept_split", "kept_video", "distance")
"""Of `duplicates.csv`."""


def screen(catalog: Catalog, folder: Path) -> Generator[StageProgress, None, int]:
    """Write `duplicates.csv`, then take its clips out of their shards; repeated after a kill, it ends the same.

    Returns how many clips those are.

    Raises:
        DataError: a shard cannot be read. OSError: the disk refuses.
    """
    table = folder / DUPLICATES
    if not table.exists():  # it is written before the first clip is dropped, and holds them all
        comparing = Stage("Comparing splits")
        for comparing.done in compare_clips(catalog):
            yield comparing.progress()
        write_table(table, COLUMNS, (astuple(each) for each in read_duplicates(catalog)))
    dropped = _by_shard(table)
    stage = Stage("Dropping duplicates", len(dropped))
    for name, keys in dropped.items():
        path = folder / SHARDS / f"{name}.tar"
        entries = rewrite_shard(path, keys)
        catalog.replace_shard(name, entries, hash_file(path), path.stat().st_size)
        stage.done += 1
        yield stage.progress()
    return sum(len(keys) for keys in dropped.values())


def _by_shard(table: Path) -> dict[str, list[str]]:
    """The keys of the dropped clips by the shard that begins them."""
    dropped: dict[str, list[str]] = defaultdict(list)
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            dropped[row["dropped"].rpartition("-")[0]].append(row["dropped"])
    return dropped


def hash_file(path: Path) -> str:
    """A file's SHA-256, hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
