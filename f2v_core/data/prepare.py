"""Preparing: from a folder of videos, or procedural scenes, to a complete dataset, as an iterator of events.

Stages: scan and split; cut, a shard at a time, by an engine's workers; drop near-duplicates across splits; write the
tables. What is done stays done: closing the iterator, Ctrl+C or SIGKILL lose the shards in hand, and preparing the
same dataset again goes on from there. What comes out depends on the videos and the settings alone.
"""

import shutil
from collections.abc import Generator, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import appdirs

from f2v_core.config import PrepareConfig
from f2v_core.data.catalog.catalog import Catalog, open_catalog
from f2v_core.data.claim import (
    CATALOG,
    claim_dataset,
    drop_plan,
    is_planned,
    is_unfinished,
    other_settings,
    write_plan,
)
from f2v_core.data.cutting.measures import check_keep
from f2v_core.data.cutting.shapes import check_rows
from f2v_core.data.dataset import WORK, Dataset, is_dataset, open_dataset
from f2v_core.data.disk import disk_errors
from f2v_core.data.duplicates.screening import screen
from f2v_core.data.engines.engine import Engine, make_engine
from f2v_core.data.plan import SCENE
from f2v_core.data.production import make_shards
from f2v_core.data.scanning.found import Found
from f2v_core.data.scanning.scan import search
from f2v_core.data.scanning.splits import check_shares
from f2v_core.data.scenes import check_scenes
from f2v_core.data.shards import AGAIN
from f2v_core.data.stage import Stage
from f2v_core.data.tables import write_tables
from f2v_core.errors import DataError, InputError
from f2v_core.knobs import Value
from f2v_core.messages import DatasetReady, Notice, PrepareEvent, StageProgress
from f2v_core.storage import delete_folder

REASONS = 3
"""How many rejected files a message names."""


def prepare(config: PrepareConfig, folder: Path, engine: Engine) -> Iterator[PrepareEvent]:
    """Make the dataset `folder`, or go on making it, yielding progress and at last `DatasetReady`.

    Raises:
        InputError: settings that cannot be. DataError: no videos, a folder that holds something else or a dataset of
        other settings or other videos, a full or read-only disk, a worker that keeps dying.
    """
    _check(config)
    folder = folder.resolve()  # workers elsewhere are told where it is
    with disk_errors(folder):
        if is_dataset(folder):
            yield from _check_complete(open_dataset(folder), config)
        else:
            yield from _make(config, folder, engine)
        if is_unfinished(folder):
            shutil.rmtree(folder / WORK)
    yield DatasetReady(str(folder))


def _check(config: PrepareConfig) -> None:
    check_keep(config)
    if bool(config.videos) == bool(config.scenes):
        raise InputError(
            "A dataset is made either from a folder of videos or from scenes.", "Name one of the two."
        )
    if config.scenes:
        check_scenes(config.scenes)
    check_shares(config)
    check_rows(config)


def _make(config: PrepareConfig, folder: Path, engine: Engine) -> Iterator[PrepareEvent]:
    with claim_dataset(folder, config), open_catalog(folder / WORK / CATALOG) as catalog:
        if not (yield from _is_as_planned(catalog, config, folder)):
            drop_plan(folder)
            yield from _fill(catalog, config)
            no_test = replace(config, test_share=0.0)  # scenes never test models for real videos
            catalog.assign_splits(no_test if config.scenes else config)
            catalog.plan(config)
            write_plan(folder, config)
        yield from make_shards(catalog, config, folder, engine)
        _check_clips(catalog, config, folder)
        duplicates = yield from screen(catalog, folder)
        write_tables(catalog, config, folder, duplicates)
    dataset = open_dataset(folder)
    for split in ("train", "val"):
        if config.split == "auto" and not dataset.count(split):
            yield Notice(
                f"No clip came out for {split}, and training takes some: add videos, or change the shares."
            )


def _fill(catalog: Catalog, config: PrepareConfig) -> Iterator[StageProgress]:
    stage = Stage("Scanning")
    for stage.done in catalog.fill(_scenes(config) if config.scenes else search(config)):
        yield stage.progress()


