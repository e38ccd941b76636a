"""Reading clips: the pixels that were written, few open files, damage named, memory filled once."""

import pickle

import numpy as np
import pytest

from f2v_core.data import reading
from f2v_core.data.dataset import SHARDS
from f2v_core.data.index import read_index
from f2v_core.data.reading import StoredClips, decode_clips
from f2v_core.errors import DataError
from tests.datasets import Take, moving_square, squares, write_dataset

TAKES = [*squares(5, 1, frames=8, side=16), Take(moving_square(9, 6, 16, 24), "wide.mp4")]
TRAINED = [take.clip for take in TAKES if take.split == "train"]


@pytest.fixture
def dataset(tmp_path):
    return write_dataset(tmp_path / "set", TAKES, shard_clips=2)


@pytest.fixture
def stored(dataset):
    made = StoredClips(dataset.folder, read_index(dataset, "train"))
    yield made
    made.close()


def decode(clips):
    events, decoding = [], decode_clips(clips, "Decoding")
    while True:
        try:
            events.append(next(decoding))
        except StopIteration as end:
            return end.value, events


def test_clips_come_back_as_they_were_written(stored):
    for row in (5, 0, 3, 3, 1, 2, 4):
        assert np.array_equal(stored.clip(row), TRAINED[row])


def test_few_files_stay_open(stored, monkeypatch):
    monkeypatch.setattr(reading, "OPEN_FILES", 1)
    for row in (0, 2, 4, 0):
        assert np.array_equal(stored.clip(row), TRAINED[row])
        assert len(stored._files) == 1


def test_a_reader_can_be_sent_to_another_process(stored):
    stored.clip(0)
    copy = pickle.loads(pickle.dumps(stored))
    assert np.array_equal(copy.clip(4), TRAINED[4])
    copy.close()


def test_memory_holds_the_same_clips(stored, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 4)
    decoded, events = decode(stored)
    assert [(event.stage, event.done, event.total) for event in events] == [
        ("Decoding", 4, 6),
        ("Decoding", 6, 6),
    ]
    for row, clip in enumerate(TRAINED):
        assert np.array_equal(decoded.clip(row), clip)
    assert decoded.values.nbytes == sum(clip.nbytes for clip in TRAINED)
    assert not stored._files


def flip(path, place):
    content = bytearray(path.read_bytes())
    content[place] ^= 0x55
    path.write_bytes(content)


def test_damage_is_an_error_that_names_the_shard_and_the_remedy(stored, dataset):
    shard = dataset.folder / SHARDS / "train-000001.tar"
    flip(shard, int(stored.index.offset[2]) + 100)
    for read in (lambda: stored.clip(2), lambda: decode(stored)):
        with pytest.raises(DataError, match=r"train-000001\.tar is damaged at byte 512\.") as caught:
            read()
        assert caught.value.remedy == "Delete the dataset's folder and prepare it again."


def test_a_cut_off_or_missing_shard_is_an_error_that_names_it(stored, dataset):
    shard = dataset.folder / SHARDS / "train-000002.tar"
    shard.write_bytes(shard.read_bytes()[:700])
    with pytest.raises(DataError, match=r"train-000002\.tar is damaged at byte 512"):
        stored.clip(4)
    (dataset.folder / SHARDS / "train-000000.tar").unlink()
    with pytest.raises(DataError, match=r"train-000000\.tar cannot be read: No such file"):
        stored.clip(0)


def test_a_clip_of_another_shape_than_the_index_says_is_damage(stored):
    stored.index.width[0] = 15
    with pytest.raises(DataError, match="is damaged"):
        stored.clip(0)


def test_too_little_memory_is_an_error_in_words(stored, monkeypatch):
    def refuse(*_):
        raise MemoryError

    monkeypatch.setattr(reading.np, "empty", refuse)
    with pytest.raises(DataError, match=r"0\.0 GB of memory are not there"):
        decode(stored)
