"""A dataset's folder: what was written is read, and whatever is wrong with it is an error that names the file."""

import json

import numpy as np
import pytest

from f2v_core.config import PrepareConfig
from f2v_core.data.dataset import INDEX, INFO, SHARDS, VIDEOS, WORK, is_dataset, open_dataset, write_table
from f2v_core.data.shards import read_shard
from f2v_core.errors import DataError
from tests.datasets import squares, write_dataset

TAKES = squares(4, 2, frames=6, side=16)


@pytest.fixture
def dataset(tmp_path):
    return write_dataset(tmp_path / "set", TAKES)


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_clips_are_found_by_split_and_read(dataset):
    assert [dataset.count(split) for split in ("train", "val", "test")] == [4, 2, 0]
    entries = list(dataset.entries())
    assert [entry.record.split for entry in entries] == ["train"] * 4 + ["val"] * 2
    assert list(dataset.entries("val")) == entries[4:]
    for entry, take in zip(entries, TAKES, strict=True):
        assert np.array_equal(dataset.read(entry), take.clip)


def test_the_index_says_what_the_shards_say(dataset):
    said = [record for path in sorted((dataset.folder / SHARDS).iterdir()) for record, _ in read_shard(path)]
    assert [entry.record for entry in dataset.entries()] == said


def test_tables_are_read_by_name(dataset):
    assert [row["video"] for row in dataset.table(VIDEOS)] == [take.source for take in TAKES]
    with pytest.raises(DataError, match=r"rejected\.csv is missing or damaged"):
        list(dataset.table("rejected.csv"))
    write_table(dataset.folder / "rejected.csv", ("file", "reason"), [('a "b", c.mp4', "line\nbreak")])
    assert list(dataset.table("rejected.csv")) == [{"file": 'a "b", c.mp4', "reason": "line\nbreak"}]
    (dataset.folder / VIDEOS).write_bytes(b"video\n\xff\xfe")
    with pytest.raises(DataError, match=r"videos\.csv is missing or damaged"):
        list(dataset.table(VIDEOS))


def test_procedural_datasets_are_marked(dataset, tmp_path):
    assert not dataset.procedural
    assert write_dataset(tmp_path / "scenes", TAKES, PrepareConfig(scenes="skiing")).procedural


def test_other_folders_hold_no_dataset(tmp_path):
    assert not is_dataset(tmp_path)
    with pytest.raises(DataError, match="holds no dataset"):
        open_dataset(tmp_path)
    (tmp_path / WORK).mkdir()
    with pytest.raises(DataError, match="is not complete") as caught:
        open_dataset(tmp_path)
    assert caught.value.remedy == "Go on with preparing it."


def test_newer_formats_are_refused(dataset):
    change(dataset.folder / INFO, '"format": 1', '"format": 2')
    with pytest.raises(DataError, match=r"newer f2v \(format 2\)"):
        open_dataset(dataset.folder)


@pytest.mark.parametrize("name", ["format", "config", "clips"])
@pytest.mark.parametrize("value", [None, [], "x", {"train": 3}])
def test_a_damaged_description_is_an_error_that_names_it(dataset, name, value):
    path = dataset.folder / INFO
    info = json.loads(path.read_text())
    for damaged in ({**info, name: value}, {key: info[key] for key in info if key != name}):
        path.write_text(json.dumps(damaged))
        with pytest.raises(DataError, match=r"dataset\.json is damaged"):
            open_dataset(dataset.folder)


@pytest.mark.parametrize("text", ["", "[]", "7", "{"])
def test_another_description_is_damaged(dataset, text):
    (dataset.folder / INFO).write_text(text)
    assert is_dataset(dataset.folder)
    with pytest.raises(DataError, match=r"dataset\.json is damaged"):
        open_dataset(dataset.folder)


@pytest.mark.parametrize(
    ("old", "new"), [("offset", "place"), (",10.0,", ",fast,"), (",6,16,16,", ",6,16\n")]
)
def test_a_damaged_index_is_an_error_that_names_it(dataset, old, new):
    change(dataset.folder / INDEX, old, new)
    with pytest.raises(DataError, match=r"index\.csv is missing or damaged"):
        list(dataset.entries())


def test_a_missing_index_is_an_error_that_names_it(dataset):
    (dataset.folder / INDEX).unlink()
    with pytest.raises(DataError, match=r"index\.csv is missing or damaged"):
        list(dataset.entries())


def test_a_damaged_or_missing_shard_is_an_error_that_names_it(dataset):
    entry, path = next(dataset.entries()), dataset.folder / SHARDS / "train-000000.tar"
    content = bytearray(path.read_bytes())
    content[entry.offset + 60] ^= 0x55
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"train-000000\.tar is damaged at byte 512"):
        dataset.read(entry)
    path.unlink()
    with pytest.raises(DataError, match=r"train-000000\.tar cannot be read"):
        dataset.read(entry)


def test_a_clip_of_another_shape_is_damage(dataset):
    change(dataset.folder / INDEX, ",6,16,16,", ",6,16,15,")
    with pytest.raises(DataError, match="is damaged at byte"):
        dataset.read(next(dataset.entries()))
