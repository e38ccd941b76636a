"""What a worker that makes a shard is told, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from f2v_core.config import PrepareConfig
from f2v_core.data.dataset import SHARDS, WORK
from f2v_core.data.records import Split
from f2v_core.data.shards import Entry

SCENE = "scene:"
"""Begins the `path` of a procedural scene: "scene:erupting/17" is number 17."""


@dataclass(frozen=True)
class VideoItem:
    """One video to cut, or one scene to make.

    Attributes:
        path: below the scanned folder, with slashes; or `SCENE` + name/number.
        category, source: as in `ClipRecord`.
    """

    path: str
    category: str
    source: str


@dataclass(frozen=True)
class ShardTask:
    """All that one shard depends on, so that it comes out the same whoever makes it, and when.

    Attributes:
        dataset: the dataset's folder.
        name: the shard's, such as "train-000012".
        videos: what goes into it, in order.
        crashed: paths of those under which a worker died before: they are rejected unread.
    """

    dataset: str
    name: str
    split: Split
    config: PrepareConfig
    videos: tuple[VideoItem, ...]
    crashed: frozenset[str] = frozenset()

    @property
    def shard_file(self) -> Path:
        """Where the shard goes."""
        return Path(self.dataset) / SHARDS / f"{self.name}.tar"

    @property
    def now_file(self) -> Path:
        """Where the worker says what it does at the moment: see `Now`."""
        return Path(self.dataset) / WORK / f"{self.name}.now"


@dataclass(frozen=True)
class Now:
    """What a worker does at the moment, as JSON in the task's `now_file`: for progress, and to name who crashed it.

    Attributes:
        done: videos of the task that lie behind.
        video: the path of the one in hand.
        clips: clips written so far.
    """

    done: int
    video: str
    clips: int


@dataclass(frozen=True)
class VideoOutcome:
    """What became of a video that could be read.

    Attributes:
        seconds, width, height, fps: its length, its size as it is shown, its average rate.
        clips: how many it gave.
    """

    item: VideoItem
    seconds: float
    width: int
    height: int
    fps: float
    clips: int


@dataclass(frozen=True)
class ShardResult:
    """A shard that lies on the disk, whole.

    Attributes:
        entries: its clips, in order.
        videos: every video that gave at least one clip.
        rejected: path and reason of every other one; a reason is a sentence for users.
        dropped: windows that were not taken, by reason, over all its videos, those without a clip too.
        sha256: of the tar file, hexadecimal.
        nbytes: length of the tar file.
    """

    name: str
    entries: tuple[Entry, ...]
    videos: tuple[VideoOutcome, ...]
    rejected: tuple[tuple[str, str], ...]
    dropped: Mapping[str, int]
    sha256: str
    nbytes: int
