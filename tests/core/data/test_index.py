"""The index as columns: the same clips that the dataset's own rows tell of."""

import pytest

from f2v_core.data.dataset import INDEX
from f2v_core.data.index import read_index
from f2v_core.errors import DataError
from tests.datasets import Take, moving_square, squares, write_dataset


@pytest.fixture
def dataset(tmp_path):
    wide = [Take(moving_square(n, 12, 16, 20), "long.mp4", fps=20.0) for n in range(4)]
    return write_dataset(tmp_path / "set", [*squares(3, 2, frames=8, side=16), *wide])


def test_columns_hold_what_the_rows_say(dataset):
    index, entries = read_index(dataset, "train"), list(dataset.entries("train"))
    assert len(index) == len(entries) == 7
    for row, entry in enumerate(entries):
        assert index.shard(row) == entry.shard
        assert index.shape(row) == entry.record.shape
        assert (index.offset[row], index.size[row]) == (entry.offset, entry.size)
        assert index.fps[row] == entry.record.fps
        assert index.nbytes()[row] == entry.record.nbytes
    assert index.shards == ("train-000000", "train-000001", "train-000002")
    assert index.bounds.tolist() == [0, 3, 6, 7]
    assert index.source[3:].tolist() == [index.source[3]] * 4
    assert sorted(set(index.source.tolist())) == [0, 1, 2, 3]


def test_a_split_has_its_own_clips_only(dataset):
    assert len(read_index(dataset, "val")) == 2
    with pytest.raises(DataError, match="set has no test clips"):
        read_index(dataset, "test")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text.replace("offset", "place", 1),
        lambda text: text[: text.index("train-000001")],
        lambda text: text.replace(",20.0,", ",fast,"),
        lambda text: text.replace(",12,20,16,", ",12,20,1600000,"),
    ],
)
def test_a_damaged_index_is_an_error_that_names_it(dataset, damage):
    path = dataset.folder / INDEX
    path.write_text(damage(path.read_text()))
    with pytest.raises(DataError, match=r"index\.csv (is missing or damaged|has . train clips of 7)"):
        read_index(dataset, "train")


def test_a_missing_index_is_an_error_that_names_it(dataset):
    (dataset.folder / INDEX).unlink()
    with pytest.raises(DataError, match=r"index\.csv is missing or damaged"):
        read_index(dataset, "train")
