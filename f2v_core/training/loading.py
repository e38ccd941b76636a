"""Batches for training: picked by position, read and changed here or in worker processes, brought to the device."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look, random_look
from f2v_core.data.order import Order, batch_positions
from f2v_core.data.reading import Clips, StoredClips
from f2v_core.errors import F2vError, RunError
from f2v_core.training.augmentation import apply_look

MOST_WORKERS = 8
"""Of those that `loader_workers` -1 takes: half of the cores, up to this."""


class Pick(NamedTuple):
    """A clip of a batch: its row in the index, and its look."""

    row: int
    look: Look


@dataclass(frozen=True)
class Picks:
    """The picks of batch after batch without end, from batch `number` on."""

    order: Order
    config: TrainConfig
    number: int

    def __iter__(self) -> Iterator[list[Pick]]:
        for number in count(self.number):
            positions = batch_positions(number, self.config.batch)
            yield [Pick(self.order.row(position), self._look(position)) for position in positions]

    def _look(self, position: int) -> Look:
        return random_look(self.config.seed, position) if self.config.augment else Look()


@dataclass(frozen=True, eq=False)
class RawBatch:
    """Clips as they are stored, whatever their shapes, in one piece for the way to the GPU.

    Attributes:
        values: all their values one after the other, (n,) uint8.
        shapes: (T, H, W, 3) of each.
        rates: frames per second of each.
        looks: what is to be made of each.
    """

    values: Tensor
    shapes: tuple[tuple[int, ...], ...]
    rates: tuple[float, ...]
    looks: tuple[Look, ...]

    def pin_memory(self) -> "RawBatch":
        """The same in memory that the GPU reads by itself; torch's loader calls it."""
        return RawBatch(self.values.pin_memory(), self.shapes, self.rates, self.looks)

    def finish(self, device: torch.device, config: TrainConfig) -> Tensor:
        """Bring all to the device in one go and apply the looks there: (B, T, size, size, 3) uint8."""
        values = self.values.to(device, non_blocking=True)
        parts = torch.split(values, [int(np.prod(shape)) for shape in self.shapes])
        clips = zip(parts, self.shapes, self.looks, self.rates, strict=True)
        return torch.stack(
            [apply_look(part.view(shape), look, fps, config) for part, shape, look, fps in clips]
        )


Loaded = Tensor | RawBatch | F2vError


class ClipSet(Dataset[Pick]):
    """Makes a batch of picks, in whichever process: finished, (B, T, size, size, 3) uint8, or raw for the GPU."""

    def __init__(self, clips: Clips, config: TrainConfig, *, raw: bool) -> None:
        self._clips, self._config, self._raw = clips, config, raw

    def __getitems__(self, picks: list[Pick]) -> Loaded:
        """The batch; or the error instead, which torch would wrap in a traceback's text if it were raised here."""
        try:
            return self._take(picks) if self._raw else self._finish(picks)
        except F2vError as error:
            return error

    def _take(self, picks: list[Pick]) -> RawBatch:
        clips = [self._clips.clip(row) for row, _ in picks]
        values = np.concatenate([clip.reshape(-1) for clip in clips])
        shapes = tuple(clip.shape for clip in clips)
        rates = tuple(self._fps(row) for row, _ in picks)
        return RawBatch(torch.from_numpy(values), shapes, rates, tuple(look for _, look in picks))

    def _finish(self, picks: list[Pick]) -> Tensor:
        with _one_thread():
            clips = [self._one(row, look) for row, look in picks]
        return torch.stack(clips)

    def _one(self, row: int, look: Look) -> Tensor:
        clip: NDArray[np.uint8] = self._clips.clip(row)
        return apply_look(torch.from_numpy(clip), look, self._fps(row), self._config)

    def _fps(self, row: int) -> float:
        return float(self._clips.index.fps[row])


class Loader:
    """Gives the batches of a run by number: the same ones whatever the workers, the memory and the device."""

    def __init__(self, clips: Clips, config: TrainConfig, device: torch.device) -> None:
        self._clips, self._config, self._device = clips, config, device
        self._order = Order(clips.index, config.seed, config.source_clips)

    def batches(self, number: int) -> Iterator[Tensor]:
        """Batches from `number` on without end, (B, T, size, size, 3) uint8 on the device; closing ends the workers.

        Raises:
            DataError: a shard is missing or damaged. RunError: a worker process died.
        """
        loaded = self._start(number)
        while True:
            batch = _next(loaded)
            if isinstance(batch, F2vError):
                raise batch
            yield batch if isinstance(batch, Tensor) else batch.finish(self._device, self._config)

    def close(self) -> None:
        """Let go of open files."""
        self._clips.close()

    def _start(self, number: int) -> Iterator[Loaded]:
        gpu = self._device.type == "cuda"
        workers = self._workers()
        loader = DataLoader(
            ClipSet(self._clips, self._config, raw=gpu),
            batch_sampler=Picks(self._order, self._config, number),
            num_workers=workers,
            collate_fn=_as_it_is,
            pin_memory=gpu,
            multiprocessing_context="spawn" if workers else None,
            worker_init_fn=_begin_worker,
            generator=torch.Generator(),  # it draws a number: not from those that training is repeated with
        )
        with _calm():
            return iter(loader)

    def _workers(self) -> int:
        if not isinstance(self._clips, StoredClips):
            return 0  # in memory there is nothing to wait for
        wish = self._config.loader_workers
        return wish if wish >= 0 else max(1, min(MOST_WORKERS, (os.cpu_count() or 1) // 2))


def _as_it_is(batch: Any) -> Any:  # noqa: ANN401 - torch types it as a list, which __getitems__ does not give
    return batch


def _begin_worker(_number: int) -> None:
    """Ctrl+C in a terminal is for the process that trains, which then ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _calm() -> Iterator[None]:
    """Start workers that ignore Ctrl+C from their first moment, and keep torch from raising in the midst of a step.

    Torch's loader lets the signal of a dying worker raise an error wherever the main thread is; without that the
    death is told where the next batch is asked for, between two steps.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [signal.SIGINT, *([signal.SIGCHLD] if hasattr(signal, "SIGCHLD") else [])]
    before = {number: signal.getsignal(number) for number in numbers}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _next(loaded: Iterator[Loaded]) -> Loaded:
    try:
        return next(loaded)
    except RuntimeError as error:
        if "DataLoader worker" not in str(error):
            raise
        raise RunError(
            f"A process that reads clips for the training died: {error}.",
            "It may have lacked memory: resume with fewer loader workers.",
        ) from error


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let torch work in this thread alone: clips are small, and waiting for a second thread takes longer."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
