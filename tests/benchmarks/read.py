"""Reading clips against a bare memory-map, and the training step with its loader against the step alone.

Run it with `python tests/benchmarks/read.py [DATASET]`. Without a dataset it makes two of moving textured clips, which
PNG shrinks about as much as real ones: one as prepare makes them, 30 frames of 64x64, and one with room for
augmentation, 72 frames of 80x107. Everything that is compared runs in one process, in turns. Printed are

- clips a second: batches of 12 in a training's random order, no looks, from a numpy memory-map of the decoded clips
  (`np.stack` of its rows), from memory, decoded here, and streamed by 1 and 2 worker processes, bytes all of them;
- seconds a step: the motion CVAE as configured (width 16, batch 12, 64 pixels) on one batch that lies in memory, and
  with all looks from memory, streamed as configured, and streamed by a worker process; of the last the steps that
  still live on what was read ahead are not counted. It is the lower quartile that is printed: other work on the machine
  only ever adds. Processor time is that of all threads of this process, without the worker's.
"""

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

import numpy as np
import torch
from torch.utils.data import DataLoader

from f2v_core.config import TrainConfig, train_preset
from f2v_core.data.dataset import Dataset, open_dataset
from f2v_core.data.index import read_index
from f2v_core.data.order import Order
from f2v_core.data.reading import Clips, DecodedClips, StoredClips, decode_clips
from f2v_core.models.networks import build_networks
from f2v_core.training.batches import ClipSet, Picks, RawBatch
from f2v_core.training.loading import Loader
from f2v_core.training.shares import divide
from f2v_core.training.step_kinds import make_step

sys.path.insert(0, str(Path(__file__).parents[2]))  # for the tests' own datasets, from wherever this is run
from tests.datasets import Take, write_dataset

CPU = torch.device("cpu")
CLIPS = 400
READ_S, READ_ROUNDS = 0.7, 5
STEPS, AHEAD = 20, 4
"""Steps of each kind; batches that a worker reads ahead."""


