"""The tables of the catalog, and how the values of a shard's result stand in their rows."""

from array import array
from collections.abc import Sequence
from typing import Any

from f2v_core.data.plan import VideoItem, VideoOutcome
from f2v_core.data.records import ClipRecord
from f2v_core.data.shards import Entry

VERSION = 1
"""Of the tables; goes up when they change."""
MADE = ("clips", "outcomes", "refused", "dropped")
"""Tables about finished shards."""
PLANNED = ("shards", "planned", *MADE)
"""Tables that a new plan makes void."""
SCANNED = ("videos", "unusable", "sources", *PLANNED)
"""Tables that a new scan makes void."""

TABLES = (
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # given: the rank of the split that the folder stands for; split: of the one that it got; 0 for none
    """CREATE TABLE IF NOT EXISTS videos (path TEXT PRIMARY KEY, category TEXT NOT NULL, source TEXT NOT NULL,
    given INTEGER NOT NULL, nbytes INTEGER NOT NULL, split INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS unusable (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID",
    # place: the keyed hash of the source
    """CREATE TABLE IF NOT EXISTS sources (source TEXT PRIMARY KEY, given INTEGER NOT NULL, place BLOB NOT NULL,
    split INTEGER NOT NULL) WITHOUT ROWID""",
    # id: 1, 2, ... by split and number; videos: how many are planned; sha256, nbytes: once it is finished
    """CREATE TABLE IF NOT EXISTS shards (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, split INTEGER NOT NULL,
    videos INTEGER NOT NULL, sha256 TEXT, nbytes INTEGER)""",
    """CREATE TABLE IF NOT EXISTS planned (shard INTEGER, position INTEGER, path TEXT NOT NULL,
    PRIMARY KEY (shard, position)) WITHOUT ROWID""",
    # record: as JSON; hashes: 8 bytes each, for the search of near-duplicates
    """CREATE TABLE IF NOT EXISTS clips (shard INTEGER, position INTEGER, key TEXT NOT NULL, video TEXT NOT NULL,
    source TEXT NOT NULL, record TEXT NOT NULL, hashes BLOB NOT NULL, offset INTEGER NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (shard, position))""",
    """CREATE TABLE IF NOT EXISTS outcomes (shard INTEGER, position INTEGER, path TEXT NOT NULL, seconds REAL NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, fps REAL NOT NULL, clips INTEGER NOT NULL,
    PRIMARY KEY (shard, position)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS refused (shard INTEGER, path TEXT, reason TEXT NOT NULL,
    PRIMARY KEY (shard, path)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS dropped (shard INTEGER, reason TEXT, count INTEGER NOT NULL,
    PRIMARY KEY (shard, reason)) WITHOUT ROWID""",
)

Row = Sequence[Any]


def clip_row(shard: int, position: int, entry: Entry) -> Row:
    """The row of `clips`."""
    record = entry.record
    hashes = array("Q", record.hashes).tobytes()
    place = (shard, position, record.key, record.video, record.source)
    return (*place, record.to_json(), hashes, entry.offset, entry.size)


def clip_entry(row: Row) -> Entry:
    """The entry of a row (record, shard's name, offset, size)."""
    record, name, offset, size = row
    return Entry(ClipRecord.from_json(record), name, offset, size)


def outcome_row(shard: int, position: int, video: VideoOutcome) -> Row:
    """The row of `outcomes`."""
    shape = (video.seconds, video.width, video.height, video.fps)
    return (shard, position, video.item.path, *shape, video.clips)


def video_outcome(row: Row) -> VideoOutcome:
    """What a row (path, category, source, seconds, width, height, fps, clips) says."""
    return VideoOutcome(VideoItem(*row[:3]), *row[3:])
