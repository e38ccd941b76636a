"""Loading: batches by number, read and changed here or in worker processes, brought to the device."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from f2v_core.config import TrainConfig
from f2v_core.data.order import Order
from f2v_core.data.reading import Clips, StoredClips
from f2v_core.errors import F2vError, RunError
from f2v_core.models.tensors import to_float
from f2v_core.training.batches import ClipSet, Loaded, Picks, RawBatch

MOST_WORKERS = 8
"""That `loader_workers` -1 takes for a GPU: half of the cores, up to this."""


class Loader:
    """Gives the batches of a run by number: the same ones whatever the workers, the memory and the device."""

    def __init__(
        self, clips: Clips, config: TrainConfig, device: torch.device, rank: int = 0, ranks: int = 1
    ) -> None:
        """`rank`: which of `ranks` processes that train together; each gets its part of every batch."""
        self._clips, self._config, self._device = clips, config, device
        self._rank, self._ranks = rank, ranks
        self._order = Order(clips.index, config.seed, config.source_clips)

    def batches(self, number: int) -> Iterator[Tensor]:
        """Batches from `number` on without end, (B, T, 3, size, size) float in 0..1 on the device.

        Closing the iterator ends the workers.

        Raises:
            DataError: a shard is missing or damaged. RunError: a worker process died.
        """
        workers = self._workers()
        with nullcontext() if workers else _threads() as pool:
            loaded = self._start(number, workers, pool)
            try:
                while True:
                    batch = _next(loaded)
                    if isinstance(batch, F2vError):
                        raise batch
                    yield self._finished(batch)
            finally:
                del loaded  # an error's traceback would keep it, and with it the workers

    def _finished(self, batch: Tensor | RawBatch) -> Tensor:
        if isinstance(batch, RawBatch):
            return batch.finish(self._device, self._config)
        return (batch if batch.is_floating_point() else to_float(batch)).to(self._device)

    def close(self) -> None:
        """Let go of open files."""
        self._clips.close()

    def _start(self, number: int, workers: int, pool: Executor | None) -> Iterator[Loaded]:
        loader = DataLoader(
            ClipSet(self._clips, self._config, raw=self._on_gpu, pool=pool),
            batch_sampler=Picks(self._order, self._config, number, self._rank, self._ranks),
            num_workers=workers,
            collate_fn=_as_it_is,
            pin_memory=self._on_gpu,
            multiprocessing_context="spawn" if workers else None,
            worker_init_fn=_begin_worker,
            generator=torch.Generator(),  # it draws a number: not from those that training is repeated with
        )
        with _calm():
            return iter(loader)

    @property
    def _on_gpu(self) -> bool:
        return self._device.type == "cuda"

    def _workers(self) -> int:
        """How many processes read ahead.

        Where the processor trains it is busy with that: processes beside it make its threads wait for each other, and
        reading on all cores between two steps takes less. In memory there is nothing to wait for.
        """
        if not isinstance(self._clips, StoredClips):
            return 0
        if self._config.loader_workers >= 0:
            return self._config.loader_workers
        return max(1, min(MOST_WORKERS, (os.cpu_count() or 1) // 2)) if self._on_gpu else 0


def _threads() -> Executor:
    """A thread for each core, in each of which torch works alone: clips are small, and their number is threads enough.

    Torch keeps a number of threads for each thread; this one asks for its own before others are set.
    """
    torch.get_num_threads()
    return ThreadPoolExecutor(os.cpu_count(), initializer=torch.set_num_threads, initargs=(1,))


def _as_it_is(batch: Any) -> Any:  # noqa: ANN401 - torch types it as a list, which __getitems__ does not give
    return batch


def _begin_worker(_number: int) -> None:
    """Ctrl+C in a terminal is for the process that trains, which then ends its workers; its death ends them too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process as soon as the one that trains is killed: torch's own watch takes seconds, and then aborts."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


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
    """The next batch; a worker's death shows as a lost connection, or as an error that torch words."""
    try:
        return next(loaded)
    except (EOFError, OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "DataLoader worker" not in str(error):
            raise
        raise RunError(
            "A process that reads clips for the training died.",
            "It may have lacked memory: resume with fewer loader workers.",
        ) from error
