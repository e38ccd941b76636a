"""The order of the training clips: a pure function of seed and position, local on the disk and well mixed.

An epoch is a new order of the shards, taken in blocks of a few, and of the clips inside each block. A position counts
clips over all epochs; from it follow the epoch, the block and the clip, without those before it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.index import ClipIndex

MIXED = 4096
"""Clips that are mixed with each other, about: small datasets as a whole, large ones a few shards at a time."""
_EPOCH, _SOURCES = 1, 2
"""They begin the seeds of random numbers, so that no two uses share a stream."""


def batch_positions(number: int, clips: int, rank: int = 0, ranks: int = 1) -> range:
    """The positions of batch `number` of `clips` in all that belong to one of `ranks` processes.

    A batch lies in a row without a gap before the next; its parts differ by at most one clip.
    """
    start = number * clips
    return range(start + rank * clips // ranks, start + (rank + 1) * clips // ranks)


def source_ranks(source: NDArray[np.int32], seed: int) -> NDArray[np.int32]:
    """(N,) number of each clip among those of its source, from 0, in a random order that the seed fixes."""
    shuffled = np.random.default_rng([_SOURCES, seed]).permutation(len(source))
    grouped = shuffled[np.argsort(source[shuffled], kind="stable")]
    counts = np.bincount(source)
    starts = np.cumsum(counts) - counts
    ranks = np.empty(len(source), np.int32)
    ranks[grouped] = np.arange(len(source)) - starts[source[grouped]]
    return ranks


def spread_rows(index: ClipIndex, count: int) -> list[int]:
    """At most `count` rows, always the same ones, in order: spread over the sources as evenly as can be."""
    favour = np.random.default_rng(_SOURCES).permutation(int(index.source.max()) + 1)
    chosen = np.lexsort((favour[index.source], source_ranks(index.source, 0)))[:count]
    return sorted(chosen.tolist())


@dataclass(frozen=True, eq=False)
class _Epoch:
    """One epoch's plan.

    Attributes:
        shards: (S,) the shards in their new order.
        edges: (B + 1,) block b takes the shards from edges[b] to edges[b + 1] of that order.
        starts: (B,) how many of the epoch's clips lie before each block.
        taken: (N,) whether the epoch takes a clip.
    """

    shards: NDArray[np.int64]
    edges: NDArray[np.int64]
    starts: NDArray[np.int64]
    taken: NDArray[np.bool_]


class Order:
    """Which clip stands at a position.

    An epoch takes at most `source_clips` clips of one source, each epoch the next of them in turn, so that a long
    film among short ones does not own the training and is still seen as a whole; 0 takes all.

    Attributes:
        epoch_clips: how many clips an epoch has.
    """

    def __init__(self, index: ClipIndex, seed: int, source_clips: int) -> None:
        counts = np.bincount(index.source)
        self._index, self._seed = index, seed
        self._most = source_clips or int(counts.max())
        self._counts = counts
        self._ranks = source_ranks(index.source, seed)
        self.epoch_clips = int(np.minimum(counts, self._most).sum())
        self._epoch = lru_cache(maxsize=2)(self._make_epoch)  # what is read ahead may lie in the next one
        self._block = lru_cache(maxsize=2)(self._make_block)

    def row(self, position: int) -> int:
        """The row in the index of the clip at `position`."""
        epoch, place = divmod(position, self.epoch_clips)
        starts = self._epoch(epoch).starts
        block = int(np.searchsorted(starts, place, side="right")) - 1
        return int(self._block(epoch, block)[place - starts[block]])

    def _make_epoch(self, epoch: int) -> _Epoch:
        index = self._index
        turn = (self._ranks - epoch * self._most) % self._counts[index.source]
        taken = turn < self._most
        counts = np.add.reduceat(taken, index.bounds[:-1], dtype=np.int64)
        shards = np.random.default_rng([_EPOCH, self._seed, epoch, 0]).permutation(np.flatnonzero(counts))
        before = np.cumsum(counts[shards]) - counts[shards]
        edges = np.flatnonzero(np.diff(before // MIXED, prepend=-1))
        return _Epoch(shards, np.append(edges, len(shards)), before[edges], taken)

    def _make_block(self, epoch: int, block: int) -> NDArray[np.int64]:
        """The rows of a block in their order."""
        plan, bounds = self._epoch(epoch), self._index.bounds
        rows = [
            bounds[shard] + np.flatnonzero(plan.taken[bounds[shard] : bounds[shard + 1]])
            for shard in plan.shards[plan.edges[block] : plan.edges[block + 1]]
        ]
        rng = np.random.default_rng([_EPOCH, self._seed, epoch, 1 + block])
        return rng.permutation(np.concatenate(rows))
