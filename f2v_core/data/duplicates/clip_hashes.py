"""The hashes of many clips, out of the catalog into arrays, a portion at a time."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.duplicates.hash_index import Hashes, Places, pick_apart

SAME = 2
"""Of frames of one source whose hashes differ in so many bits or fewer one stands for all: little is lost by that, and
hours of a camera that stands still take little time."""
GROUP = 1 << 12
"""Frames of one source among which such are looked for, at most."""


@dataclass(frozen=True, eq=False)
class ClipHashes:
    """Some clips and the hashes of their frames.

    Attributes:
        places: (N, 2) shard and position of each clip.
        sources: (N,) the number of its source.
        hashes: (M,) uint64, of all their frames.
        owners: (M,) the number of the clip that each belongs to, rising.
    """

    places: NDArray[np.int64]
    sources: Places
    hashes: Hashes
    owners: Places

    def part(self, start: int, stop: int) -> Self:
        """The clips `start` to `stop`."""
        first, last = np.searchsorted(self.owners, [start, stop])
        return replace(
            self,
            places=self.places[start:stop],
            sources=self.sources[start:stop],
            hashes=self.hashes[first:last],
            owners=self.owners[first:last] - start,
        )

    def thinned(self) -> Self:
        """The same clips, which are in the order of their sources, with fewer hashes."""
        source = self.sources[self.owners]
        starts = [*np.flatnonzero(np.diff(source, prepend=-1)), len(source)]
        cuts = [cut for start, end in pairwise(starts) for cut in range(start, end, GROUP)]
        kept = [
            start + pick_apart(self.hashes[start:end], SAME) for start, end in pairwise([*cuts, len(source)])
        ]
        places = np.concatenate(kept)
        return replace(self, hashes=self.hashes[places], owners=self.owners[places])


def read_hashes(db: sqlite3.Connection, size: int, query: str, *values: int) -> Iterator[ClipHashes]:
    """The clips that a query gives as rows of (shard, position, source, hashes), `size` at a time."""
    rows = db.execute(query, values)
    while portion := rows.fetchmany(size):
        numbers: dict[str, int] = {}
        sources = [numbers.setdefault(source, len(numbers)) for _, _, source, _ in portion]
        hashes = [np.frombuffer(blob, np.uint64) for *_, blob in portion]
        owners = np.repeat(np.arange(len(portion)), [len(each) for each in hashes])
        places = np.array([row[:2] for row in portion], np.int64)
        yield ClipHashes(places, np.array(sources), np.concatenate(hashes), owners)
