"""The catalog: what goes in comes out, in order, in little memory, and whole after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from f2v_core.config import prepare_preset
from f2v_core.data.catalog.catalog import BATCH, open_catalog
from f2v_core.data.catalog.results import ALL_GONE
from f2v_core.data.plan import ShardResult, VideoOutcome
from f2v_core.data.records import ClipRecord
from f2v_core.data.scanning.found import Found, Unusable
from f2v_core.data.shards import Entry
from f2v_core.errors import DataError, InputError

CONFIG = prepare_preset("windows")


@pytest.fixture
def catalog(tmp_path):
    with open_catalog(tmp_path / "catalog.db") as opened:
        yield opened


def videos(count, split=None):
    return [Found(f"c{n % 3}/{n:05d}.mp4", f"c{n % 3}", split, f"s{n}", 100 + n) for n in range(count)]


def fill(catalog, found, config=CONFIG):
    counts = list(catalog.fill(found))
    catalog.assign_splits(config)
    catalog.plan(config)
    return counts


def entry(task, number, video):
    key = f"{task.name}-{number:05d}"
    record = ClipRecord(
        key, task.split, video.category, video.source, video.path, 0, 3.0 * number, 30, 64, 64, 10.0, 0.1, 2.5,
        ("static",), (0, 2**64 - 1),
    )  # fmt: skip
    return Entry(record, task.name, 512 + 1000 * number, 700)


def result(task, clips=1, sha256="ab"):
    """What making a shard would give: so many clips of each video, none of its last."""
    *good, bad = task.videos
    made = [video for video in good for _ in range(clips)]
    entries = tuple(entry(task, number, video) for number, video in enumerate(made))
    outcomes = tuple(VideoOutcome(video, 3.5, 640, 480, 29.97, clips) for video in good)
    return ShardResult(
        task.name, entries, outcomes, ((bad.path, "It is broken."),), {"static": 2, "cut": 1}, sha256, 9000
    )


def finish_all(catalog, **changes):
    results = [result(task, **changes) for task in catalog.tasks(Path("data"), CONFIG)]
    for each in results:
        catalog.finish(each)
    return results


def test_filling_counts_files_and_gives_signs_of_life(catalog):
    found = [*videos(BATCH), None, Unusable("x.mp4", "It is empty."), None, *videos(2)]
    assert list(catalog.fill(found)) == [BATCH, BATCH, BATCH + 1, BATCH + 3]
    assert catalog.size_bytes() == sum(video.nbytes for video in videos(BATCH))
    assert list(catalog.rejected()) == [("x.mp4", "It is empty.")]
    assert catalog.rejected_count() == 1


def test_filling_begins_anew(catalog):
    catalog.mark("keeps", "this")
    fill(catalog, [*videos(30), Unusable("x.mp4", "It is empty.")])
    finish_all(catalog)
    fill(catalog, videos(4))
    assert catalog.video_count() == 4
    assert catalog.finished_video_count() == 0
    assert list(catalog.entries()) == list(catalog.rejected()) == []
    assert catalog.marked("keeps") == "this"


def test_the_fingerprint_is_of_paths_and_sizes_in_any_order(catalog):
    prints = []
    for found in (videos(9), videos(9)[::-1], videos(8), [*videos(8), replace(videos(9)[8], nbytes=1)]):
        list(catalog.fill(found))
        prints.append(catalog.fingerprint())
    assert prints[0] == prints[1]
    assert len({*prints}) == 3


def test_marks_are_kept(tmp_path):
    with open_catalog(tmp_path / "c.db") as catalog:
        assert catalog.marked("scanned") is None
        catalog.mark("scanned", "a")
        catalog.mark("scanned", "b")
    with open_catalog(tmp_path / "c.db") as catalog:
        assert catalog.marked("scanned") == "b"


def test_videos_are_counted_by_split_and_category(catalog):
    fill(catalog, videos(30))
    counts = catalog.counts()
    assert {split: sum(by.values()) for split, by in counts.items()} == {"train": 24, "val": 3, "test": 3}
    assert sum(by.get("c0", 0) for by in counts.values()) == 10
    assert catalog.video_count() == 30


def test_a_sample_is_spread_over_all_videos_in_order(catalog):
    fill(catalog, videos(30))
    paths = sorted(video.path for video in videos(30))
    assert catalog.sample(3) == [paths[0], paths[10], paths[20]]
    assert catalog.sample(100) == paths


def test_sources_in_two_splits_are_left_out_of_the_less_protected(catalog):
    a, b, c, d = (replace(video, source="same") for video in videos(4))
    found = [replace(a, split="train"), replace(b, split="val"), replace(c, split="test"), d]
    fill(catalog, found)
    assert catalog.counts() == {"test": {"c2": 1}}
    reason = "Its source, same, also lies in test, which is more protected."
    assert list(catalog.rejected()) == sorted((video.path, reason) for video in (a, b, d))
    fill(catalog, found[:2])
    assert [why for _, why in catalog.rejected()] == [reason.replace("test", "val")]


def test_tasks_come_in_order_and_only_unfinished_ones(catalog):
    fill(catalog, videos(200))
    tasks = list(catalog.tasks(Path("data"), CONFIG))
    assert [task.name for task in tasks][:2] == ["train-000000", "train-000001"]
    assert [task.split for task in tasks] == ["train"] * 54 + ["val"] * 20 + ["test"] * 20
    assert {video.path for task in tasks for video in task.videos} == {video.path for video in videos(200)}
    assert tasks[0].dataset == "data"
    video = tasks[0].videos[0]
    assert (video.category, video.source) == (video.path[:2], f"s{int(video.path[3:8])}")
    catalog.finish(result(tasks[1]))
    assert [task.name for task in catalog.tasks(Path("data"), CONFIG)] == [
        t.name for t in (tasks[0], *tasks[2:])
    ]


def test_shards_may_be_finished_while_tasks_are_read(catalog):
    fill(catalog, videos(200))
    names = []
    for task in catalog.tasks(Path("data"), CONFIG):
        names.append(task.name)
        catalog.finish(result(task))
    assert len(names) == len(set(names)) == 94
    assert catalog.finished_video_count() == 200
    assert not list(catalog.tasks(Path("data"), CONFIG))


def test_what_was_finished_is_read_in_order(catalog):
    fill(catalog, videos(200))
    tasks = list(catalog.tasks(Path("data"), CONFIG))
    results = [result(task, clips=2) for task in tasks]
    for each in reversed(results):
        catalog.finish(each)
    assert list(catalog.entries()) == [each for made in results for each in made.entries]
    assert list(catalog.videos()) == [
        (task.split, each) for task, made in zip(tasks, results, strict=True) for each in made.videos
    ]
    assert list(catalog.rejected()) == sorted(each for made in results for each in made.rejected)
    assert catalog.dropped() == {"cut": 94, "static": 188}
    assert next(catalog.shards()) == ("train-000000", "train", len(results[0].entries), 9000, "ab")


def test_finishing_again_replaces_what_was_known(catalog):
    fill(catalog, videos(10))
    finish_all(catalog)
    (first, *_) = catalog.shards()
    catalog.finish(ShardResult(first[0], (), (), (("a", "Bad."),), {"static": 7}, "cd", 1))
    assert next(catalog.shards()) == (first[0], "train", 0, 1, "cd")
    assert catalog.dropped()["static"] == 7 + 2 * 9
    assert ("a", "Bad.") in list(catalog.rejected())


def test_replaced_shards_have_fewer_clips_and_reject_videos_without_any(catalog):
    fill(catalog, videos(200, "train"))
    made = finish_all(catalog, clips=2)[0]
    kept = [replace(made.entries[0], offset=512), replace(made.entries[1], offset=2048)]
    catalog.replace_shard(made.name, kept[:1], "cd", 800)
    assert next(catalog.shards()) == (made.name, "train", 1, 800, "cd")
    assert list(catalog.entries())[:2] == [
        kept[0],
        next(e for e in catalog.entries() if e.shard != made.name),
    ]
    assert next(catalog.videos())[1].clips == 1
    reasons = dict(catalog.rejected())
    assert [reasons[video.item.path] for video in made.videos[1:]] == [ALL_GONE] * (len(made.videos) - 1)
    catalog.replace_shard(made.name, kept[:1], "cd", 800)


def test_shares_that_leave_nothing_are_refused(catalog):
    list(catalog.fill(videos(9)))
    with pytest.raises(InputError, match="leave nothing"):
        catalog.assign_splits(prepare_preset("windows", val_share=0.6, test_share=0.6))


def test_files_that_are_no_catalog_are_refused_by_name(tmp_path):
    path = tmp_path / "c.db"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(DataError, match=r"c\.db cannot be used"), open_catalog(path):
        pass
    with pytest.raises(DataError, match="cannot be used"), open_catalog(tmp_path / "nowhere" / "c.db"):
        pass


def test_a_catalog_of_another_version_is_refused(tmp_path):
    with open_catalog(tmp_path / "c.db") as catalog:
        catalog.db.execute("PRAGMA user_version = 99")
    with pytest.raises(DataError, match="another version"), open_catalog(tmp_path / "c.db"):
        pass


def test_one_process_at_a_time(tmp_path, monkeypatch):
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, timeout=0))
    path = tmp_path / "c.db"
    with open_catalog(path), pytest.raises(DataError, match="locked"), open_catalog(path):
        pass


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_catalog import CONFIG, fill, open_catalog, result, videos
with open_catalog(Path(sys.argv[1])) as catalog:
    fill(catalog, videos(200))
    for task in catalog.tasks(Path("data"), CONFIG):
        catalog.finish(result(task, clips=50))
        print(task.name, flush=True)
"""


def test_a_kill_loses_at_most_the_shard_in_hand(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path / "c.db"), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline().strip() for _ in range(5)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read().split()
    with open_catalog(tmp_path / "c.db") as catalog:
        kept = [name for name, *_ in catalog.shards()]
        assert kept[: len(said)] == said
        assert len(kept) <= len(said) + 1
        videos_kept = sum(1 for _ in catalog.videos())
        assert sum(1 for _ in catalog.entries()) == 50 * videos_kept
        rest = [task.name for task in catalog.tasks(Path("data"), CONFIG)]
        assert len(rest) + len(kept) == 94
        assert not set(rest) & set(kept)


def test_memory_does_not_grow_with_the_number_of_videos(tmp_path):
    found = (Found(f"{n}/video.mp4", "", None, f"{n}/video.mp4", 1) for n in range(20_000))
    with open_catalog(tmp_path / "c.db") as catalog:
        tracemalloc.start()
        try:
            fill(catalog, found)
            count = sum(len(task.videos) for task in catalog.tasks(Path("data"), CONFIG))
            catalog.fingerprint()
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert count == 20_000
    assert peak < 1_500_000
