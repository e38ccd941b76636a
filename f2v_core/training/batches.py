"""Batches in the making: which clips with which looks, as they are stored and as training wants them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look, random_look
from f2v_core.data.order import Order, batch_positions
from f2v_core.data.reading import Clips
from f2v_core.errors import F2vError
from f2v_core.training.augmentation import apply_look


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
        return apply_look(torch.from_numpy(self._clips.clip(row)), look, self._fps(row), self._config)

    def _fps(self, row: int) -> float:
        return float(self._clips.index.fps[row])


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let torch work in this thread alone: clips are small, and waiting for a second thread takes longer."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
