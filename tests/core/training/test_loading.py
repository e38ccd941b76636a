"""Loading: the same bytes whatever the workers; workers that obey only their trainer, and whose death is told."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice

import pytest
import torch

from f2v_core.config import TrainConfig
from f2v_core.data.dataset import SHARDS, open_dataset
from f2v_core.data.index import read_index
from f2v_core.data.reading import DecodedClips, StoredClips, decode_clips
from f2v_core.errors import DataError, RunError
from f2v_core.training import loading
from f2v_core.training.loading import Loader
from tests.datasets import squares, write_dataset

CONFIG = TrainConfig(size=16, frames=8, seconds=0.8, batch=3, loader_workers=0)
CPU = torch.device("cpu")


@pytest.fixture
def folder(tmp_path):
    return write_dataset(tmp_path / "set", squares(7, 0, frames=10, side=24)).folder


@pytest.fixture
def stored(folder) -> Iterator[StoredClips]:
    made = StoredClips(folder, read_index(open_dataset(folder), "train"))
    yield made
    made.close()


def first(loader: Loader, count: int, number: int = 0) -> list[torch.Tensor]:
    with closing(loader.batches(number)) as batches:
        return list(islice(batches, count))


def decoded(stored: StoredClips) -> DecodedClips:
    decoding = decode_clips(stored, "Decoding")
    while True:
        try:
            next(decoding)
        except StopIteration as end:
            return end.value


def same(one: list[torch.Tensor], other: list[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


def test_workers_read_the_same_bytes_obey_their_trainer_and_are_missed(stored):
    """One start of workers for all that concerns them."""
    wanted = first(Loader(stored, CONFIG, CPU), 12)
    randomness, handlers = (
        torch.get_rng_state(),
        [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGCHLD)],
    )
    batches = Loader(stored, replace(CONFIG, loader_workers=2), CPU).batches(0)
    assert same(list(islice(batches, 2)), wanted[:2])
    assert torch.equal(torch.get_rng_state(), randomness)
    assert [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGCHLD)] == handlers
    workers = multiprocessing.active_children()
    assert len(workers) == 2
    for worker in workers:
        os.kill(worker.pid, signal.SIGINT)  # Ctrl+C in a terminal reaches them as well
    assert same(list(islice(batches, 10)), wanted[2:])
    for worker in workers:
        worker.kill()
        worker.join()
    with pytest.raises(RunError, match="A process that reads clips for the training died") as caught:
        list(islice(batches, 10))
    assert "fewer loader workers" in caught.value.remedy


def test_workers_end_with_the_batches_and_errors_come_through_them(stored, folder):
    (folder / SHARDS / "train-000001.tar").unlink()
    batches = Loader(stored, replace(CONFIG, loader_workers=1), CPU).batches(0)
    with pytest.raises(DataError, match=r"^.*train-000001\.tar cannot be read: No such file or directory\."):
        list(islice(batches, 5))
    batches.close()
    assert multiprocessing.active_children() == []


KILLED = """
import multiprocessing, os, signal, sys, torch
from pathlib import Path
from f2v_core.config import TrainConfig
from f2v_core.data.dataset import open_dataset
from f2v_core.data.index import read_index
from f2v_core.data.reading import StoredClips
from f2v_core.training.loading import Loader
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    config = TrainConfig(size=16, frames=8, batch=3, loader_workers=1)
    clips = StoredClips(folder, read_index(open_dataset(folder), "train"))
    batches = Loader(clips, config, torch.device("cpu")).batches(0)
    next(batches)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_worker_outlives_a_killed_trainer(folder, tmp_path):
    """The pipe to the killed process ends when the last process that holds it does: its workers hold it too."""
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    done = subprocess.run(
        [sys.executable, str(script), str(folder)], capture_output=True, timeout=60, check=False, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_memory_gives_the_same_bytes_without_workers(stored):
    inside = Loader(decoded(stored), replace(CONFIG, loader_workers=5), CPU)
    assert inside._workers() == 0
    assert same(first(inside, 5), first(Loader(stored, CONFIG, CPU), 5))
    assert same(first(inside, 2, number=3), first(inside, 5)[3:])


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 1), (6, 3), (64, 8), (None, 1)])
def test_workers_suit_the_machine(stored, monkeypatch, cores, workers):
    monkeypatch.setattr(loading.os, "cpu_count", lambda: cores)
    unsaid, said = replace(CONFIG, loader_workers=-1), replace(CONFIG, loader_workers=3)
    gpu = torch.device("cuda")
    assert Loader(stored, unsaid, gpu)._workers() == workers
    assert Loader(stored, unsaid, CPU)._workers() == 0  # that one trains
    assert Loader(stored, said, gpu)._workers() == Loader(stored, said, CPU)._workers() == 3


def test_the_number_of_threads_that_train_is_left_as_it_is(stored):
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    first(Loader(stored, CONFIG, CPU), 2)
    assert torch.get_num_threads() == 3
    torch.set_num_threads(before)


def test_bugs_in_torchs_loader_are_not_taken_for_a_dead_worker():
    def broken() -> Iterator[torch.Tensor]:
        raise RuntimeError("shape mismatch")
        yield

    with pytest.raises(RuntimeError, match="shape mismatch"):
        loading._next(broken())


def test_signals_are_left_alone_outside_of_the_main_thread():
    seen = []

    def look():
        with loading._calm():
            seen.append(signal.getsignal(signal.SIGINT))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]
