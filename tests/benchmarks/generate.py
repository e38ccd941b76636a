"""Time to generate 30 frames for each generator, and whether both ends are exact.

Run it with `python tests/benchmarks/generate.py`. All generators run in one process, in turns, so that the ratios
to `linear` hold on a noisy machine.
"""

import platform
import resource
import sys
from statistics import median
from time import perf_counter

import cv2
import numpy as np
import torch

from f2v_core import FramePair, load_pair
from f2v_core.assets import resource_folder
from f2v_core.frames import frame_times
from f2v_core.generators.base import ClipGenerator
from f2v_core.generators.registry import create_generator

MODELS = ("linear", "flow", "cvae", "cgan")
SIZES = ((64, 64), (1920, 1080))
FRAMES = 30
ROUNDS = 5


def seconds_to_make(generator: ClipGenerator, pair: FramePair) -> float:
    start = perf_counter()
    for _ in generator.frames(pair, frame_times(FRAMES).tolist()):
        pass
    return perf_counter() - start


def worst_end_difference(name: str, pair: FramePair) -> int:
    """The largest absolute difference of frame 0 and frame N - 1 to the two images."""
    first, *_, last = create_generator(name).frames(pair, frame_times(5).tolist())
    differences = (np.abs(a.astype(int) - b).max() for a, b in ((first, pair.first), (last, pair.last)))
    return int(max(differences))


def main() -> None:
    """Print one table for each size."""
    folder = next(iter(sorted((resource_folder() / "samples").iterdir())))
    print(f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} torch threads, "
          f"{cv2.getNumThreads()} OpenCV threads, Python {sys.version.split()[0]}")  # fmt: skip
    for size in SIZES:
        pair = load_pair(folder / "first.jpg", folder / "last.jpg", size=size)
        generators = {name: create_generator(name) for name in MODELS}
        times: dict[str, list[float]] = {name: [] for name in MODELS}
        for _ in range(ROUNDS):
            for name, generator in generators.items():
                times[name].append(seconds_to_make(generator, pair))
        print(f"\n{FRAMES} frames of {size[0]}x{size[1]}, median of {ROUNDS} rounds after the first")
        print(f"{'generator':10} {'seconds':>8} {'ms/frame':>9} {'x linear':>9} {'worst end difference':>21}")
        base = median(times["linear"][1:])
        for name in MODELS:
            took = median(times[name][1:])
            print(f"{name:10} {took:8.3f} {1000 * took / FRAMES:9.1f} {took / base:9.1f} "
                  f"{worst_end_difference(name, pair):21d}")  # fmt: skip
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
