"""The order: a pure function of seed and position, complete in every epoch, local, fair to sources, without gaps."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from f2v_core.data import order
from f2v_core.data.index import ClipIndex
from f2v_core.data.order import Order, batch_positions, source_ranks


def index(*shards: int, source: list[int] | None = None) -> ClipIndex:
    """An index of shards with so many clips; each clip its own source unless told otherwise."""
    clips = sum(shards)
    none = np.zeros(clips, np.uint16)
    sources = np.array(range(clips) if source is None else source, np.int32)
    return ClipIndex(
        tuple(str(n) for n in range(len(shards))), np.cumsum([0, *shards]), np.zeros(clips, np.int64),
        np.zeros(clips, np.int32), none, none, none, np.zeros(clips, np.float32), sources,
    )  # fmt: skip


def rows(made: Order, positions) -> list[int]:
    return [made.row(position) for position in positions]


def test_every_epoch_has_every_clip_once_in_an_order_of_its_own():
    made = Order(index(3, 5, 2, 7), seed=1, source_clips=0)
    assert made.epoch_clips == 17
    epochs = [rows(made, range(17 * n, 17 * (n + 1))) for n in range(3)]
    assert all(sorted(epoch) == list(range(17)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 3


def test_a_position_has_its_clip_whatever_was_asked_before():
    clips = index(*[4] * 20)
    whole = rows(Order(clips, 3, 0), range(240))
    assert [Order(clips, 3, 0).row(position) for position in (200, 7, 239, 81)] == [
        whole[position] for position in (200, 7, 239, 81)
    ]
    assert rows(Order(clips, 4, 0), range(240)) != whole


def test_clips_are_mixed_a_few_shards_at_a_time(monkeypatch):
    monkeypatch.setattr(order, "MIXED", 20)
    made = Order(index(*[10] * 12), 0, 0)
    taken = [row // 10 for row in rows(made, range(120))]
    blocks = [taken[start : start + 20] for start in range(0, 120, 20)]
    assert all(len(set(block)) == 2 for block in blocks)
    assert any(block != sorted(block, key=block.index) for block in blocks)
    assert [sorted(Counter(block).values()) for block in blocks] == [[10, 10]] * 6
    later = [row // 10 for row in rows(made, range(120, 240))]
    assert {tuple(sorted(set(block))) for block in blocks} != {
        tuple(sorted(set(later[start : start + 20]))) for start in range(0, 120, 20)
    }


def test_a_shard_larger_than_a_block_is_a_block(monkeypatch):
    monkeypatch.setattr(order, "MIXED", 5)
    made = Order(index(17, 2, 30), 0, 0)
    assert sorted(rows(made, range(49))) == list(range(49))


def test_a_long_source_takes_turns():
    long_film = [0] * 10 + [1, 2, 3]
    made = Order(index(13, source=long_film), 5, source_clips=4)
    assert made.epoch_clips == 7
    epochs = [set(rows(made, range(7 * n, 7 * (n + 1)))) for n in range(5)]
    assert all({10, 11, 12} < epoch for epoch in epochs)
    film = Counter(row for epoch in epochs for row in epoch if row < 10)
    assert sorted(film.values()) == [2] * 10  # 5 epochs of 4 are twice the whole film
    assert not epochs[0] & epochs[1] - {10, 11, 12}


def test_a_shard_without_a_turn_is_left_out():
    made = Order(index(1, 1, 1, 1, source=[0, 0, 0, 0]), 0, source_clips=1)
    assert sorted(rows(made, range(4))) == [0, 1, 2, 3]
    assert rows(made, range(4)) == rows(made, range(4, 8))


def test_numbers_within_a_source_are_random_and_complete():
    source = np.array([1, 0, 1, 1, 0, 1], np.int32)
    ranks = source_ranks(source, 0)
    assert sorted(ranks[source == 1].tolist()) == [0, 1, 2, 3]
    assert sorted(ranks[source == 0].tolist()) == [0, 1]
    assert len({tuple(source_ranks(source, seed).tolist()) for seed in range(20)}) > 3


@pytest.mark.parametrize("ranks", [1, 2, 3])
def test_batches_of_all_ranks_cover_the_positions_without_a_gap(ranks):
    for number in range(3):
        parts = [batch_positions(number, 8, rank, ranks) for rank in range(ranks)]
        assert max(map(len, parts)) - min(map(len, parts)) <= 1
        assert [position for part in parts for position in part] == list(range(number * 8, (number + 1) * 8))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.integers(0, 4), st.integers(1, 12), st.data())
@settings(max_examples=40, deadline=None)
def test_no_epoch_repeats_a_clip_or_exceeds_a_source(shards, source_clips, mixed, data):
    clips = sum(shards)
    source = data.draw(st.lists(st.integers(0, 3), min_size=clips, max_size=clips))
    source = np.unique(source, return_inverse=True)[1].tolist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "MIXED", mixed)
        made = Order(index(*shards, source=source), 0, source_clips)
        for epoch in range(2):
            taken = rows(made, range(epoch * made.epoch_clips, (epoch + 1) * made.epoch_clips))
            assert len(set(taken)) == len(taken)
            counts = Counter(source[row] for row in taken)
            wanted = Counter(source)
            assert counts == {s: min(n, source_clips or n) for s, n in wanted.items()}


def test_a_million_clips_take_little_time():
    """Shards of 500, a thousand batches: no position replays those before it."""
    made = Order(index(*[500] * 2000), 0, 20)
    assert len({made.row(position) for position in range(0, 12_000_000, 1_000_000)}) > 5
