"""Batches in the making: picks by position, finished here or raw for the GPU, errors as values."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import numpy as np
import pytest
import torch

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look, random_look
from f2v_core.data.dataset import SHARDS
from f2v_core.data.index import read_index
from f2v_core.data.order import Order
from f2v_core.data.reading import StoredClips
from f2v_core.errors import DataError
from f2v_core.models.tensors import to_float
from f2v_core.training.batches import ClipSet, Pick, Picks, RawBatch
from tests.datasets import Take, moving_square, write_dataset

CONFIG = TrainConfig(size=16, frames=8, seconds=0.8, batch=3, seed=4)
SHAPES = [(19, 20, 20), (19, 20, 36), (19, 30, 20), (8, 16, 16)]


@pytest.fixture
def clips(tmp_path):
    takes = [Take(moving_square(n, *shape), str(n), fps=20.0) for n, shape in enumerate(SHAPES)]
    dataset = write_dataset(tmp_path / "set", takes)
    made = StoredClips(dataset.folder, read_index(dataset, "train"))
    yield made
    made.close()


def test_picks_go_on_from_any_batch(clips):
    order = Order(clips.index, 4, 0)
    picks = list(islice(Picks(order, CONFIG, 0), 6))
    assert [len(batch) for batch in picks] == [3] * 6
    assert list(islice(Picks(order, CONFIG, 4), 2)) == picks[4:]
    assert picks[2][1] == Pick(order.row(7), random_look(4, 7))


def test_without_augmentation_looks_change_nothing(clips):
    plain = TrainConfig(augment=False, batch=2)
    (batch,) = islice(Picks(Order(clips.index, 0, 0), plain, 0), 1)
    assert {pick.look for pick in batch} == {Look()}


def test_clips_of_all_shapes_share_a_batch_and_raw_ones_end_up_the_same(clips):
    (picks,) = islice(Picks(Order(clips.index, 4, 0), TrainConfig(batch=4, seed=4), 0), 1)
    finished = ClipSet(clips, CONFIG, raw=False).__getitems__(picks)
    assert isinstance(finished, torch.Tensor)
    assert finished.shape == (4, 8, 16, 16, 3)
    raw = ClipSet(clips, CONFIG, raw=True).__getitems__(picks)
    assert isinstance(raw, RawBatch)
    assert raw.values.shape == (sum(np.prod(shape) * 3 for shape in SHAPES),)
    assert torch.equal(raw.finish(torch.device("cpu"), CONFIG), to_float(finished))


@pytest.mark.parametrize("raw", [False, True])
def test_threads_make_the_same_batches(clips, raw):
    (picks,) = islice(Picks(Order(clips.index, 4, 0), TrainConfig(batch=9, seed=4), 0), 1)
    alone = ClipSet(clips, CONFIG, raw=raw).__getitems__(picks)
    with ThreadPoolExecutor(3) as pool:
        together = ClipSet(clips, CONFIG, raw=raw, pool=pool).__getitems__(picks)
    if raw:
        assert torch.equal(together.values, alone.values)
    else:
        assert torch.equal(together, to_float(alone))


def test_an_error_comes_back_as_a_value(clips, tmp_path):
    (tmp_path / "set" / SHARDS / "train-000001.tar").unlink()
    error = ClipSet(clips, CONFIG, raw=False).__getitems__([Pick(0, Look()), Pick(3, Look())])
    assert isinstance(error, DataError)
    assert "train-000001.tar cannot be read" in error.message
