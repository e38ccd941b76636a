"""Moments in Time on the disk: its tables of clips and categories, and the source in a clip's name."""

import csv
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from f2v_core.data.scanning.found import Unusable
from f2v_core.data.scanning.walk import TICK, Seen, readable, walk
from f2v_core.errors import DataError

LISTS = {"training": "trainingSet.csv", "validation": "validationSet.csv"}
"""The clips of each folder: rows of path below it, label, votes for it and against it."""
CATEGORIES = "moments_categories.txt"
"""Rows of name and number."""
NAME = re.compile(r"(?P<source>[a-z]+-.+)_\d+")
"""Of a clip, without its ending: where it comes from, a dash, the video's id there, and the place in the video."""
SITES = frozenset("bing flickr getty giphy metacafe peeks tumblr vb vimeo vine yt".split())
"""Where its videos come from: names that begin so are its own wherever they lie."""
ENOUGH = 100
"""Names looked at to tell whether a folder is of Moments in Time."""


def has_table(root: Path) -> bool:
    """Whether one of the tables of Moments in Time lies in a folder."""
    return any((root / name).is_file() for name in (*LISTS.values(), CATEGORIES))


def has_names(folder: Path) -> bool:
    """Whether most of the first files in a folder are called as in Moments in Time."""
    seen = islice((each for each in walk(folder) if isinstance(each, Seen)), ENOUGH)
    known = [source_in(each.path) is not None for each in seen]
    return 2 * sum(known) > len(known)


def source_in(path: str, strict: bool = False) -> str | None:
    """The video that a clip was cut from: yt-V4dmYY8nvAk in skiing/yt-V4dmYY8nvAk_118.mp4.

    None where the name is another kind of name; or, if `strict`, does not begin with one of `SITES`.
    """
    match = NAME.fullmatch(path.rpartition("/")[2].rpartition(".")[0])
    if not match or (strict and path.rpartition("/")[2].partition("-")[0] not in SITES):
        return None
    return match["source"]


def categories(root: Path) -> list[str] | None:
    """The names in `moments_categories.txt`; None where it is missing.

    Raises:
        DataError: it cannot be read.
    """
    path = root / CATEGORIES
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read: {error}.", "Repair it, or take it away.") from error
    return [line.rpartition(",")[0].strip() or line.strip() for line in text.splitlines() if line.strip()]


def missing(root: Path, folder: str, wanted: frozenset[str]) -> Iterator[Unusable | None]:
    """What the list of `folder` ("training" or "validation") names and the disk does not have.

    A category of which there is nothing at all is named once, as a folder. None comes as a sign of life at least
    every thousand rows. Only the categories in `wanted` count, all if that is empty.

    Raises:
        DataError: the list cannot be read.
    """
    path = root / LISTS[folder]
    if not path.is_file():
        return
    absent: dict[str, bool] = {}
    for number, listed in enumerate(_rows(path)):
        if number % TICK == 0:
            yield None
        category, slash, _ = listed.partition("/")
        if not slash or (wanted and category not in wanted):
            continue
        name = f"{folder}/{listed}"
        if category not in absent:
            absent[category] = not (root / folder / category).is_dir()
            name = f"{folder}/{category}" if absent[category] else name
        elif absent[category]:
            continue
        if not os.path.lexists(root / name):  # what is there was met on the walk, usable or not
            yield Unusable(readable(name), f"It is missing, though {path.name} lists it.")


def _rows(path: Path) -> Iterator[str]:
    """The first cell of each row."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            yield from (row[0] for row in csv.reader(file) if row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path} cannot be read: {error}.", "Repair it, or take it away.") from error
