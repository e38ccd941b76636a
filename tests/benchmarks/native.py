"""Frames of 1920x1080 by a trained model: time for each against two OpenCV remaps and a blend, and the memory it takes.

Run it with `python tests/benchmarks/native.py [MODEL]`. Both are made in turns in one process on all cores, so that
their ratio holds where other programs use the machine; the best times are nearest to an idle machine's.
"""

import resource
import sys
from statistics import median
from time import perf_counter

import cv2
import numpy as np

from f2v_core import load_pair
from f2v_core.assets import resource_folder
from f2v_core.frames import Frame, FramePair
from f2v_core.generators.registry import create_generator
from f2v_core.media.optical_flow import Flow, positions

SIZE = 1920, 1080
FRAMES = 20
TARGET_MS, TARGET_GB = 60.0, 2.0


def moved_and_blended(pair: FramePair, places: Flow) -> Frame:
    """The least that moving both images takes."""
    half = np.full(places.shape[:2], 0.5, np.float32)
    one, other = (
        cv2.remap(image, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        for image in (pair.first, pair.last)
    )
    return cv2.blendLinear(one, other, half, half)


def main() -> None:
    """Print one line for each sample pair, and the memory of the whole process."""
    generator = create_generator(sys.argv[1] if len(sys.argv) > 1 else "cvae")
    places = positions(SIZE) + np.float32(3.3)
    print(f"{'pair':10}{'to first, ms':>14}{'frame, ms':>11}{'median':>8}{'remaps, ms':>12}{'median':>8}"
          f"{'ratio':>7}{'median':>8}   target {TARGET_MS:.0f} ms")  # fmt: skip
    for folder in sorted((resource_folder() / "samples").iterdir()):
        pair = load_pair(folder / "first.jpg", folder / "last.jpg", size=SIZE)
        frames = generator.frames(pair, np.linspace(0, 1, FRAMES + 3).tolist())
        start = perf_counter()
        next(frames), next(frames)
        begun = 1000 * (perf_counter() - start)
        ours, least = [], []
        for _ in range(FRAMES):
            start = perf_counter()
            next(frames)
            between = perf_counter()
            moved_and_blended(pair, places)
            ours.append(1000 * (between - start))
            least.append(1000 * (perf_counter() - between))
        ratios = [a / b for a, b in zip(ours, least, strict=True)]
        print(f"{folder.name:10}{begun:14.0f}{min(ours):11.1f}{median(ours):8.1f}{min(least):12.1f}"
              f"{median(least):8.1f}{min(ours) / min(least):7.2f}{median(ratios):8.2f}")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory of the process {peak:.2f} GB, target {TARGET_GB:.0f} GB")


if __name__ == "__main__":
    main()
