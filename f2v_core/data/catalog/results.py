"""The half of the catalog about finished shards: their clips, videos and rejected files."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from f2v_core.data.catalog.tables import MADE, clip_entry, clip_row, outcome_row, video_outcome
from f2v_core.data.plan import ShardResult, VideoOutcome
from f2v_core.data.records import SPLITS, Split
from f2v_core.data.shards import Entry

LEFT_OUT = "Its source, %s, also lies in %s, which is more protected."
ALL_GONE = "All its clips are nearly the same as clips of a more protected split."


class Results:
    """What the catalog holds about finished shards; readers keep one shard in memory at a time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def finish(self, result: ShardResult) -> None:
        """Take in a shard that lies on the disk; what was known of it before is replaced."""
        with self.db:
            shard = self._shard(result.name)
            self.forget(MADE, shard)
            self._put_clips(shard, result.entries, result.sha256, result.nbytes)
            self._put("outcomes", (outcome_row(shard, *each) for each in enumerate(result.videos)))
            self._put("refused", ((shard, *each) for each in result.rejected))
            self._put("dropped", ((shard, *each) for each in result.dropped.items()))

    def replace_shard(self, name: str, entries: Iterable[Entry], sha256: str, nbytes: int) -> None:
        """Say what a shard holds after clips were taken out of it.

        The videos' numbers of clips follow; a video without any left is rejected.
        """
        with self.db:
            shard = self._shard(name)
            self.forget(("clips",), shard)
            self._put_clips(shard, entries, sha256, nbytes)
            self.db.execute(
                "UPDATE outcomes SET clips = (SELECT count(*) FROM clips "
                "WHERE clips.shard = outcomes.shard AND clips.video = outcomes.path) WHERE shard = ?",
                (shard,),
            )
            self.db.execute(
                "INSERT INTO refused SELECT shard, path, ? FROM outcomes WHERE shard = ? AND clips = 0",
                (ALL_GONE, shard),
            )
            self.db.execute("DELETE FROM outcomes WHERE shard = ? AND clips = 0", (shard,))

    def forget(self, tables: Iterable[str], shard: int | None = None) -> None:
        """Empty tables, or only what they hold of one shard."""
        where = "" if shard is None else f" WHERE shard = {shard:d}"
        for table in tables:
            self.db.execute(f"DELETE FROM {table}{where}")  # noqa: S608 - names of our own tables

    def _shard(self, name: str) -> int:
        (shard,) = self.db.execute("SELECT id FROM shards WHERE name = ?", (name,)).fetchone()
        return int(shard)

    def _put(self, table: str, rows: Iterable[Iterable[object]]) -> None:
        for row in rows:
            values = tuple(row)
            holes = ", ".join("?" * len(values))
            self.db.execute(f"INSERT INTO {table} VALUES ({holes})", values)  # noqa: S608 - our own tables

    def _put_clips(self, shard: int, entries: Iterable[Entry], sha256: str, nbytes: int) -> None:
        self._put("clips", (clip_row(shard, *each) for each in enumerate(entries)))
        self.db.execute("UPDATE shards SET sha256 = ?, nbytes = ? WHERE id = ?", (sha256, nbytes, shard))

    def shards(self) -> Iterator[tuple[str, Split, int, int, str]]:
        """Name, split, number of clips, length in bytes and SHA-256 of each finished shard, by split and number."""
        for _, name, rank, nbytes, sha256, clips in self._finished():
            yield name, SPLITS[rank - 1], clips, nbytes, sha256

    def entries(self) -> Iterator[Entry]:
        """All clips of finished shards, by split, shard and place in it, with their hashes."""
        for shard, name, *_ in self._finished():
            rows = self.db.execute(
                "SELECT record, ?, offset, size FROM clips WHERE shard = ? ORDER BY position", (name, shard)
            )
            yield from map(clip_entry, rows.fetchall())

    def videos(self) -> Iterator[tuple[Split, VideoOutcome]]:
        """All videos that gave clips, by split, shard and place in it."""
        for shard, _, rank, *_ in self._finished():
            rows = self.db.execute(
                "SELECT path, category, source, seconds, width, height, fps, clips FROM outcomes "
                "JOIN videos USING (path) WHERE shard = ? ORDER BY position",
                (shard,),
            )
            for row in rows.fetchall():
                yield SPLITS[rank - 1], video_outcome(row)

    def _finished(self) -> Iterator[tuple[int, str, int, int, str, int]]:
        """(id, name, rank, nbytes, sha256, clips) of each finished shard; no cursor stays open between two."""
        last = 0
        while row := self.db.execute(
            "SELECT id, name, split, nbytes, sha256, (SELECT count(*) FROM clips WHERE shard = shards.id) "
            "FROM shards WHERE id > ? AND sha256 IS NOT NULL ORDER BY id LIMIT 1",
            (last,),
        ).fetchone():
            last = row[0]
            yield row

    def rejected(self) -> Iterator[tuple[str, str]]:
        """Path and reason of every file that gave no clips, by path: known from the scan, or found in making."""
        yield from self.db.execute(
            "SELECT path, reason FROM unusable UNION ALL SELECT path, reason FROM refused UNION ALL "
            "SELECT path, printf(?, source, CASE sources.given WHEN 3 THEN 'test' ELSE 'val' END) "
            "FROM videos JOIN sources USING (source) WHERE videos.split = 0 ORDER BY path",
            (LEFT_OUT,),
        )

    def dropped(self) -> Mapping[str, int]:
        """How many windows were not taken, by reason, over all finished shards."""
        return dict(self.db.execute("SELECT reason, sum(count) FROM dropped GROUP BY reason ORDER BY reason"))
