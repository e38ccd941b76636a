"""Looking through a folder of videos: what it holds and how it is split, in constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from f2v_core.config import PrepareConfig
from f2v_core.data.catalog.catalog import open_catalog
from f2v_core.data.scanning import moments
from f2v_core.data.scanning.categories import wanted_categories
from f2v_core.data.scanning.found import Found, Unusable
from f2v_core.data.scanning.layouts import Layout, Place, recognise
from f2v_core.data.scanning.rules import split_rule
from f2v_core.data.scanning.sources import source_finder
from f2v_core.data.scanning.splits import check_shares
from f2v_core.data.scanning.survey import SAMPLE, Sample, progress
from f2v_core.data.scanning.walk import VIDEO_ENDINGS, Seen, walk
from f2v_core.errors import DataError
from f2v_core.messages import FolderScanned, ScanEvent

__all__ = ["VIDEO_ENDINGS", "Found", "Unusable", "describe", "find_videos", "scan", "search"]


@dataclass(frozen=True)
class _Folder:
    """A folder of videos as it is understood under the settings.

    Attributes:
        wanted: categories to take; empty: all.
    """

    root: Path
    layout: Layout
    wanted: frozenset[str]


def find_videos(config: PrepareConfig) -> Iterator[Found | Unusable]:
    """Every video file below `config.videos` once, in any order, and every file that looks like one but is no use.

    Memory does not grow with the number of files. What is no video by its ending and what is hidden is passed over.
    In Moments in Time all files of the folders are taken, listed in its tables or not; those listed but missing are
    unusable.

    Raises:
        DataError: no such folder, no video in it, no such category. InputError: bad pattern or shares.
    """
    return (each for each in search(config) if each is not None)


def search(config: PrepareConfig) -> Iterator[Found | Unusable | None]:
    """As `find_videos`, with None as a sign of life at least every thousand entries, whatever they are.

    Raises:
        DataError, InputError: as `find_videos`.
    """
    folder = _understand(config)
    find_source = source_finder(config.source_pattern, folder.layout.moments)
    first: Unusable | None = None
    count = 0
    for place in folder.layout.places:
        for each in _walk_place(folder, place):
            if isinstance(each, Seen):
                count += 1
                split = place.split if config.split == "auto" else config.split
                category = _category(place, each.path)
                yield Found(each.path, category, split, find_source(each.path), each.nbytes)
            else:
                first = first or each
                yield each
    if not count:
        raise _nothing(folder, first)
    yield from _beside(folder)


def describe(config: PrepareConfig) -> tuple[str, str]:
    """How the folder `config.videos` is understood, a phrase, and how its videos are split, sentences.

    Raises:
        DataError, InputError: as `find_videos`.
    """
    folder = _understand(config)
    return folder.layout.name, split_rule(config, folder.layout)


def _understand(config: PrepareConfig) -> _Folder:
    check_shares(config)
    root = Path(config.videos)
    if not config.videos or not root.is_dir():
        raise DataError(
            f"{config.videos or 'The empty path'} is not a folder.",
            "Choose the folder that holds your videos.",
        )
    try:
        layout = recognise(root)
        wanted = wanted_categories(root, layout, config.categories)
    except OSError as error:
        raise DataError(f"{root} cannot be read: {error.strerror}.", "See that you may open it.") from error
    return _Folder(root, layout.only(root, wanted), wanted)


def _walk_place(folder: _Folder, place: Place) -> Iterator[Seen | Unusable | None]:
    starts = [f"{place.folder}/{name}" if place.folder else name for name in sorted(folder.wanted)]
    if place.category is not None or not starts:
        starts = [place.folder]
    for start in starts:
        if (folder.root / start).is_dir():
            yield from walk(folder.root, start)


def _category(place: Place, path: str) -> str:
    if place.category is not None:
        return place.category
    below = path.removeprefix(place.folder).removeprefix("/")
    return below.partition("/")[0] if "/" in below else ""


def _beside(folder: _Folder) -> Iterator[Unusable | None]:
    """What lies outside of the layout's places, and what the tables of Moments in Time name but the disk lacks."""
    layout = folder.layout
    if layout.name == "Moments in Time":
        for place in layout.places:
            yield from moments.missing(folder.root, place.folder, folder.wanted)
    tops = frozenset(place.folder for place in layout.places)
    if "" not in tops and not folder.wanted:
        for each in walk(folder.root, skip=tops):
            reason = f"It lies outside of the folders of {layout.name}."
            yield Unusable(each.path, reason) if isinstance(each, Seen) else each


def _nothing(folder: _Folder, first: Unusable | None) -> DataError:
    what = f" of the categories {', '.join(sorted(folder.wanted))}" if folder.wanted else ""
    if first:
        return DataError(
            f"{folder.root} holds no usable video{what}. {first.path}: {first.reason}",
            "Choose another folder.",
        )
    return DataError(
        f"{folder.root} holds no video{what}.", f"Known endings are {' '.join(sorted(VIDEO_ENDINGS))}."
    )


def scan(config: PrepareConfig) -> Iterator[ScanEvent]:
    """Look through `config.videos`: progress, then what it holds, with the splits that preparing it would make.

    Raises:
        DataError, InputError: as `find_videos`.
    """
    name, rule = describe(config)
    with (
        TemporaryDirectory(prefix="f2v-scan-") as folder,
        open_catalog(Path(folder) / "catalog.sqlite") as catalog,
    ):
        yield from progress("Scanning", catalog.fill(search(config)))
        catalog.assign_splits(config)
        sample = Sample(Path(config.videos), catalog.sample(SAMPLE))
        yield from progress("Reading lengths", sample.read(), len(sample.paths))
        counts = {str(split): by_category for split, by_category in catalog.counts().items()}
        yield FolderScanned(
            name, rule, counts, catalog.rejected_count(), catalog.size_bytes(), tuple(sample.seconds),
            tuple(sample.sizes), tuple(sample.unreadable),
        )  # fmt: skip
