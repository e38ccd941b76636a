"""Which videos make up a shard."""

import sqlite3
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from f2v_core.config import prepare_preset
from f2v_core.data.catalog.shard_plan import groups, plan_shards
from f2v_core.data.catalog.tables import TABLES
from f2v_core.data.scanning.splits import RANKS

sizes = st.lists(st.integers(0, 50), max_size=60)


@given(sizes, st.integers(1, 8), st.integers(1, 100))
def test_groups_hold_all_in_order_and_no_more_than_allowed(nbytes, most, room):
    videos = [(str(number), size) for number, size in enumerate(nbytes)]
    cut = list(groups(videos, most, room))
    assert [path for group in cut for path in group] == [path for path, _ in videos]
    assert all(1 <= len(group) <= most for group in cut)
    assert all(len(group) == 1 or sum(nbytes[int(path)] for path in group) <= room for group in cut)


@given(sizes, st.integers(1, 8), st.integers(1, 100))
def test_groups_are_as_large_as_allowed(nbytes, most, room):
    cut = list(groups(((str(number), size) for number, size in enumerate(nbytes)), most, room))
    for group, following in pairwise(cut):
        assert len(group) == most or sum(nbytes[int(path)] for path in (*group, following[0])) > room


def planned(counts, seed=0, reverse=False):
    """Shard name to its paths, for so many videos of 1 kB in each split."""
    db = sqlite3.connect(":memory:")
    for table in TABLES:
        db.execute(table)
    rows = [
        (f"{split}{number}", "", "", 0, 1000, RANKS[split])
        for split, count in counts.items()
        for number in range(count)
    ]
    db.executemany("INSERT INTO videos VALUES (?, ?, ?, ?, ?, ?)", reversed(rows) if reverse else rows)
    plan_shards(db, prepare_preset("windows", seed=seed))
    shards = {}
    for name, path in db.execute(
        "SELECT name, path FROM planned JOIN shards ON shards.id = shard ORDER BY shard, position"
    ):
        shards.setdefault(name, []).append(path)
    db.close()
    return shards


def test_a_split_is_cut_into_64_shards_or_more():
    shards = planned({"train": 200, "test": 10})
    assert list(shards)[:2] == ["train-000000", "train-000001"]
    assert list(shards)[-1] == "test-000009"
    assert [len(paths) for paths in shards.values()] == [4] * 50 + [1] * 10
    assert len(planned({"val": 64 * 512 + 600})) == 66


def test_the_plan_depends_on_seed_and_paths_alone():
    shards = planned({"train": 300})
    assert planned({"train": 300}, reverse=True) == shards
    assert planned({"train": 300}, seed=1) != shards
    assert sorted(path for paths in shards.values() for path in paths) == sorted(
        f"train{n}" for n in range(300)
    )


def test_videos_left_out_of_all_splits_are_in_no_shard():
    assert planned({None: 3}) == {}
