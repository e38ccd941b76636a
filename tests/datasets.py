"""Small datasets for tests, written clip by clip: nothing is cut from videos."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import PrepareConfig
from f2v_core.data.dataset import (
    FORMAT,
    INDEX,
    INFO,
    SHARDS,
    VIDEOS,
    Dataset,
    open_dataset,
    write_index,
    write_table,
)
from f2v_core.data.records import ClipRecord, Split
from f2v_core.data.shards import Entry, write_shard
from f2v_core.media.strips import encode_strip
from f2v_core.storage import write_json

VIDEO_COLUMNS = (
    "video",
    "split",
    "category",
    "source",
    "seconds",
    "width",
    "height",
    "fps",
    "clips",
    "licence",
    "credit",
)


class Take(NamedTuple):
    """A clip of a dataset in the making: (T, H, W, 3) uint8 RGB, the video it is from, and its split."""

    clip: NDArray[np.uint8]
    source: str
    split: Split = "train"
    fps: float = 10.0
    licence: str = ""
    credit: str = ""


def moving_square(number: int, frames: int = 30, side: int = 64, width: int = 0) -> NDArray[np.uint8]:
    """A bright square that travels over a gradient, (frames, side, width or side, 3); each number its own way."""
    rng = np.random.default_rng(number)
    width = width or side
    clip = np.empty((frames, side, width, 3), np.uint8)
    clip[:] = np.linspace(20, 120, width, dtype=np.uint8)[None, None, :, None]
    square = side // 3
    start, end = rng.integers(0, side - square, (2, 2))
    colour = rng.integers(120, 256, 3)
    for frame, t in zip(clip, np.linspace(0, 1, frames), strict=True):
        x, y = (start + t * (end - start)).round().astype(int)
        frame[y : y + square, x : x + square] = colour
    return clip


def squares(train: int = 6, val: int = 2, **shape: int) -> list[Take]:
    """So many moving squares for each split, each its own source."""
    splits: list[Split] = ["train"] * train + ["val"] * val
    return [Take(moving_square(n, **shape), f"square-{n}.mp4", split) for n, split in enumerate(splits)]


def write_dataset(
    folder: Path, takes: Iterable[Take], config: PrepareConfig | None = None, shard_clips: int = 3
) -> Dataset:
    """Write a complete dataset; a shard takes `shard_clips` clips of one split, in the order given."""
    takes = list(takes)
    entries: list[Entry] = []
    (folder / SHARDS).mkdir(parents=True)
    for split in dict.fromkeys(take.split for take in takes):
        chosen = [take for take in takes if take.split == split]
        for number, first in enumerate(range(0, len(chosen), shard_clips)):
            entries += _write_shard(folder, f"{split}-{number:06d}", chosen[first : first + shard_clips])
    write_index(folder, entries)
    write_table(folder / VIDEOS, VIDEO_COLUMNS, _videos(takes))
    counts = Counter(take.split for take in takes)
    clips = {split: {"": count} for split, count in counts.items()}
    config = config or PrepareConfig(videos="videos")
    digest = sha256((folder / INDEX).read_bytes()).hexdigest()
    write_json(
        folder / INFO, {"format": FORMAT, "config": config.to_json(), "clips": clips, "sha256": digest}
    )
    return open_dataset(folder)


def _write_shard(folder: Path, name: str, takes: Sequence[Take]) -> list[Entry]:
    with write_shard(folder / SHARDS / f"{name}.tar") as writer:
        for number, take in enumerate(takes):
            frames, height, width, _ = take.clip.shape
            record = ClipRecord(
                f"{name}-{number:05d}", take.split, "", take.source, take.source, 0, 0.0, frames, width, height,
                take.fps, 0.1, 10.0,
            )  # fmt: skip
            writer.add(record, encode_strip(take.clip))
    return writer.entries


def _videos(takes: Sequence[Take]) -> Iterable[tuple[object, ...]]:
    clips = Counter(take.source for take in takes)
    for take in {take.source: take for take in takes}.values():
        _, height, width, _ = take.clip.shape
        yield (
            take.source, take.split, "", take.source, 3.0, width, height, take.fps, clips[take.source],
            take.licence, take.credit,
        )  # fmt: skip
