"""Reading the clips of an index: one by one from the shards, or all of them once into memory."""

import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
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
    """The decoded clips of an index, by row."""

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
    """Clips as they lie in their shards, read and decoded whenever they are asked for; may be pickled.

    Attributes:
        index: what lies where.
    """

    def __init__(self, folder: Path, index: ClipIndex) -> None:
        self.index = index
        self._folder = folder / SHARDS
        self._files: dict[str, FileIO] = {}

    @override
    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_files": {}}

    def clip(self, row: int) -> NDArray[np.uint8]:
        """As `Clips.clip`."""
        return self.decode(row, self.read(row))

    def read(self, row: int) -> bytes:
        """A clip's PNG.

        Raises:
            DataError: its shard is missing or cannot be read.
        """
        try:
            file = self._open(self.index.shard(row))
            file.seek(int(self.index.offset[row]))
            return file.read(int(self.index.size[row]))
        except OSError as error:
            path = self._path(self.index.shard(row))
            raise DataError(f"{path} cannot be read: {error.strerror}.", AGAIN) from error

    def decode(self, row: int, png: bytes) -> NDArray[np.uint8]:
        """What `read` gave, (T, H, W, 3) uint8 RGB; may be called from any thread.

        Raises:
            DataError: the shard is damaged here.
        """
        shape = self.index.shape(row)
        try:
            clip = decode_strip(png, shape[0])
        except MediaError as error:
            raise self._damage(row) from error
        if clip.shape != shape:
            raise self._damage(row)
        return clip

    def _damage(self, row: int) -> DataError:
        return damage(self._path(self.index.shard(row)), int(self.index.offset[row]))

    def _path(self, shard: str) -> Path:
        return self._folder / f"{shard}.tar"

    def _open(self, shard: str) -> FileIO:
        """The shard's open file; of more than `OPEN_FILES` the one that was used longest ago is closed."""
        file = self._files.pop(shard, None) or FileIO(self._path(shard))
        self._files[shard] = file
        if len(self._files) > OPEN_FILES:
            self._files.pop(next(iter(self._files))).close()
        return file

    def close(self) -> None:
        """As `Clips.close`."""
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

    def put(row: int, png: bytes) -> None:
        decoded.clip(row)[:] = clips.decode(row, png)

    with closing(clips), ThreadPoolExecutor(os.cpu_count()) as pool:
        for first in range(0, len(index), CHUNK):
            rows = range(first, min(first + CHUNK, len(index)))
            waiting = [pool.submit(put, row, clips.read(row)) for row in rows]
            for each in waiting:
                each.result()
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
