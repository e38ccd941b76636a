"""Which split a source goes to: exact shares of whole sources, chosen by a keyed hash, in SQL."""

import sqlite3
from hashlib import blake2b

from f2v_core.config import PrepareConfig
from f2v_core.data.records import SPLITS, Split
from f2v_core.errors import InputError

RANKS: dict[Split | None, int] = {None: 0, **{split: rank for rank, split in enumerate(SPLITS, 1)}}
"""How a split stands in the catalog: 0 for none yet, more for more protected ones."""


def keyed_hash(seed: int, name: str) -> bytes:
    """16 bytes that put names in an order which looks random, and is the same everywhere."""
    return blake2b(name.encode(), digest_size=16, key=seed.to_bytes(8, "little")).digest()


def check_shares(config: PrepareConfig) -> None:
    """Refuse shares that leave nothing to train on.

    Raises:
        InputError: validation and test together take everything.
    """
    if config.split == "auto" and config.val_share + config.test_share >= 1:
        raise InputError(
            f"A share of {config.val_share:g} for validation and {config.test_share:g} for the test leave nothing "
            "for training.",
            "Let them sum to less than 1, or put everything into one split.",
        )


def share_out(sources: int, val_share: float, test_share: float) -> tuple[int, int]:
    """How many of `sources` go to val and to test: the rounded shares.

    Each is at least one where its share is above zero and there are two sources or more for val, three for test; one
    source at least is left for train.
    """
    val = max(round(val_share * sources), int(sources >= 2 and val_share > 0))
    test = max(round(test_share * sources), int(sources >= 3 and test_share > 0))
    test = min(test, max(0, sources - 1))
    return min(val, max(0, sources - test - 1)), test


def assign(db: sqlite3.Connection, config: PrepareConfig) -> None:
    """Fill `sources` from `videos` and give every video its split, or 0 where its source is held out elsewhere.

    A source with a given split keeps it, the most protected one if there are several; its videos from elsewhere are
    left out. The others are put in the order of their hash: the first ones are test, the next val, the rest train.
    A split that some folder stands for gets none of them.

    Raises:
        InputError: as `check_shares`.
    """
    check_shares(config)
    db.create_function("keyed", 1, lambda name: keyed_hash(config.seed, name), deterministic=True)
    db.execute("DELETE FROM sources")
    db.execute(
        "INSERT INTO sources SELECT source, max(given), keyed(source), max(given) FROM videos GROUP BY source"
    )
    given = {rank for (rank,) in db.execute("SELECT DISTINCT given FROM sources")}
    val_share = 0.0 if RANKS["val"] in given else config.val_share
    test_share = 0.0 if RANKS["test"] in given else config.test_share
    (free,) = db.execute("SELECT count(*) FROM sources WHERE given = 0").fetchone()
    val, test = share_out(free, val_share, test_share)
    _give_first(db, free, RANKS["train"])
    _give_first(db, test + val, RANKS["val"])
    _give_first(db, test, RANKS["test"])
    db.execute(
        "UPDATE videos SET split = (SELECT CASE WHEN sources.given = videos.given THEN sources.split ELSE 0 END "
        "FROM sources WHERE sources.source = videos.source)"
    )


def _give_first(db: sqlite3.Connection, count: int, rank: int) -> None:
    """Put the first `count` sources without a given split, in the order of their hash, into a split."""
    db.execute(
        "UPDATE sources SET split = ? WHERE source IN "
        "(SELECT source FROM sources WHERE given = 0 ORDER BY place, source LIMIT ?)",
        (rank, count),
    )