def _is_as_planned(
    catalog: Catalog, config: PrepareConfig, folder: Path
) -> Generator[StageProgress, None, bool]:
    """Whether there is a plan whose videos are still the same.

    Raises:
        DataError: they have changed, and shards are finished that would be lost.
    """
    if not is_planned(folder):
        return False
    if (yield from _is_current(config, catalog.fingerprint())):
        return True
    if catalog.finished_video_count():
        raise DataError(
            f"The videos in {config.videos} have changed since {folder} was begun.",
            "Prepare them into a new folder, or delete that one.",
        )
    return False


def _check_clips(catalog: Catalog, config: PrepareConfig, folder: Path) -> None:
    """Keep nothing of a dataset without a clip.

    Raises:
        DataError: it is one; the first reasons stand in the message.
    """
    if next(catalog.entries(), None) is None:
        drop_plan(folder)
        reasons = "; ".join(f"{path}: {reason}" for path, reason in islice(catalog.rejected(), REASONS))
        raise DataError(
            f"Not one clip came out of {config.videos or config.scenes}. {reasons}",
            "Choose longer or livelier videos, or shorter clips.",
        )


def _scenes(config: PrepareConfig) -> Iterator[Found]:
    """The scenes by number, as if each were a video and a source of its own."""
    for name in check_scenes(config.scenes):
        for number in range(config.count):
            path = f"{SCENE}{name}/{number}"
            yield Found(path, name, None, path, 0)


def _check_complete(dataset: Dataset, config: PrepareConfig) -> Iterator[PrepareEvent]:
    """Leave a complete dataset alone when it is what would be made now.

    Raises:
        DataError: it is not.
    """
    if dataset.config != config:
        raise other_settings(dataset.folder, dataset.config, config)
    if not (yield from _is_current(config, dataset.info["fingerprint"])):
        raise DataError(
            f"The videos in {config.videos} are no longer those that {dataset.folder} was made from.",
            "Prepare them into a new folder, or delete that one.",
        )
    for shard in dataset.info["shards"]:
        path = dataset.shard_file(shard["name"])
        if not path.is_file() or path.stat().st_size != shard["nbytes"]:
            raise DataError(f"{path} is missing or damaged.", AGAIN)
    yield Notice(f"{dataset.folder} is complete already.")


def _is_current(config: PrepareConfig, fingerprint: str) -> Generator[StageProgress, None, bool]:
    """Whether the videos are still those with that fingerprint; also when their folder is gone."""
    if config.scenes or not Path(config.videos).is_dir():
        return True
    with TemporaryDirectory() as scratch, open_catalog(Path(scratch) / CATALOG) as catalog:
        yield from _fill(catalog, config)
        return catalog.fingerprint() == fingerprint


def ensure_dataset(
    folder: Path, changes: dict[str, Value]
) -> Generator[StageProgress | Notice, None, Dataset]:
    """The dataset that training makes for itself from a plain folder of videos, kept in the user's cache.

    It is made anew when the videos have changed, and gone on with when it was left unfinished.

    Args:
        folder: the videos.
        changes: settings of `PrepareConfig` by name.

    Raises:
        InputError, DataError: as `prepare`.
    """
    config = PrepareConfig.from_json({**changes, "videos": str(folder.resolve())})
    target = cached_dataset(config)
    if not is_dataset(target):
        yield from _prepare_cached(config, target)
    elif not (yield from _is_current(config, open_dataset(target).info["fingerprint"])):
        yield Notice(f"The videos in {folder} have changed: they are prepared anew.")
        delete_folder(target)
        yield from _prepare_cached(config, target)
    return open_dataset(target)


def _prepare_cached(config: PrepareConfig, target: Path) -> Iterator[StageProgress | Notice]:
    """Prepare into the cache, from the beginning where what was begun there is of other videos."""
    if is_planned(target):
        with open_catalog(target / WORK / CATALOG) as catalog:
            fingerprint = catalog.fingerprint()
        if not (yield from _is_current(config, fingerprint)):
            delete_folder(target)
    for event in prepare(config, target, make_engine("local")):
        if not isinstance(event, DatasetReady):
            yield event


def cached_dataset(config: PrepareConfig) -> Path:
    """Where `ensure_dataset` keeps what it makes with these settings."""
    key = sha256(repr(sorted(config.to_json().items())).encode()).hexdigest()[:12]
    root = Path(appdirs.user_cache_dir("f2v", appauthor=False)) / "datasets"
    return root / f"{Path(config.videos).name}-{key}"
