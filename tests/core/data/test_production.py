"""Shards whose worker dies: the video in hand is left out, and nothing goes on for ever."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from f2v_core.config import PrepareConfig
from f2v_core.data import production
from f2v_core.data.cutting.making import make_shard
from f2v_core.data.dataset import REJECTED, open_dataset
from f2v_core.data.engines.engine import Done
from f2v_core.data.plan import Now, ShardTask
from f2v_core.data.prepare import prepare
from f2v_core.errors import DataError
from f2v_core.messages import DatasetReady

CONFIG = PrepareConfig(scenes="erupting", count=5, seconds=0.3, size=16)
DEADLY = "scene:erupting/3"


class CrashingEngine:
    """An engine whose worker dies whenever it has a certain video in hand."""

    def __init__(self, deadly: str) -> None:
        self.deadly = deadly

    @contextmanager
    def run(self, function, tasks) -> Iterator[Iterator[Done[ShardTask, object] | None]]:
        yield self._run(tasks)

    def _run(self, tasks):
        for task in tasks:
            yield None
            paths = [item.path for item in task.videos]
            if self.deadly in paths and self.deadly not in task.crashed:
                now = Now(paths.index(self.deadly), self.deadly, 0)
                task.now_file.write_text(json.dumps(vars(now)))
                yield Done(task, None)
            else:
                yield Done(task, make_shard(task))


def test_a_video_that_kills_its_worker_is_rejected(tmp_path):
    *_, last = prepare(CONFIG, tmp_path / "out", CrashingEngine(DEADLY))
    assert isinstance(last, DatasetReady)
    dataset = open_dataset(tmp_path / "out")
    assert {row["file"] for row in dataset.table(REJECTED)} == {DEADLY}


def test_a_worker_that_keeps_dying_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(production, "_read_now", lambda task: None)
    with pytest.raises(DataError, match="keeps dying"):
        list(prepare(CONFIG, tmp_path / "out", CrashingEngine(DEADLY)))