def textured(number: int, frames: int, height: int, width: int) -> np.ndarray:
    """A texture of several scales, with a little noise, that a camera pans over."""
    rng = np.random.default_rng(number)
    big = np.zeros((height + 64, width + 64, 3))
    for scale in (3, 8, 24):
        cells = rng.normal(0, 8 * scale**0.5, (*(-(-side // scale) for side in big.shape[:2]), 3))
        big += np.kron(cells, np.ones((scale, scale, 1)))[: big.shape[0], : big.shape[1]]
    path = np.linspace(rng.integers(0, 64, 2), rng.integers(0, 64, 2), frames).round().astype(int)
    clip = np.stack([big[y : y + height, x : x + width] for y, x in path])
    return (clip + rng.normal(128, 0.6, clip.shape)).clip(0, 255).astype(np.uint8)


def make_dataset(folder: Path, clips: int, frames: int, height: int, width: int, fps: float) -> Dataset:
    takes = (Take(textured(n, frames, height, width), f"{n}.mp4", fps=fps) for n in range(clips))
    return write_dataset(folder, takes, shard_clips=16)


def decoded(stored: StoredClips) -> DecodedClips:
    decoding = decode_clips(stored, "Decoding")
    while True:
        try:
            next(decoding)
        except StopIteration as end:
            return end.value


def mapped_batches(clips: DecodedClips, path: Path, picks: Picks) -> Iterator[np.ndarray]:
    """What a bare memory-map gives: the values of the picked clips, one after the other."""
    clips.values.tofile(path)
    values, starts = np.memmap(path, np.uint8, "r"), clips.starts
    for batch in picks:
        yield np.concatenate([values[starts[pick.row] : starts[pick.row + 1]] for pick in batch])


def read_batches(clips: Clips, picks: Picks, workers: int) -> Iterator[RawBatch]:
    """The same values by the training's own reader."""
    yield from DataLoader(
        ClipSet(clips, picks.config, raw=True),
        batch_sampler=picks,
        num_workers=workers,
        collate_fn=as_it_is,
        multiprocessing_context="spawn" if workers else None,
    )


def as_it_is(batch: RawBatch) -> RawBatch:
    return batch


def rate(batches: Iterator[object], clips: int) -> float:
    """Clips a second over at least `READ_S`, after the first batches, which were read ahead."""
    list(islice(batches, AHEAD + 1))
    start, taken = perf_counter(), 0
    while perf_counter() - start < READ_S:
        next(batches)
        taken += clips
    return taken / (perf_counter() - start)


def measure_reading(stored: StoredClips, inside: DecodedClips, config: TrainConfig, scratch: Path) -> None:
    picks = Picks(Order(stored.index, config.seed, config.source_clips), config, 0)
    running = {
        "memory-map": mapped_batches(inside, scratch / "values", picks),
        "from memory": read_batches(inside, picks, 0),
        "decoded here": read_batches(stored, picks, 0),
        "streamed, 1 worker": read_batches(stored, picks, 1),
        "streamed, 2 workers": read_batches(stored, picks, 2),
    }
    rates: dict[str, list[float]] = {name: [] for name in running}
    for _ in range(READ_ROUNDS):
        for name, batches in running.items():
            rates[name].append(rate(batches, config.batch))
    for batches in running.values():
        batches.close()
    base = median(rates["memory-map"])
    print(f"{'reading':22} {'clips/s':>9} {'of the map':>11}")
    for name, values in rates.items():
        print(f"{name:22} {median(values):9.0f} {median(values) / base:11.3f}")


def measure_steps(stored: StoredClips, inside: DecodedClips, config: TrainConfig) -> None:
    torch.manual_seed(0)
    step = make_step(build_networks(config), config)
    worker = replace(config, loader_workers=1)
    memory, stream, ahead = (
        Loader(clips, each, CPU).batches(0)
        for clips, each in ((inside, config), (stored, config), (stored, worker))
    )
    batch = next(memory)
    sources: dict[str, Callable[[], torch.Tensor]] = {
        "one batch": lambda: batch,
        "from memory": lambda: next(memory),
        "streamed": lambda: next(stream),
    }
    took: dict[str, list[float]] = {name: [] for name in [*sources, "streamed, 1 worker"]}
    busy: dict[str, list[float]] = {name: [] for name in took}

    def run(name: str, source: Callable[[], torch.Tensor]) -> None:
        wall, processor = perf_counter(), process_time()
        step.run(lambda: divide(source(), 1, config.seed, 0), 1.0, 0.5)
        took[name].append(perf_counter() - wall)
        busy[name].append(process_time() - processor)

    with closing(memory), closing(stream):
        for _ in range(STEPS):
            for name, source in sources.items():
                run(name, source)
    with closing(ahead):
        for _ in range(AHEAD + STEPS):
            run("streamed, 1 worker", lambda: next(ahead))
    wall, processor = (
        {name: quantiles(values[-STEPS:])[0] for name, values in measured.items()}
        for measured in (took, busy)
    )
    print(f"{'training step':22} {'seconds':>9} {'x the step':>11} {'processor':>10} {'x the step':>11}")
    for name, seconds in wall.items():
        print(
            f"{name:22} {seconds:9.3f} {seconds / wall['one batch']:11.3f} {processor[name]:10.3f} "
            f"{processor[name] / processor['one batch']:11.3f}"
        )


def measure(dataset: Dataset, scratch: Path) -> None:
    config = train_preset("cvae", "motion")
    stored = StoredClips(dataset.folder, read_index(dataset, "train"))
    inside = decoded(stored)
    size = stored.index.size.sum() / stored.index.nbytes().sum()
    print(
        f"\n{len(stored.index)} clips, the first of {stored.index.shape(0)}, PNG at {size:.0%} of their bytes"
    )
    measure_reading(stored, inside, config, scratch)
    measure_steps(stored, inside, config)


def main(folder: str = "") -> None:
    """Print both tables for each dataset."""
    print(f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} torch threads")
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        if folder:
            measure(open_dataset(Path(folder)), place)
        else:
            measure(make_dataset(place / "plain", CLIPS, 30, 64, 64, 10.0), place)
            measure(make_dataset(place / "room", CLIPS // 4, 72, 80, 107, 20.0), place)


if __name__ == "__main__":
    main(*sys.argv[1:])
