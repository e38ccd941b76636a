"""Small complete and unfinished datasets, with real shards, for the Data page's tests."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from f2v_core.config import PrepareConfig
from f2v_core.data.claim import write_plan
from f2v_core.data.dataset import (
    DUPLICATES,
    FORMAT,
    INFO,
    REJECTED,
    SHARDS,
    WORK,
    Dataset,
    open_dataset,
    write_index,
    write_table,
)
from f2v_core.data.records import SPLITS, ClipRecord
from f2v_core.data.shards import Entry, write_shard
from f2v_core.media.strips import encode_strip
from f2v_core.storage import write_json

CONFIG = PrepareConfig(videos="/videos")
FRAMES, SIDE = 4, 16


def record(number: int, **changes: Any) -> ClipRecord:
    """Number 0, 1, 2 are train, val, test; every second one erupts; motion falls with the number."""
    values: dict[str, Any] = {
        "key": f"clip-{number:05d}",
        "split": SPLITS[number % 3],
        "category": ("erupting", "skiing")[number % 2],
        "source": f"video {number}",
        "video": f'folder/a "{number}", b.mp4',
        "shot": 0,
        "start_s": 75.0 * number,
        "frames": FRAMES,
        "width": SIDE,
        "height": SIDE,
        "fps": 10.0,
        "motion": 1 / (number + 1),
        "linear_l2": float(number),
        "flags": ("static", "frozen") if number == 4 else (),
    }
    return ClipRecord(**values | changes)


def frames_of(number: int) -> np.ndarray:
    """(T, H, W, 3): frame t of clip n is the grey 10 n + t."""
    greys = 10 * number + np.arange(FRAMES, dtype=np.uint8)
    return np.broadcast_to(greys[:, None, None, None], (FRAMES, SIDE, SIDE, 3)).copy()


def write_clips(folder: Path, records: list[ClipRecord], name: str = "train-000000") -> list[Entry]:
    (folder / SHARDS).mkdir(parents=True, exist_ok=True)
    with write_shard(folder / SHARDS / f"{name}.tar") as writer:
        for number, each in enumerate(records):
            writer.add(each, encode_strip(frames_of(number)))
    return writer.entries


def make_dataset(
    folder: Path, records: list[ClipRecord] | None = None, config: PrepareConfig = CONFIG, **info: Any
) -> Dataset:
    """A complete dataset of six clips, two rejected files and one duplicate."""
    records = records or [record(number) for number in range(6)]
    entries = write_clips(folder, records)
    write_index(folder, entries)
    write_table(folder / REJECTED, ("file", "reason"), [("a.mp4", "It is empty."), ("b.mp4", "No video.")])
    write_table(
        folder / DUPLICATES,
        ("dropped", "split", "video", "kept", "kept_split", "kept_video", "distance"),
        [("clip-9", "train", "c.mp4", "clip-8", "test", "d.mp4", 3)],
    )
    counted = Counter((each.split, each.category) for each in records)
    clips = {split: {c: n for (s, c), n in counted.items() if s == split} for split in SPLITS}
    values = {
        "format": FORMAT, "config": config.to_json(), "layout": "folders", "split_rule": "By source video.",
        "procedural": bool(config.scenes), "videos": 6, "rejected": 2, "duplicates": 1, "clips": clips,
        "seconds": dict.fromkeys(SPLITS, 0.8), "dropped": {"frozen": 3, "short": 12, "static": 0},
        "flags": {"static": 1, "frozen": 1}, "sha256": folder.name,
        "shards": [{"name": "train-000000", "split": "train", "clips": 6, "nbytes": 12_345_678, "sha256": ""}],
    }  # fmt: skip
    write_json(folder / INFO, values | info)
    return open_dataset(folder)


def make_unfinished(folder: Path, config: PrepareConfig = CONFIG, clips: int = 3) -> Path:
    """A dataset in the making, with one finished shard where it has clips."""
    (folder / WORK).mkdir(parents=True)
    write_plan(folder, config)
    if clips:
        write_clips(folder, [record(number) for number in range(clips)])
    return folder
