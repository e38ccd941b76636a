"""Tiny videos of wandering bars, and the way from them to a dataset."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np

from f2v_core.config import PrepareConfig
from f2v_core.data.dataset import Dataset, open_dataset
from f2v_core.data.engines.engine import make_engine
from f2v_core.data.prepare import prepare
from f2v_core.media.export import export_clip
from f2v_core.messages import DatasetReady

INLINE = make_engine("local", 0, None)


class StoppedEngine:
    """An engine whose user presses Ctrl+C at once."""

    @contextmanager
    def run(self, function, tasks):
        raise KeyboardInterrupt
        yield


def write_video(path: Path, number: int, frames: int = 45) -> None:
    """A bar that wanders to and fro over a backdrop of its own, at 10 frames a second."""
    rng = np.random.default_rng(number)
    backdrop = np.kron(rng.integers(0, 200, (6, 8, 3), dtype=np.uint8), np.ones((8, 8, 1), np.uint8))
    clip = np.repeat(backdrop[None], frames, axis=0)
    for index in range(frames):
        left = abs((index + number * 5) % 112 - 56)
        clip[index, :, left : left + 8] = 255 - backdrop[:, left : left + 8]
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in export_clip(clip, frames, 10.0, path):
        pass


def make(config: PrepareConfig, folder: Path, workers: int = 0) -> Dataset:
    *_, last = prepare(config, folder, make_engine("local", workers, None))
    assert last == DatasetReady(str(folder))
    return open_dataset(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
