"""Which videos make up which shard: a fixed function of the videos, their splits and the seed, in SQL."""

import sqlite3
from collections.abc import Iterable, Iterator

from f2v_core.config import PrepareConfig
from f2v_core.data.records import SPLITS
from f2v_core.data.scanning.splits import keyed_hash

SHARDS_AT_LEAST = 64
"""What a split is cut into if it has so many videos: enough for all workers."""
MOST_VIDEOS = 512
MOST_BYTES = 256_000_000
"""Of video files for one shard: what one SIGKILL may cost stays small."""


def plan_shards(db: sqlite3.Connection, config: PrepareConfig) -> None:
    """Fill the empty `shards` and `planned` from `videos`.

    Within a split the videos follow their keyed hash, so that every shard mixes the categories.
    """
    db.create_function("keyed", 1, lambda name: keyed_hash(config.seed, name), deterministic=True)
    totals = db.execute("SELECT split, count(*) FROM videos WHERE split > 0 GROUP BY split ORDER BY split")
    first = 1
    for rank, total in totals.fetchall():
        rows = db.execute(
            "SELECT path, nbytes FROM videos WHERE split = ? ORDER BY keyed(path), path", (rank,)
        )
        most = min(max(-(-total // SHARDS_AT_LEAST), 1), MOST_VIDEOS)
        for number, paths in enumerate(groups(rows, most, MOST_BYTES)):
            _add_shard(db, first + number, f"{SPLITS[rank - 1]}-{number:06d}", rank, paths)
        (first,) = db.execute("SELECT max(id) + 1 FROM shards").fetchone()


def _add_shard(db: sqlite3.Connection, shard: int, name: str, rank: int, paths: list[str]) -> None:
    db.execute(
        "INSERT INTO shards (id, name, split, videos) VALUES (?, ?, ?, ?)", (shard, name, rank, len(paths))
    )
    db.executemany(
        "INSERT INTO planned VALUES (?, ?, ?)", ((shard, place, path) for place, path in enumerate(paths))
    )


def groups(videos: Iterable[tuple[str, int]], most: int, nbytes: int) -> Iterator[list[str]]:
    """Cut a stream of (path, size) into runs of at most `most` paths and `nbytes` together, at least one each."""
    group: list[str] = []
    room = nbytes
    for path, size in videos:
        if group and (len(group) == most or size > room):
            yield group
            group, room = [], nbytes
        group.append(path)
        room -= size
    if group:
        yield group
