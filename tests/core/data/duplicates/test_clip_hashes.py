"""The hashes of clips as arrays."""

import sqlite3
from array import array

import numpy as np
import pytest

from f2v_core.data.duplicates import clip_hashes
from f2v_core.data.duplicates.clip_hashes import read_hashes


def read(clips, size=10):
    """(source, hashes) of clips 0, 1, ... of shard 3."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (shard, position, source, hashes)")
    rows = ((3, n, source, array("Q", hashes).tobytes()) for n, (source, hashes) in enumerate(clips))
    db.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
    portions = list(read_hashes(db, size, "SELECT * FROM t WHERE shard = ?", 3))
    db.close()
    return portions


def test_clips_come_in_portions_with_their_owners():
    first, second = read([("a", [1, 2**64 - 1]), ("a", [3]), ("b", [4, 5])], size=2)
    assert first.places.tolist() == [[3, 0], [3, 1]]
    assert first.hashes.tolist() == [1, 2**64 - 1, 3]
    assert first.owners.tolist() == [0, 0, 1]
    assert first.sources.tolist() == [0, 0]
    assert second.hashes.tolist() == [4, 5]


def test_a_part_counts_from_its_own_first_clip():
    (clips,) = read([("a", [1]), ("b", [2, 3]), ("c", [4])])
    part = clips.part(1, 3)
    assert part.places.tolist() == [[3, 1], [3, 2]]
    assert part.hashes.tolist() == [2, 3, 4]
    assert part.owners.tolist() == [0, 0, 1]
    assert part.sources.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("group", "hashes", "owners"), [(100, [0, 255, 0], [0, 0, 2]), (2, [0, 255, 3, 0], [0, 0, 1, 2])]
)
def test_near_hashes_of_one_source_are_thinned(group, hashes, owners, monkeypatch):
    monkeypatch.setattr(clip_hashes, "GROUP", group)
    (clips,) = read([("a", [0, 255]), ("a", [3]), ("b", [0])])
    thin = clips.thinned()
    assert thin.hashes.tolist() == hashes
    assert thin.owners.tolist() == owners
    assert np.array_equal(thin.places, clips.places)
