"""Shards: tar files in WebDataset layout, KEY.png (the clip as a strip) and KEY.json for each clip."""

import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from f2v_core.data.records import ClipRecord
from f2v_core.errors import DataError
from f2v_core.storage import atomic_file

HEADER = 512
"""Bytes of a tar member's header; our names are short, so that it has just one."""
AGAIN = "Delete the dataset's folder and prepare it again."


@dataclass(frozen=True)
class Entry:
    """Where a clip lies.

    Attributes:
        record: what is said about the clip.
        shard: the tar file's name without its ending, such as "train-000012".
        offset, size: the PNG's first byte in the tar file and its length.
    """

    record: ClipRecord
    shard: str
    offset: int
    size: int


class ShardWriter:
    """Writes clips to one tar file, member by member; the same clips give the same bytes.

    Attributes:
        name: the shard's name.
        entries: where the clips written so far lie.
    """

    def __init__(self, tar: tarfile.TarFile, name: str) -> None:
        self._tar = tar
        self.name = name
        self.entries: list[Entry] = []

    def add(self, record: ClipRecord, png: bytes) -> None:
        """Append a clip."""
        offset = self._add(f"{record.key}.png", png)
        self._add(f"{record.key}.json", record.to_json().encode())
        self.entries.append(Entry(record, self.name, offset, len(png)))

    def _add(self, name: str, data: bytes) -> int:
        """Append a member; returns where its bytes begin."""
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = len(data), 0o644, 0
        start = self._tar.offset + HEADER
        self._tar.addfile(member, BytesIO(data))
        return start


@contextmanager
def write_shard(path: Path) -> Iterator[ShardWriter]:
    """Yield a writer; the shard appears at `path` whole, when the block ends, or not at all.

    Raises:
        OSError: the disk refuses.
    """
    with (
        atomic_file(path) as partial,
        tarfile.open(partial, "w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        yield ShardWriter(tar, path.stem)


def read_shard(path: Path) -> Iterator[tuple[ClipRecord, bytes]]:
    """All clips of a shard in order: what is said about each, and its PNG.

    Raises:
        DataError: the file is missing or no such shard.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            while (member := tar.next()) is not None:
                following = tar.next()
                if following is None:
                    raise DataError(f"{path} is cut off at {member.name}.", AGAIN)
                png, text = (_read_member(tar, each) for each in (member, following))
                yield ClipRecord.from_json(text), png
    except (OSError, tarfile.TarError) as error:
        raise DataError(f"{path} cannot be read: {error}.", AGAIN) from error


def _read_member(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    if file is None:
        raise DataError(f"{tar.name!s} holds {member.name!r}, which is no clip.", AGAIN)
    return file.read()


def rewrite_shard(path: Path, dropped: Iterable[str]) -> list[Entry]:
    """Write a shard anew without the clips of these keys; returns where the others lie now.

    Raises:
        DataError: the shard cannot be read. OSError: the disk refuses.
    """
    gone = set(dropped)
    with write_shard(path) as writer:
        for record, png in read_shard(path):
            if record.key not in gone:
                writer.add(record, png)
    return writer.entries
