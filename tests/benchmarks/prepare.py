"""Preparing against `ffmpeg` that only decodes and scales: `python tests/benchmarks/prepare.py [VIDEOS] [ROUNDS]`.

Both work on the same files with two processes on the same cores, in turns. Ours finds the cuts, measures, hashes and
writes the shards, too; its workers are started and warm before the clock runs, ffmpeg starts once a file. What counts
is the ratio to ffmpeg's faster variant; processor time stands beside it, for machines that are busy with other things.
Without VIDEOS a few are made: three seconds each, as in Moments in Time.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np

from f2v_core.config import prepare_preset
from f2v_core.data.cutting.making import make_shard
from f2v_core.data.plan import ShardTask, VideoItem
from f2v_core.media.export import export_clip

JOBS = 2
SHARDS = 16
MADE = 48
ENDINGS = frozenset(".264 .avi .gif .mjpeg .mkv .mov .mp4 .webm".split())
FILTER = "fps=10,scale=64:64:flags=area:force_original_aspect_ratio=increase,crop=64:64"


def make_videos(folder: Path) -> None:
    """Videos of 90 frames of 340x256: clouds that drift at their own speeds, each its own."""
    for number in range(MADE):
        random = np.random.default_rng(number)
        coarse = random.integers(0, 256, (16, 24, 3), dtype=np.uint8)
        fine = random.integers(0, 48, (256, 680, 3), dtype=np.uint8)
        cloud = coarse.repeat(16, axis=0).repeat(680 // 24 + 1, axis=1)[:, :680] // 5 * 4 + fine
        frames = (cloud[:, i * (1 + number % 3) : i * (1 + number % 3) + 340] for i in range(90))
        for _ in export_clip(frames, 90, 30, folder / f"{number:03}.mp4"):
            pass


def find(folder: Path) -> list[Path]:
    """All videos, the largest first."""
    found = [path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS]
    return sorted(found, key=lambda path: -path.stat().st_size)


def tasks(videos: list[Path], folder: Path, dataset: Path) -> Iterator[ShardTask]:
    """Shards of about the same number of bytes."""
    parts: list[list[Path]] = [[] for _ in range(min(SHARDS, len(videos)))]
    for path in videos:
        min(parts, key=lambda part: sum(each.stat().st_size for each in part)).append(path)
    for number, part in enumerate(parts):
        items = tuple(VideoItem(path.relative_to(folder).as_posix(), "", path.stem) for path in part)
        yield ShardTask(
            str(dataset), f"train-{number:06}", "train", prepare_preset("windows", videos=str(folder)), items
        )


def ours(pool: ProcessPoolExecutor, videos: list[Path], folder: Path) -> tuple[int, float]:
    """Prepare all videos; returns how many clips that gives, and the processor's seconds."""
    with TemporaryDirectory() as dataset:
        for name in ("shards", ".work"):
            (Path(dataset) / name).mkdir()
        results = list(pool.map(make_one, list(tasks(videos, folder, Path(dataset)))))
    return sum(clips for clips, _ in results), sum(seconds for _, seconds in results)


def make_one(task: ShardTask) -> tuple[int, float]:
    start = process_time()
    result = make_shard(task)
    return len(result.entries), process_time() - start


def theirs(videos: list[Path], threads: str) -> float:
    """Decode and scale all videos with ffmpeg, two at a time; returns the processor's seconds."""

    def run(path: Path) -> None:
        command = ["ffmpeg", "-v", "quiet", "-nostdin", "-threads", threads, "-i", str(path), "-an"]
        subprocess.run([*command, "-vf", FILTER, "-f", "rawvideo", "-y", os.devnull], check=False)

    before = children_time()
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(run, videos))
    return children_time() - before


def children_time() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(work: Callable[[], float]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    start = perf_counter()
    cpu = work()
    return perf_counter() - start, cpu


def compare(folder: Path, rounds: int) -> None:
    """Print files a second of all three, and the ratio."""
    videos = find(folder)
    with ProcessPoolExecutor(JOBS, mp_context=get_context("spawn")) as pool:
        ours(pool, videos[-JOBS:], folder)  # the workers start
        clips, _ = ours(pool, videos, folder)
        ways: dict[str, Callable[[], float]] = {
            "f2v, 2 processes": lambda: ours(pool, videos, folder)[1],
            "ffmpeg -threads 1, 2 processes": lambda: theirs(videos, "1"),
            "ffmpeg -threads auto, 2 processes": lambda: theirs(videos, "0"),
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, work in ways.items():
                times[name].append(timed(work))
    print(f"{len(videos)} videos, {sum(path.stat().st_size for path in videos) / 1e6:.1f} MB, {clips} clips, "
          f"{rounds} rounds in turns, medians")  # fmt: skip
    clock = {name: median(seconds for seconds, _ in each) for name, each in times.items()}
    cpu = {name: median(seconds for _, seconds in each) for name, each in times.items()}
    for name in ways:
        print(f"{name:34} {len(videos) / clock[name]:7.2f} files/s, processor {cpu[name]:6.2f} s  "
              f"({', '.join(f'{seconds:.2f}' for seconds, _ in times[name])} s)")  # fmt: skip
    mine, *others = ways
    print(f"ratio to the faster ffmpeg: {min(clock[each] for each in others) / clock[mine]:.2f} (the target is 0.8), "
          f"in processor time {min(cpu[each] for each in others) / cpu[mine]:.2f}")  # fmt: skip


def main() -> None:
    """Compare on a folder, or on videos made for it."""
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    if len(sys.argv) > 1:
        compare(Path(sys.argv[1]), rounds)
        return
    with TemporaryDirectory() as folder:
        make_videos(Path(folder))
        compare(Path(folder), rounds)


if __name__ == "__main__":
    main()
