import numpy as np
import pytest

from f2v_app.widgets.clip_table import Wanted, read_clip_table
from f2v_core.data.dataset import INDEX, write_index
from f2v_core.errors import DataError
from tests.app.made_datasets import frames_of, make_dataset, record, write_clips


@pytest.fixture
def table(tmp_path):
    return read_clip_table(make_dataset(tmp_path / "set"))


def test_it_holds_a_column_each(table):
    assert len(table) == 6
    assert table.names == ("erupting", "skiing")
    assert table.splits.tolist() == [0, 1, 2, 0, 1, 2]
    assert table.flags.tolist() == [0, 0, 0, 0, 3, 0]
    assert table.seconds == pytest.approx(0.4)
    assert table.heights.tolist() == [16] * 6
    parts = table.by_split(table.linear_l2)
    assert {split: values.tolist() for split, values in parts.items()} == {
        "train": [0, 3], "val": [1, 4], "test": [2, 5],
    }  # fmt: skip


def test_a_clip_is_read_when_it_is_wanted(table):
    for number in range(6):
        assert table.record(number) == record(number)
        assert np.array_equal(table.frames(number), frames_of(number))


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (Wanted(), [0, 1, 2, 3, 4, 5]),
        (Wanted(split="val"), [1, 4]),
        (Wanted(category="skiing"), [1, 3, 5]),
        (Wanted(split="train", category="skiing"), [3]),
        (Wanted(flag="static"), [4]),
        (Wanted(flag="letterboxed"), []),
        (Wanted(flag="-", split="val"), [1]),
        (Wanted(order="calm"), [5, 4, 3, 2, 1, 0]),
        (Wanted(order="lively", category="erupting"), [0, 2, 4]),
    ],
)
def test_it_selects_and_sorts(table, wanted, rows):
    assert table.select(wanted).tolist() == rows


def test_names_may_hold_anything(tmp_path):
    odd = ['a\n"b", c.mp4', "ümläut/滑雪.mp4", "x,y.mp4"]
    table = read_clip_table(make_dataset(tmp_path / "set", [record(n, video=v) for n, v in enumerate(odd)]))
    assert [table.record(row).video for row in range(3)] == odd


def test_a_damaged_index_is_told(tmp_path):
    dataset = make_dataset(tmp_path / "set")
    path = dataset.folder / INDEX
    whole = path.read_text()
    for damage in (
        whole.replace("train", "trian"),
        "a,b\n",
        whole[:-30] + "\n",
        whole.replace("10.0,", "0,"),
    ):
        path.write_text(damage)
        with pytest.raises(DataError, match=r"index\.csv is missing or damaged"):
            read_clip_table(dataset)
    path.unlink()
    with pytest.raises(DataError):
        read_clip_table(dataset)


def test_an_index_that_changes_under_it_is_told(tmp_path):
    dataset = make_dataset(tmp_path / "other")
    table = read_clip_table(dataset)
    write_index(dataset.folder, write_clips(dataset.folder, [record(0, video="a much longer name " * 9)]))
    with pytest.raises(DataError, match="damaged"):
        table.record(2)
