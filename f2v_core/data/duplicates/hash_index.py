"""Finding the 64-bit hashes near to given ones among many, without comparing all with all.

Where two hashes differ in at most r bits, one of their four 16-bit bands, the one with number b = 0..3, differs in at
most (r - b) // 4 bits: else they differed in r + 1 (multi-index hashing: Norouzi, Punjani, Fleet 2012, "Fast Search in
Hamming Space with Multi-Index Hashing", section 3.1).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Pairs = NDArray[np.int64]

BANDS = 4
FLIPS = ((0,), (0, *(1 << bit for bit in range(16))))
"""Changes of no bit of a band, and of at most one."""
MOST_PAIRS = 500_000
"""Compared at once: bounds the memory where very many hashes are alike."""


def bit_counts(values: Hashes) -> Places:
    """How many bits of each value are set (Warren, "Hacker's Delight", section 5-1)."""
    pairs, fours, bytes_ = (
        np.uint64(0x5555555555555555),
        np.uint64(0x3333333333333333),
        np.uint64(0x0F0F0F0F0F0F0F0F),
    )
    counts = values - (values >> np.uint64(1) & pairs)
    counts = (counts & fours) + (counts >> np.uint64(2) & fours)
    counts = counts + (counts >> np.uint64(4)) & bytes_
    total: Places = (counts * np.uint64(0x0101010101010101) >> np.uint64(56)).astype(np.int64)
    return total


def pick_apart(hashes: Hashes, distance: int) -> Places:
    """Places of some of the hashes, in order, so that each of the others is within `distance` bits of one of them."""
    kept = []
    rest = np.arange(len(hashes))
    while len(rest):
        kept.append(rest[0])
        rest = rest[bit_counts(hashes[rest] ^ hashes[rest[0]]) > distance]
    return np.array(kept, np.int64)


class HashIndex:
    """Hashes (N,) sorted by each of their bands; takes about 40 bytes for each."""

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes
        self._orders: list[Places] = []
        self._starts: list[Places] = []
        for band in range(BANDS):
            keys = _band(hashes, band)
            self._orders.append(np.argsort(keys, kind="stable"))
            self._starts.append(np.searchsorted(keys[self._orders[-1]], np.arange(2**16 + 1)))

    def pairs(self, queries: Hashes, radius: int) -> Iterator[Pairs]:
        """All pairs of a query and a hash of the index that differ in at most `radius` <= 7 bits, in portions.

        Yields:
            (pairs, 3): number of the query, number of the hash, distance. A pair may come up to four times.
        """
        for band in range(BANDS):
            reach = (radius - band) // BANDS
            keys = _band(queries, band)
            for flip in FLIPS[reach] if reach >= 0 else ():
                yield from self._matches(queries, keys ^ flip, band, radius, 0)

    def _matches(self, queries: Hashes, keys: Places, band: int, radius: int, first: int) -> Iterator[Pairs]:
        """The pairs of queries and hashes that share a band's value and are near."""
        starts = self._starts[band][keys]
        counts = self._starts[band][keys + 1] - starts
        total = int(counts.sum())
        if total > MOST_PAIRS and len(queries) > 1:
            half = len(queries) // 2
            yield from self._matches(queries[:half], keys[:half], band, radius, first)
            yield from self._matches(queries[half:], keys[half:], band, radius, first + half)
            return
        query = np.repeat(np.arange(len(queries)), counts)
        place = np.arange(total) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
        candidate = self._orders[band][place]
        distance = bit_counts(queries[query] ^ self._hashes[candidate])
        near = distance <= radius
        yield np.stack([query[near] + first, candidate[near], distance[near]], axis=1)


def _band(hashes: Hashes, band: int) -> Places:
    """16 of the 64 bits, as numbers 0..65535."""
    return (hashes >> np.uint64(16 * band) & np.uint64(0xFFFF)).astype(np.int64)
