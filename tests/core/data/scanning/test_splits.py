"""Splits: never a source in two, exact shares, the same whatever the order; given ones are kept."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from f2v_core.config import prepare_preset
from f2v_core.data.catalog.tables import TABLES
from f2v_core.data.scanning.splits import RANKS, assign, check_shares, keyed_hash, share_out
from f2v_core.errors import InputError

CONFIG = prepare_preset("windows")
NAMES = {rank: split for split, rank in RANKS.items()}


def assigned(files, config=CONFIG):
    """Path to split of (path, source, given split)."""
    db = sqlite3.connect(":memory:")
    for table in TABLES:
        db.execute(table)
    rows = ((path, "", source, RANKS[split], 1, 0) for path, source, split in files)
    db.executemany("INSERT INTO videos VALUES (?, ?, ?, ?, ?, ?)", rows)
    assign(db, config)
    found = {path: NAMES[rank] for path, rank in db.execute("SELECT path, split FROM videos")}
    db.close()
    return found


sources = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=6)
splits = st.sampled_from([None, "train", "val", "test"])
shares = st.floats(0, 0.49)


@settings(max_examples=60, deadline=None)
@given(st.lists(sources, max_size=60), shares, shares, st.integers(0, 2**31 - 1), st.randoms())
def test_sources_stay_whole_and_shares_are_exact_in_any_order(names, val, test, seed, random):
    config = prepare_preset("windows", val_share=val, test_share=test, seed=seed)
    files = [(f"{number}/{name}", name, None) for number, name in enumerate(names)]
    found = assigned(files, config)
    by_source = {name: {found[path] for path, source, _ in files if source == name} for name in names}
    assert all(len(each) == 1 for each in by_source.values())
    counted = [next(iter(each)) for each in by_source.values()]
    assert (counted.count("val"), counted.count("test")) == share_out(len(by_source), val, test)
    random.shuffle(files)
    assert assigned(files, config) == found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(sources, splits), max_size=40))
def test_given_splits_are_kept_and_the_most_protected_one_wins(pairs):
    files = [(f"{number}", name, split) for number, (name, split) in enumerate(pairs)]
    found = assigned(files)
    for path, name, split in files:
        most = max((RANKS[each] for _, other, each in files if other == name), default=0)
        if most:
            assert found[path] == (split if RANKS[split] == most else None)
        else:
            assert found[path] in {"train", "val", "test"}


def test_a_split_that_a_folder_stands_for_gets_nothing_else():
    free = [(f"{number}", f"{number}", None) for number in range(20)]
    found = assigned([*free, ("t", "t", "test")])
    assert sorted(found.values()).count("test") == 1
    assert sorted(found.values()).count("val") == 2


def test_shares_are_rounded_with_one_at_least_and_leave_one_for_train():
    assert share_out(0, 0.1, 0.1) == (0, 0)
    assert share_out(1, 0.9, 0.0) == (0, 0)
    assert share_out(2, 0.1, 0.1) == (1, 0)
    assert share_out(3, 0.1, 0.1) == (1, 1)
    assert share_out(3, 0.0, 0.1) == (0, 1)
    assert share_out(100, 0.1, 0.25) == (10, 25)
    assert share_out(6, 0.45, 0.45) == (2, 3)


def test_shares_that_leave_nothing_are_refused_unless_they_do_not_count():
    with pytest.raises(InputError, match="leave nothing for training"):
        check_shares(prepare_preset("windows", val_share=0.5, test_share=0.5))
    check_shares(prepare_preset("windows", val_share=0.5, test_share=0.5, split="test"))


def test_the_seed_changes_who_goes_where_and_the_hash_stays_what_it_was():
    files = [(f"{number}", f"{number}", None) for number in range(50)]
    other = prepare_preset("windows", seed=1)
    assert assigned(files) != assigned(files, other)
    assert keyed_hash(0, "a/b.mp4").hex() == "d41ad7b048d8a0edb2ecfc2e09328ec9"
