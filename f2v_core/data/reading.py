"""Reading the clips of an index: one by one from the shards, or all of them once into memory."""

import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from f2v_core.data.dataset import SHARDS, damage
from f2v_core.data.index import ClipIndex
from f2v_core.data.shards import AGAIN
from f2v_core.data.stage import Stage
from f2v_core.errors import DataError, MediaError
from f2v_core.media.strips import decode_strip
from f2v_core.messages import StageProgress

OPEN_FILES = 64
"""Shards that stay open."""
CHUNK = 64
"""Clips that are decoded between two reports of progress."""


class Clips(Protocol):
    """The decoded clips of an index, by row, for any number of threads."""

    @property
    def index(self) -> ClipIndex:
        """What lies where."""
        ...

    def clip(self, row: int) -> NDArray[np.uint8]:
        """(T, H, W, 3) uint8 RGB; not to be written to.

        Raises:
            DataError: its shard is missing or damaged.
        """
        ...

    def close(self) -> None:
        """Let go of open files; the next clip opens them anew."""
        ...


class StoredClips:
    """Clips as they lie in their shards, read and decoded whenever they are asked for, by any thread; may be pickled.

    Attributes:
        index: what lies where.
    """

    def __init__(self, folder: Path, index: ClipIndex) -> None:
        self.index = index
        self._folder = folder
        self._files: dict[str, FileIO] = {}
        self._lock = Lock()

    @override
    def __reduce__(self) -> tuple[object, ...]:
        return StoredClips, (self._folder, self.index)

    def clip(self, row: int) -> NDArray[np.uint8]:
        """As `Clips.clip`."""
        shape = self.index.shape(row)
        try:
            clip = decode_strip(self._read(row), shape[0])
        except OSError as error:
            raise DataError(f"{self._path(row)} cannot be read: {error.strerror}.", AGAIN) from error
        except MediaError as error:
            raise damage(self._path(row), int(self.index.offset[row])) from error
        if clip.shape != shape:
            raise damage(self._path(row), int(self.index.offset[row]))
        return clip

    def _read(self, row: int) -> bytes:
        with self._lock:
            file = self._open(row)
            file.seek(int(self.index.offset[row]))
            return file.read(int(self.index.size[row]))

    def _open(self, row: int) -> FileIO:
        """The open shard of a clip; of more than `OPEN_FILES` the one that was used longest ago is closed."""
        shard = self.index.shard(row)
        file = self._files.pop(shard, None) or FileIO(self._path(row))
        self._files[shard] = file
        if len(self._files) > OPEN_FILES:
            self._files.pop(next(iter(self._files))).close()
        return file

    def _path(self, row: int) -> Path:
        return self._folder / SHARDS / f"{self.index.shard(row)}.tar"

    def close(self) -> None:
        """As `Clips.close`."""
        with self._lock:
            while self._files:
                self._files.popitem()[1].close()


@dataclass(frozen=True, eq=False)
class DecodedClips:
    """All clips in memory.

    Attributes:
        index: as ever.
        values: all their values one after the other, uint8.
        starts: (N + 1,) where each begins.
    """

    index: ClipIndex
    values: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def clip(self, row: int) -> NDArray[np.uint8]:
        """As `Clips.clip`; a view."""
        return self.values[self.starts[row] : self.starts[row + 1]].reshape(self.index.shape(row))

    def close(self) -> None:
        """As `Clips.close`: there are none."""


def decode_clips(clips: StoredClips, title: str) -> Generator[StageProgress, None, DecodedClips]:
    """Decode all clips on all cores, yielding progress; returns them.

    Raises:
        DataError: a shard is missing or damaged, or there is not enough memory.
    """
    index = clips.index
    decoded, stage = _room_for(index), Stage(title, len(index))

    def put(row: int) -> None:
        decoded.clip(row)[:] = clips.clip(row)

    with closing(clips), ThreadPoolExecutor(os.cpu_count()) as pool:
        for first in range(0, len(index), CHUNK):
            rows = range(first, min(first + CHUNK, len(index)))
            list(pool.map(put, rows))
            stage.done = rows.stop
            yield stage.progress()
    return decoded


def _room_for(index: ClipIndex) -> DecodedClips:
    starts = np.concatenate([[0], np.cumsum(index.nbytes())])
    try:
        return DecodedClips(index, np.empty(starts[-1], np.uint8), starts)
    except MemoryError as error:
        raise DataError(
            f"{starts[-1] / 1e9:.1f} GB of memory are not there for the decoded clips.", "Lower memory_gb."
        ) from error
