"""Finding near hashes: the same as by comparing all with all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from f2v_core.data.duplicates import hash_index
from f2v_core.data.duplicates.hash_index import HashIndex, bit_counts, pick_apart

hashes = st.integers(0, 2**64 - 1)


def array(values):
    return np.array(values, np.uint64)


def flipped(value, bits):
    for bit in bits:
        value ^= 1 << bit
    return value


def found(index, queries, radius):
    return {tuple(pair) for pairs in index.pairs(queries, radius) for pair in pairs.tolist()}


@given(st.lists(hashes, max_size=20))
def test_bits_are_counted(values):
    assert bit_counts(array(values)).tolist() == [value.bit_count() for value in values]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(hashes, min_size=1, max_size=10),
    st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 63), max_size=9)), min_size=1, max_size=20),
    st.integers(0, 7),
)
def test_pairs_are_those_of_comparing_all_with_all(values, changes, radius):
    queries = [flipped(values[place % len(values)], bits) for place, bits in changes]
    wanted = {
        (number, place, distance)
        for number, query in enumerate(queries)
        for place, value in enumerate(values)
        if (distance := (query ^ value).bit_count()) <= radius
    }
    assert found(HashIndex(array(values)), array(queries), radius) == wanted


@pytest.mark.parametrize("limit", [1, 50])
def test_many_alike_are_compared_a_few_at_a_time(limit, monkeypatch):
    monkeypatch.setattr(hash_index, "MOST_PAIRS", limit)
    index = HashIndex(array([7] * 20))
    parts = list(index.pairs(array([7, 6, 5]), 6))
    assert max(len(part) for part in parts) <= max(limit, 20)
    assert {tuple(pair) for part in parts for pair in part.tolist()} == {
        (query, place, distance) for query, distance in enumerate((0, 1, 1)) for place in range(20)
    }


@given(st.lists(st.integers(0, 255), max_size=30), st.integers(0, 3))
def test_of_near_hashes_some_stand_for_all(values, distance):
    kept = [values[place] for place in pick_apart(array(values), distance)]
    assert all(min((value ^ each).bit_count() for each in kept) <= distance for value in values)
    assert all((a ^ b).bit_count() > distance for i, a in enumerate(kept) for b in kept[:i])
