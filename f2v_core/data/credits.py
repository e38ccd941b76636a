"""Licences and credits of training videos, from a table that lies with them."""

import csv
from pathlib import Path

TABLES = ("credits.csv", "footage.csv")
COLUMNS = ("file", "licence", "credit")


def read_credits(folder: Path, videos: list[Path]) -> tuple[str, ...]:
    """One line for each video: its name, and the licence and credit that a table gives for it.

    A table is `credits.csv` or `footage.csv` with the columns file, licence and credit, in `folder` or the folder
    above it; `file` is a path relative to the table.
    """
    known = _read_tables((folder, folder.parent))
    return tuple(" | ".join([_label(v, folder), *known.get(v.resolve(), ())]) for v in videos)


def _label(video: Path, folder: Path) -> str:
    return video.relative_to(folder).as_posix() if video.is_relative_to(folder) else video.name


def _read_tables(folders: tuple[Path, ...]) -> dict[Path, tuple[str, ...]]:
    known: dict[Path, tuple[str, ...]] = {}
    for table in (folder / name for folder in folders for name in TABLES):
        if table.is_file():
            with table.open(newline="", encoding="utf-8", errors="replace") as file:
                for row in csv.DictReader(file):
                    if all(row.get(column) for column in COLUMNS):
                        known[(table.parent / row["file"]).resolve()] = (row["licence"], row["credit"])
    return known
