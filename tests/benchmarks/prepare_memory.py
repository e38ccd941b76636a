"""Memory while many tiny videos are prepared: `python tests/benchmarks/prepare_memory.py --count 100000`.

A few thousand distinct videos are encoded and linked under as many names as wanted. `f2v prepare` runs in a process of
its own; each second the memory of all its processes is summed: resident (RSS; the pages of a library count in every
process that has it) against the limit, and anonymous (what the processes allocated, which no other program's start or
end changes) against growth.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import numpy as np

from f2v_core.frames import Frame
from f2v_core.media.export import export_clip

LIMIT_MB = 500
SIDE, FRAMES, FPS = 64, 32, 10.0
PER_FOLDER = 1000


class Sample(NamedTuple):
    """Megabytes of all processes at a time."""

    seconds: float
    resident: float
    anonymous: float
    processes: int


def main() -> None:
    """Make the videos, prepare them and print the memory over time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000, help="how many videos")
    parser.add_argument("--distinct", type=int, default=4096, help="how many of them differ")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="f2v-memory-") as place:
        begun = monotonic()
        videos = make_videos(Path(place), args.count, args.distinct)
        print(f"{args.count} videos, {args.distinct} of them distinct, made in {monotonic() - begun:.0f} s")
        command = [
            sys.executable,
            "-m",
            "f2v_core.cli.main",
            "prepare",
            str(videos),
            "-o",
            f"{place}/dataset",
        ]
        with subprocess.Popen([*command, "--workers", str(args.workers)]) as prepare:
            samples = watch(prepare)
    report(samples)
    sys.exit(prepare.returncode)


def make_videos(place: Path, count: int, distinct: int) -> Path:
    """A folder of folders of `PER_FOLDER` hard links each."""
    originals = place / "originals"
    originals.mkdir()
    for number in range(distinct):
        for _ in export_clip(moving_noise(number), FRAMES, FPS, originals / f"{number}.mp4"):
            pass
    videos = place / "videos"
    for number in range(count):
        folder = videos / f"{number // PER_FOLDER:05d}"
        if number % PER_FOLDER == 0:
            folder.mkdir(parents=True)
        os.link(originals / f"{number % distinct}.mp4", folder / f"{number:07d}.mp4")
    return videos


def moving_noise(seed: int) -> list[Frame]:
    """Coarse coloured noise that slides: one shot, something moves, and no two seeds look alike."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (SIDE // 8, SIDE // 8, 3), np.uint8)
    picture = coarse.repeat(8, axis=0).repeat(8, axis=1)
    dy, dx = rng.integers(1, 4, 2)
    return [np.roll(picture, (int(dy) * t, int(dx) * t), axis=(0, 1)) for t in range(FRAMES)]


def watch(process: "subprocess.Popen[bytes]") -> list[Sample]:
    """The memory of the process and all that come of it, each second until it ends."""
    begun = monotonic()
    samples: list[Sample] = []
    while process.poll() is None:
        family = [memory(pid) for pid in descendants(process.pid)]
        resident, anonymous = (sum(each) for each in zip(*family, strict=True))
        samples.append(Sample(monotonic() - begun, resident, anonymous, len(family)))
        parts = " + ".join(f"{each:.1f}" for _, each in family)
        print(
            f"{samples[-1].seconds:6.0f} s {resident:6.0f} MB resident, {anonymous:6.1f} = {parts} MB anonymous"
        )
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            continue
    return samples


def descendants(root: int) -> list[int]:
    """The process and all its living children and theirs."""
    family = [root]
    for pid in family:  # grows meanwhile
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                family += map(int, task.read_text().split())
            except OSError:  # just ended
                continue
    return family


def memory(pid: int) -> tuple[float, float]:
    """The process's resident and anonymous megabytes; 0 when it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0.0, 0.0
    kilobytes = {name: int(amount) for name, amount, _ in map(str.split, lines)}
    return kilobytes["Rss:"] * 1.024e-3, kilobytes["Anonymous:"] * 1.024e-3


def report(samples: list[Sample]) -> None:
    """Print the maximum, and how much a straight line rises through the second half of the time with all processes."""
    highest = max(samples, key=lambda each: each.resident)
    verdict = "under" if highest.resident < LIMIT_MB else "NOT under"
    print(
        f"maximum {highest.resident:.0f} MB resident after {highest.seconds:.0f} s: {verdict} {LIMIT_MB} MB"
    )
    most = max(each.processes for each in samples)
    working = [each for each in samples if each.processes == most]
    seconds, anonymous = np.array([(each.seconds, each.anonymous) for each in working[len(working) // 2 :]]).T
    slope = np.polyfit(seconds, anonymous, 1)[0] if len(seconds) > 1 else 0.0
    rise, span = slope * np.ptp(seconds), np.ptp(seconds)
    print(
        f"anonymous memory in the second half of the time with all processes: {rise:+.1f} MB in {span:.0f} s"
    )


if __name__ == "__main__":
    main()
