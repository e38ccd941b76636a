"""What preparing knows, in one SQLite file: videos, splits, shards, clips; whole after a SIGKILL at any moment."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path

from f2v_core.config import PrepareConfig
from f2v_core.data.catalog.results import Results
from f2v_core.data.catalog.shard_plan import plan_shards
from f2v_core.data.catalog.tables import PLANNED, SCANNED, TABLES, VERSION
from f2v_core.data.plan import ShardTask, VideoItem
from f2v_core.data.records import SPLITS, Split
from f2v_core.data.scanning.found import Found, Unusable
from f2v_core.data.scanning.splits import RANKS, assign
from f2v_core.errors import DataError

BATCH = 500
"""Files that one transaction takes in."""


@contextmanager
def open_catalog(path: Path) -> "Iterator[Catalog]":
    """Open the catalog in the file `path`, made if need be; one process at a time.

    Raises:
        DataError: the file is none, is of another version or in use, or the disk refuses; also while it is open.
    """
    try:
        with closing(sqlite3.connect(path)) as db:
            _set_up(db, path)
            yield Catalog(db)
    except sqlite3.Error as error:
        raise DataError(
            f"The catalog {path} cannot be used: {error}.",
            "See that the disk has room and may be written, and that nothing else prepares this dataset.",
        ) from error


def _set_up(db: sqlite3.Connection, path: Path) -> None:
    """Bound the memory, choose the journal, make the tables."""
    for pragma in (
        "locking_mode = EXCLUSIVE",
        "journal_mode = WAL",
        "synchronous = FULL",
        "cache_size = -8192",
    ):
        db.execute(f"PRAGMA {pragma}")
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version not in {0, VERSION}:
        raise DataError(
            f"{path} was begun by another version of f2v.", f"Delete {path.parent.parent} and prepare again."
        )
    with db:
        for table in TABLES:
            db.execute(table)
        db.execute(f"PRAGMA user_version = {VERSION}")


class Catalog(Results):
    """The open catalog; every method that changes it does so in one transaction, but for `fill`."""

    def fill(self, found: Iterable[Found | Unusable | None]) -> Iterator[int]:
        """Take in a scan, from empty; yields how many files there were so far, after each batch and for each None.

        What was planned and made before is forgotten, the marks are not. A fill that was broken off is to be
        begun anew.
        """
        with self.db:
            self.forget(SCANNED)
        batch: list[Found | Unusable] = []
        count = 0
        for each in found:
            if each is not None:
                batch.append(each)
                count += 1
            if len(batch) == BATCH:
                self._take_in(batch)
                batch.clear()
            if each is None or not batch:
                yield count
        self._take_in(batch)
        yield count

    def _take_in(self, batch: list[Found | Unusable]) -> None:
        videos = (
            (each.path, each.category, each.source, RANKS[each.split], each.nbytes)
            for each in batch
            if isinstance(each, Found)
        )
        unusable = ((each.path, each.reason) for each in batch if isinstance(each, Unusable))
        with self.db:
            self.db.executemany("INSERT OR IGNORE INTO videos VALUES (?, ?, ?, ?, ?, 0)", videos)
            self.db.executemany("INSERT OR IGNORE INTO unusable VALUES (?, ?)", unusable)

    def fingerprint(self) -> str:
        """A hash over path and size of all that was found, whatever its order: 32 hexadecimal digits."""
        digest = blake2b(digest_size=16)
        for path, nbytes in self.db.execute("SELECT path, nbytes FROM videos ORDER BY path"):
            digest.update(f"{path}\0{nbytes}\0".encode())
        return digest.hexdigest()

    def assign_splits(self, config: PrepareConfig) -> None:
        """Give every video its split, by source: see `splits.assign`.

        Raises:
            InputError: the shares leave nothing for training.
        """
        with self.db:
            assign(self.db, config)

    def plan(self, config: PrepareConfig) -> None:
        """Give every video its shard: see `shard_plan.plan_shards`."""
        with self.db:
            self.forget(PLANNED)
            plan_shards(self.db, config)

    def mark(self, name: str, value: str) -> None:
        """Keep a small fact, such as which stage is done."""
        with self.db:
            self.db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def marked(self, name: str) -> str | None:
        """The fact that `mark` kept."""
        row = self.db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def counts(self) -> Mapping[Split, Mapping[str, int]]:
        """How many videos each split has, by category; splits without any are left out."""
        counts: dict[Split, dict[str, int]] = {}
        for rank, category, count in self.db.execute(
            "SELECT split, category, count(*) FROM videos WHERE split > 0 GROUP BY split, category ORDER BY 1, 2"
        ):
            counts.setdefault(SPLITS[rank - 1], {})[category] = count
        return counts

    def sample(self, count: int) -> list[str]:
        """Up to `count` paths of videos that belong to a split, evenly spread over all of them in order."""
        total = self.video_count()
        wanted = {number * total // count for number in range(count)} if total > count else set(range(total))
        paths = self.db.execute("SELECT path FROM videos WHERE split > 0 ORDER BY path")
        return [path for number, (path,) in enumerate(paths) if number in wanted]

    def video_count(self) -> int:
        """How many videos belong to a split."""
        return self._number("SELECT count(*) FROM videos WHERE split > 0")

    def finished_video_count(self) -> int:
        """How many of them lie in a finished shard, clips or not."""
        return self._number("SELECT coalesce(sum(videos), 0) FROM shards WHERE sha256 IS NOT NULL")

    def rejected_count(self) -> int:
        """How many files or folders `rejected` lists."""
        return sum(1 for _ in self.rejected())

    def size_bytes(self) -> int:
        """Of all files that were found together."""
        return self._number("SELECT coalesce(sum(nbytes), 0) FROM videos")

    def _number(self, query: str) -> int:
        (number,) = self.db.execute(query).fetchone()
        return int(number)

    def tasks(self, dataset: Path, config: PrepareConfig) -> Iterator[ShardTask]:
        """The shards that are not finished, in order; `finish` may be called between two of them."""
        last = 0
        while row := self.db.execute(
            "SELECT id, name, split FROM shards WHERE id > ? AND sha256 IS NULL ORDER BY id LIMIT 1", (last,)
        ).fetchone():
            last, name, rank = row
            videos = self.db.execute(
                "SELECT path, category, source FROM planned JOIN videos USING (path) WHERE shard = ? ORDER BY position",
                (last,),
            )
            items = tuple(VideoItem(*each) for each in videos)
            yield ShardTask(str(dataset), name, SPLITS[rank - 1], config, items)
