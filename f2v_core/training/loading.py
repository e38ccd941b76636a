"""Loading: batches by number, read and changed here or in worker processes, brought to the device."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from f2v_core.config import TrainConfig
from f2v_core.data.order import Order
from f2v_core.data.reading import Clips, StoredClips
from f2v_core.errors import F2vError, RunError
from f2v_core.training.batches import ClipSet, Loaded, Picks

MOST_WORKERS = 8
"""Of those that `loader_workers` -1 takes: half of the cores, up to this."""


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
        try:
            while True:
                batch = _next(loaded)
                if isinstance(batch, F2vError):
                    raise batch
                yield batch if isinstance(batch, Tensor) else batch.finish(self._device, self._config)
        finally:
            del loaded  # an error's traceback would keep it, and with it the workers

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
