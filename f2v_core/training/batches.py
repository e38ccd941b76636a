"""Batches in the making: which clips with which looks, as they are stored and as training wants them."""

from collections.abc import Iterator
from concurrent.futures import Executor
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
from f2v_core.models.looks import apply_look, apply_look_here
from f2v_core.models.tensors import to_float


class Pick(NamedTuple):
    """A clip of a batch: its row in the index, and its look."""

    row: int
    look: Look


@dataclass(frozen=True)
class Picks:
    """The picks of batch after batch without end, from batch `number` on; of one of `ranks` processes its part."""

    order: Order
    config: TrainConfig
    number: int
    rank: int = 0
    ranks: int = 1

    def __iter__(self) -> Iterator[list[Pick]]:
        for number in count(self.number):
            positions = batch_positions(number, self.config.batch, self.rank, self.ranks)
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
        """Bring all to the device in one go and apply the looks there: (B, T, 3, size, size) float in 0..1."""
        values = self.values.to(device, non_blocking=True)
        parts = torch.split(values, [int(np.prod(shape)) for shape in self.shapes])
        clips = zip(parts, self.shapes, self.looks, self.rates, strict=True)
        return to_float(
            torch.stack([apply_look(part.view(shape), look, fps, config) for part, shape, look, fps in clips])
        )


Loaded = Tensor | RawBatch | F2vError


class ClipSet(Dataset[Pick]):
    """Makes a batch of picks: raw for the GPU, or else finished.

    With a pool its threads make the clips side by side, as floats at once, (B, T, 3, size, size) in 0..1. Without one
    a batch is made of bytes, (B, T, size, size, 3) uint8, which travel from a worker process in a quarter of the space.
    """

    def __init__(self, clips: Clips, config: TrainConfig, *, raw: bool, pool: Executor | None = None) -> None:
        self._clips, self._config, self._raw, self._pool = clips, config, raw, pool

    def __getitems__(self, picks: list[Pick]) -> Loaded:
        """The batch; or the error instead, which torch would wrap in a traceback's text if it were raised here."""
        try:
            if self._raw:
                return self._take(picks)
            return self._finish_here(self._pool, picks) if self._pool else self._finish(picks)
        except F2vError as error:
            return error

    def _take(self, picks: list[Pick]) -> RawBatch:
        rows = [row for row, _ in picks]
        clips = list(self._pool.map(self._clips.clip, rows) if self._pool else map(self._clips.clip, rows))
        values = np.concatenate([clip.reshape(-1) for clip in clips])
        shapes = tuple(clip.shape for clip in clips)
        return RawBatch(
            torch.from_numpy(values), shapes, tuple(map(self._fps, rows)), tuple(look for _, look in picks)
        )

    def _finish(self, picks: list[Pick]) -> Tensor:
        batch = torch.empty((len(picks), *self._shape), dtype=torch.uint8)
        for place, pick in zip(batch, picks, strict=True):
            place.copy_(self._one(pick))
        return batch

    def _finish_here(self, pool: Executor, picks: list[Pick]) -> Tensor:
        frames, height, width, channels = self._shape
        values = np.empty((len(picks), frames, channels, height, width), np.float32)
        batch = torch.from_numpy(values)  # NumPy asks for large pages, which are there in a fifth of the time
        list(pool.map(lambda place, pick: apply_look_here(*self._stored(pick), place), batch, picks))
        return batch

    @property
    def _shape(self) -> tuple[int, int, int, int]:
        return self._config.frames, self._config.size, self._config.size, 3

    def _one(self, pick: Pick) -> Tensor:
        return apply_look(*self._stored(pick))

    def _stored(self, pick: Pick) -> tuple[Tensor, Look, float, TrainConfig]:
        """What a training clip is made of."""
        clip = torch.from_numpy(self._clips.clip(pick.row))
        return clip, pick.look, self._fps(pick.row), self._config

    def _fps(self, row: int) -> float:
        return float(self._clips.index.fps[row])
