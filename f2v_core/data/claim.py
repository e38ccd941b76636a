"""A dataset in the making: one writer at a time, with the settings that it was begun with."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from f2v_core.config import PrepareConfig
from f2v_core.data.dataset import SHARDS, WORK
from f2v_core.errors import DataError, InputError
from f2v_core.storage import drop_lock, take_lock, write_json

PLAN, LOCK, CATALOG = "plan.json", "lock", "catalog.db"
OURS = (f"{CATALOG}*", LOCK, PLAN, ".plan-*", "*.now", ".*.now*")
"""What `.work` may hold; a folder of that name with anything else in it is not ours."""


@contextmanager
def claim_dataset(folder: Path, config: PrepareConfig) -> Iterator[None]:
    """Be the only one that prepares `folder`; what is half-written when it ends, or was when it began, is removed.

    A dataset that ends without a plan (see `write_plan`) leaves nothing behind.

    Raises:
        DataError: another process prepares it, it was begun with other settings, or it holds something else.
        OSError: it cannot be written.
    """
    if not is_unfinished(folder) and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataError(f"{folder} exists and holds no dataset.", "Choose a new folder.")
    work, was_there = folder / WORK, folder.exists()
    for each in (work, folder / SHARDS):
        each.mkdir(parents=True, exist_ok=True)
    lock = take_lock(work / LOCK)
    if lock is None:
        raise DataError(f"{folder} is being prepared already.", "Wait for that, or choose another folder.")
    try:
        _check_plan(folder, config)
        _sweep(folder)
        yield
    finally:
        _sweep(folder)
        drop_lock(work / LOCK, lock)
        if not is_planned(folder):
            _discard(folder, keep=was_there)


def is_unfinished(folder: Path) -> bool:
    """Whether a dataset was begun in `folder` and is not complete."""
    work = folder / WORK
    return work.is_dir() and all(any(each.match(name) for name in OURS) for each in work.iterdir())


def is_planned(folder: Path) -> bool:
    """Whether the videos of a dataset in the making were scanned, so that what was done can be gone on with."""
    return (folder / WORK / PLAN).is_file()


def write_plan(folder: Path, config: PrepareConfig) -> None:
    """Note down that all videos are scanned, and the settings that the dataset has from now on.

    Raises:
        OSError: it cannot be written.
    """
    write_json(folder / WORK / PLAN, config.to_json())


def drop_plan(folder: Path) -> None:
    """Have nothing gone on with: what was done is of no use."""
    (folder / WORK / PLAN).unlink(missing_ok=True)


def _check_plan(folder: Path, config: PrepareConfig) -> None:
    if not is_planned(folder):
        return
    plan = folder / WORK / PLAN
    try:
        begun = PrepareConfig.from_json(json.loads(plan.read_text(encoding="utf-8")))
    except (InputError, ValueError) as error:
        raise DataError(f"{plan} is damaged: {error}", f"Delete {folder} and prepare again.") from error
    if begun != config:
        raise other_settings(folder, begun, config)


def _sweep(folder: Path) -> None:
    for partial in (*(folder / SHARDS).glob(".*-partial*"), *folder.glob(".*-partial*")):
        partial.unlink(missing_ok=True)


def _discard(folder: Path, *, keep: bool) -> None:
    shutil.rmtree(folder / WORK)
    shutil.rmtree(folder / SHARDS)
    if not keep and not any(folder.iterdir()):
        folder.rmdir()


def other_settings(folder: Path, theirs: PrepareConfig, ours: PrepareConfig) -> DataError:
    """The error that names the settings in which a dataset differs from what is asked for."""
    wanted = ours.to_json()
    differing = [f"{name} {value!r}" for name, value in theirs.to_json().items() if value != wanted[name]]
    return DataError(
        f"{folder} was made with other settings: {', '.join(differing)}.",
        "Choose a new folder, or the same settings.",
    )
