"""All missing shards, made by an engine's workers, with progress; a video that kills its worker is left out."""

import json
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from f2v_core.config import PrepareConfig
from f2v_core.data.catalog.catalog import Catalog
from f2v_core.data.cutting.making import make_shard
from f2v_core.data.engines.engine import Engine
from f2v_core.data.plan import Now, ShardTask
from f2v_core.data.stage import Stage
from f2v_core.errors import DataError
from f2v_core.messages import StageProgress

CRASHED = "crashed"
"""The fact of the catalog that lists, as JSON, the videos under which workers died, by shard."""


def make_shards(
    catalog: Catalog, config: PrepareConfig, folder: Path, engine: Engine
) -> Iterator[StageProgress]:
    """Let `engine` make every shard that the catalog misses; yields progress at least twice a second.

    Raises:
        DataError: the disk refuses, or a worker keeps dying with no video to blame.
    """
    stage = Stage("Cutting clips", catalog.video_count(), catalog.finished_video_count())
    crashed = _Crashed(catalog)
    while catalog.finished_video_count() < catalog.video_count():
        before = catalog.finished_video_count()
        died = yield from _one_round(catalog, crashed.without(catalog.tasks(folder, config)), engine, stage)
        if not died and catalog.finished_video_count() == before:
            raise DataError(f"The plan of {folder} is damaged.", f"Delete {folder} and prepare again.")
        for task in died:
            crashed.blame(task)
    yield stage.progress()


class _Crashed:
    """The videos under which a worker died: remembered by the catalog, left out of the next try."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._videos: dict[str, list[str]] = json.loads(catalog.marked(CRASHED) or "{}")

    def without(self, tasks: Iterator[ShardTask]) -> Iterator[ShardTask]:
        """The tasks, told which videos to leave out."""
        for task in tasks:
            yield replace(task, crashed=frozenset(self._videos.get(task.name, ())))

    def blame(self, task: ShardTask) -> None:
        """Leave out the video that the dead worker had in hand."""
        now = _read_now(task)
        known = self._videos.setdefault(task.name, [])
        if now is None or now.video in known:
            raise DataError(
                f"The worker that makes the shard {task.name} keeps dying.",
                "It may lack memory: try fewer workers.",
            )
        known.append(now.video)
        self._catalog.mark(CRASHED, json.dumps(self._videos))


def _one_round(
    catalog: Catalog, tasks: Iterator[ShardTask], engine: Engine, stage: Stage
) -> Generator[StageProgress, None, list[ShardTask]]:
    """Run all tasks once; returns those whose worker died."""
    flying: dict[str, ShardTask] = {}
    died: list[ShardTask] = []
    with engine.run(make_shard, _noted(tasks, flying)) as endings:
        for ended in endings:
            if ended is not None:
                del flying[ended.task.name]
                if ended.result is None:
                    died.append(ended.task)
                else:
                    catalog.finish(ended.result)
                    ended.task.now_file.unlink(missing_ok=True)
            in_hand = sum(now.done for now in map(_read_now, flying.values()) if now is not None)
            stage.done = catalog.finished_video_count() + in_hand
            yield stage.progress()
    return died


def _noted(tasks: Iterator[ShardTask], flying: dict[str, ShardTask]) -> Iterator[ShardTask]:
    for task in tasks:
        task.now_file.unlink(missing_ok=True)  # of a killed try
        flying[task.name] = task
        yield task


def _read_now(task: ShardTask) -> Now | None:
    """What the task's worker does; None before its first word."""
    with suppress(FileNotFoundError):
        return Now(**json.loads(task.now_file.read_text(encoding="utf-8")))
    return None
