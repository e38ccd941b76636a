"""Clips that are nearly the same as clips of a more protected split: they leave the less protected one."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from f2v_core.data.catalog.catalog import Catalog
from f2v_core.data.cutting.hashing import mirror_hash
from f2v_core.data.duplicates.clip_hashes import ClipHashes, read_hashes
from f2v_core.data.duplicates.hash_index import HashIndex, Pairs
from f2v_core.data.records import SPLITS, Split
from f2v_core.data.scanning.splits import RANKS

RADIUS = 6
"""Bits in which the hashes of two frames may differ: in 121 videos those of different scenes differ in 8 and more."""
ALIKE = 2
"""Frames of a clip that must have their like in one source of the other split, all mirrored or none.

Measured on clips of those videos against copies of them: found were all copies of other size, bit rate and brightness,
all mirrored ones and all that begin half a second later; of those that begin 0.37 s later, the worst offset for frames
every quarter second, 91 %, and not those under a fast camera. Nothing unrelated was taken for a copy; different takes
of one scene before the same resting camera are.
"""
BLOCK = 1 << 13
"""Clips of the more protected split that are compared at once; bounds the memory."""
CHUNK = 1 << 12
"""Clips of the less protected split that are compared at once."""
MOST_MATCHES = 250_000
"""Near pairs kept at once; where several clips make more, they are compared in halves."""
ROUNDS = (RANKS["val"], RANKS["train"])
"""Splits whose clips are compared with all more protected ones, in this order."""
CLIPS = """SELECT shard, position, source, hashes FROM clips JOIN shards ON shards.id = shard
WHERE hashes != x'' AND (shard, position) NOT IN (SELECT shard, position FROM temp.near)"""
"""Begins a query for clips that have hashes and were not dropped."""
NEAR = """CREATE TEMP TABLE near (shard INTEGER, position INTEGER, kept_shard INTEGER NOT NULL,
kept_position INTEGER NOT NULL, distance INTEGER NOT NULL, PRIMARY KEY (shard, position)) WITHOUT ROWID"""


@dataclass(frozen=True)
class Duplicate:
    """A clip that is nearly the same as one that stays.

    Attributes:
        dropped, split, video: the clip's key, its split and the video that it was cut from.
        kept, kept_split, kept_video: those of the clip that stays.
        distance: bits in which the hashes of their most similar frames differ.
    """

    dropped: str
    split: Split
    video: str
    kept: str
    kept_split: Split
    kept_video: str
    distance: int


def read_duplicates(catalog: Catalog) -> Iterator[Duplicate]:
    """The clips to drop that `compare_clips` found, by split, shard and place, each with the clip it is too near to."""
    rows = catalog.db.execute(
        "SELECT a.key, x.split, a.video, b.key, y.split, b.video, distance FROM temp.near "
        "JOIN clips a USING (shard, position) JOIN shards x ON x.id = near.shard "
        "JOIN clips b ON b.shard = kept_shard AND b.position = kept_position JOIN shards y ON y.id = kept_shard "
        "ORDER BY near.shard, near.position"
    )
    for key, rank, video, kept, kept_rank, kept_video, distance in rows:
        yield Duplicate(key, SPLITS[rank - 1], video, kept, SPLITS[kept_rank - 1], kept_video, distance)


def compare_clips(catalog: Catalog) -> Iterator[int]:
    """Compare the clips of different splits with each other; yields how many were compared so far.

    A clip that is dropped protects nothing: where a validation clip leaves for the test's sake, training clips that
    are like it and unlike all test clips stay.
    """
    db = catalog.db
    db.execute("DROP TABLE IF EXISTS temp.near")
    db.execute(NEAR)
    done = 0
    for rank in ROUNDS:
        for block in read_hashes(db, BLOCK, f"{CLIPS} AND split > ? ORDER BY source, shard, position", rank):
            thin = block.thinned()
            mirrored = np.array([mirror_hash(int(each)) for each in thin.hashes], np.uint64)
            index = HashIndex(np.concatenate([thin.hashes, mirrored]))
            for clips in read_hashes(db, CHUNK, f"{CLIPS} AND split = ? ORDER BY shard, position", rank):
                _compare(db, clips, thin, index)
                done += len(clips.places)
                yield done


def _compare(db: sqlite3.Connection, clips: ClipHashes, block: ClipHashes, index: HashIndex) -> None:
    """Enter the clips that are near-duplicates of some in the block into `near`."""
    found: list[Pairs] = [np.empty((0, 3), np.int64)]
    count, many = 0, len(clips.places)
    for pairs in index.pairs(clips.hashes, RADIUS):
        found.append(pairs)
        count += len(pairs)
        if count > MOST_MATCHES and many > 1:
            _compare(db, clips.part(0, many // 2), block, index)
            _compare(db, clips.part(many // 2, many), block, index)
            return
    with db:
        db.executemany("INSERT INTO near VALUES (?, ?, ?, ?, ?)", _judge(clips, block, np.concatenate(found)))


def _judge(clips: ClipHashes, block: ClipHashes, pairs: Pairs) -> Iterator[tuple[int, ...]]:
    """(shard, position, kept shard, kept position, distance) of each clip that is a near-duplicate.

    Args:
        pairs: (P, 3) number of a frame of `clips`, of a frame of `block` (from their end on, mirrored), distance.
    """
    frame, near, distance = pairs.T
    mirrored, near = np.divmod(near, len(block.hashes))
    clip, other = clips.owners[frame], block.owners[near]
    key = (clip * len(block.places) + block.sources[other]) * 2 + mirrored
    _, group = np.unique(key, return_inverse=True)
    alike = np.unique(group * len(clips.hashes) + frame) // len(clips.hashes)
    enough = np.bincount(alike)[group] >= ALIKE
    order = np.lexsort([near, distance, clip])
    order = order[enough[order]]
    first = np.diff(clip[order], prepend=-1) > 0
    for each in order[first]:
        row = (*clips.places[clip[each]], *block.places[other[each]], distance[each])
        yield tuple(int(value) for value in row)
