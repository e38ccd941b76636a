"""Which categories to take, and whether there are such."""

from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from f2v_core.data.scanning import moments
from f2v_core.data.scanning.layouts import Layout, category_folders
from f2v_core.errors import DataError

MANY = 10_000
"""Names compared with an unknown one, at most."""
FEW = 10
"""Names given as examples, at most."""


def wanted_categories(root: Path, layout: Layout, listed: str) -> frozenset[str]:
    """The categories in `listed`, names with commas between; empty for all.

    Raises:
        DataError: one of them does not exist here. OSError: a folder cannot be read.
    """
    wanted = frozenset(name for each in listed.split(",") if (name := each.strip()))
    table = moments.categories(root) if layout.moments else None
    for name in sorted(wanted):
        if not (name in table if table is not None else _exists(root, layout, name)):
            raise _unknown(name, table if table is not None else _names(root, layout), root)
    return wanted


def _exists(root: Path, layout: Layout, name: str) -> bool:
    """Whether a folder stands for a category."""
    return any(
        place.category == name
        if place.category is not None
        else not name.startswith(".") and "/" not in name and (root / place.folder / name).is_dir()
        for place in layout.places
    )


def _names(root: Path, layout: Layout) -> list[str]:
    names = {place.category for place in layout.places if place.category is not None}
    for place in layout.places:
        if place.category is None:
            names.update(islice(category_folders(root, place), MANY))
    return sorted(names)


def _unknown(name: str, names: list[str], root: Path) -> DataError:
    by_lower = {each.lower(): each for each in names}
    near = [by_lower[each] for each in get_close_matches(name.lower(), by_lower)]
    if near:
        remedy = f"Did you mean {' or '.join(near)}?"
    elif names:
        remedy = f"There are {len(names)}, such as {', '.join(names[:FEW])}."
    else:
        remedy = "Its videos lie in no folders of their own: name no category."
    return DataError(f"{root} has no category {name}.", remedy)
