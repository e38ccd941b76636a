"""How the folders below the scanned one are understood: what stands for a split, what for a category."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from f2v_core.data.records import SPLITS, Split
from f2v_core.data.scanning import moments
from f2v_core.data.scanning.walk import is_folder

SPLIT_NAMES: Mapping[str, Split] = {
    "train": "train", "training": "train", "val": "val", "valid": "val", "validation": "val", "test": "test",
    "testing": "test",
}  # fmt: skip
ENDS: Mapping[str, Split | None] = {"_train": None, "_val": "test"}
"""Of the poster's folders, such as erupting_train and erupting_val."""
MOMENTS: Mapping[str, Split | None] = {"training": None, "validation": "test"}
"""The poster tests on the validation folder; its own validation videos come out of training."""


@dataclass(frozen=True)
class Place:
    """A folder whose videos go the same way.

    Attributes:
        folder: below the root; empty for the root itself.
        split: the one it stands for; None: its sources are split.
        category: of all in it; None: the name of the folder one level below it.
    """

    folder: str
    split: Split | None
    category: str | None = None

    @property
    def title(self) -> str:
        """How a sentence calls it and its like."""
        return self.folder if self.category is None else f"*{self.folder.removeprefix(self.category)}"

    def has(self, root: Path, wanted: frozenset[str]) -> bool:
        """Whether it has one of the categories."""
        if self.category is not None:
            return self.category in wanted
        return any((root / self.folder / name).is_dir() for name in wanted)


@dataclass(frozen=True)
class Layout:
    """A way to lay out videos in folders.

    Attributes:
        name: a phrase for users.
        places: where videos are looked for.
        moments: whether file names are those of Moments in Time, with the source in them.
    """

    name: str
    places: tuple[Place, ...]
    moments: bool = False

    def titles(self, split: Split | None) -> list[str]:
        """What stands for a split, or, for None, is to be split, without repeats."""
        return list(dict.fromkeys(place.title for place in self.places if place.split == split))

    def only(self, root: Path, wanted: frozenset[str]) -> "Layout":
        """The layout without the places that have none of the wanted categories; all, if none is named."""
        places = (place for place in self.places if not wanted or place.has(root, wanted))
        return replace(self, places=tuple(places))


@dataclass
class _Tops:
    """The folders directly in the root that may mean something, and whether there are others."""

    known: list[str] = field(default_factory=list)
    others: bool = False


def recognise(root: Path) -> Layout:
    """Understand a folder by the names of the folders and files directly in it.

    Raises:
        OSError: it cannot be read.
    """
    tops = _Tops()
    with os.scandir(root) as entries:
        for entry in entries:
            if not entry.name.startswith(".") and is_folder(entry):
                if _splits_of(entry.name):
                    tops.known.append(entry.name)
                else:
                    tops.others = True
    tops.known.sort()
    return _moments(root, tops) or _authors(tops) or _given(tops) or Layout("folders", (Place("", None),))


def _splits_of(name: str) -> bool:
    return name.lower() in SPLIT_NAMES or _category(name) is not None


def _category(name: str) -> str | None:
    for end in ENDS:
        if name.endswith(end) and name != end:
            return name.removesuffix(end)
    return None


def _moments(root: Path, tops: _Tops) -> Layout | None:
    """Moments in Time, by one of its tables or, without them, by how the files are called."""
    places = tuple(Place(name, MOMENTS[name]) for name in MOMENTS if name in tops.known)
    both = {name for name in tops.known if name.lower() in SPLIT_NAMES} == set(MOMENTS)
    if not places or not (moments.has_table(root) or (both and moments.has_names(root / "training"))):
        return None
    return Layout("Moments in Time", places, moments=True)


def _authors(tops: _Tops) -> Layout | None:
    """CATEGORY_train and CATEGORY_val: a pair of them, or nothing else."""
    places = tuple(
        Place(name, ENDS[name[len(category) :]], category)
        for name in tops.known
        if (category := _category(name)) is not None
    )
    pairs = len({place.category for place in places}) < len(places)
    alone = len(places) == len(tops.known) and not tops.others
    return (
        Layout("CATEGORY_train and CATEGORY_val", places, moments=True)
        if pairs or (places and alone)
        else None
    )


def _given(tops: _Tops) -> Layout | None:
    """Folders called train, val and test: two of them, or one and nothing else."""
    named = {name: SPLIT_NAMES[name.lower()] for name in tops.known if name.lower() in SPLIT_NAMES}
    splits = set(named.values())
    if len(splits) < 2 and (not splits or tops.others or len(named) < len(tops.known)):
        return None
    divided = splits in ({"train"}, {"train", "test"})
    places = (Place(name, None if divided and split == "train" else split) for name, split in named.items())
    found = [split for split in SPLITS if split in splits]
    name = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
    return Layout(f"folders named {name}" if len(found) > 1 else f"a folder named {name}", tuple(places))


def category_folders(root: Path, place: Place) -> Iterator[str]:
    """The names of the folders that are categories in a place whose category is not fixed.

    Raises:
        OSError: the place cannot be read.
    """
    with os.scandir(root / place.folder) as entries:
        yield from (entry.name for entry in entries if not entry.name.startswith(".") and is_folder(entry))
