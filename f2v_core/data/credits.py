"""Licences and credits of training videos: from a table that lies with them to the model that learnt from them."""

import csv
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from f2v_core.data.dataset import VIDEOS, Dataset
from f2v_core.errors import DataError

TABLES = ("credits.csv", "footage.csv")
COLUMNS = ("file", "licence", "credit")
MOST_LINES = 200
"""Of a model's card: beyond that the dataset's own table is the place to look."""


def credit_lookup(folder: Path) -> Callable[[str], tuple[str, str]]:
    """A function from a video's path below `folder`, with slashes, to its licence and credit; "" twice if unknown.

    They come from `credits.csv` or `footage.csv` with the columns file, licence and credit, in `folder` or the
    folder above it; `file` is a path relative to the table. The tables are read once, here.
    """
    known: dict[str, tuple[str, str]] = {}
    pairs: dict[tuple[str, str], tuple[str, str]] = {}  # a few licences stand for a million videos
    for path, licence, credit in _rows(folder.absolute()):
        pair = (licence, credit)
        known[path] = pairs.setdefault(pair, pair)
    return lambda path: known.get(path, ("", ""))


def _rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Path below `folder`, licence and credit; the tables in it count before those above."""
    for table in (place / name for place in (folder.parent, folder) for name in reversed(TABLES)):
        if table.is_file():
            try:
                yield from _rows_of(table, folder)
            except csv.Error as error:
                raise DataError(
                    f"{table} is no proper table: {error}.", "Mend it, or move it away."
                ) from error


def _rows_of(table: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    with table.open(newline="", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            if all(row.get(column) for column in COLUMNS):
                path = os.path.relpath(table.parent / row["file"], folder)
                yield path.replace(os.sep, "/"), row["licence"], row["credit"]


def credit_lines(dataset: Dataset) -> tuple[str, ...]:
    """What a model's card says about the training clips: a line for each video, or one for all procedural ones.

    Raises:
        DataError: the table of videos is missing.
    """
    if dataset.procedural:
        return (f"{dataset.count('train')} procedural clips, no videos: {dataset.config.scenes}",)
    videos = (row for row in dataset.table(VIDEOS) if row["split"] == "train")
    lines = [_line(row) for row in islice(videos, MOST_LINES)]
    more = sum(1 for _ in videos)
    return (
        *lines,
        *([f"and {more} more: see {VIDEOS} of the dataset {dataset.folder.name}"] if more else []),
    )


def _line(row: dict[str, str]) -> str:
    return " | ".join(part for part in (row["video"], row["licence"], row["credit"]) if part)
