"""L2 distance to real clips, each generator against linear interpolation.

Run it with `python tests/benchmarks/quality.py FOLDER [MODEL ...]`: up to 200 fixed windows of the folder's videos,
3 seconds long or as long as the video's longest shot where that is shorter, 30 frames of 64x64. Printed are the
poster's figure (mean and standard deviation of the L2 distance), the ratio of the means, the median and mean of the
clips' own ratios, how many clips are won, and the energy of the Laplacian over that of the real clips (1 is as sharp
as they are).
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.folder import Footage, find_videos, read_footage
from f2v_core.data.windows import Window, fixed_windows
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.frames import FramePair
from f2v_core.generators.registry import create_generator
from f2v_core.messages import Notice

FRAMES, SIZE, SECONDS, WINDOWS = 30, 64, 3.0, 200
POSTER_LINEAR = "linear i/T"
"""The authors' form of the baseline: it divides by T and never quite reaches the last image."""


def read_all(folder: Path) -> list[Footage]:
    """The folder's usable videos; skipped files are named on stderr."""
    reading = read_footage(find_videos(folder), SIZE, 4.0, 0, "Reading")
    while True:
        try:
            event = next(reading)
        except StopIteration as end:
            return end.value
        if isinstance(event, Notice):
            print(event.text, file=sys.stderr)


def duration(window: Window) -> float:
    """Seconds from a window's first to its last frame."""
    times = window.footage.times[window.indices]
    return float(times[-1] - times[0])


def measured(name: str, clips: list[NDArray[np.uint8]]) -> tuple[NDArray[np.float64], float]:
    """(N,) L2 distances of a model's clips to the real ones, and the mean of their sharpness over the real."""
    generator = create_generator("linear" if name == POSTER_LINEAR else name)
    last = FRAMES if name == POSTER_LINEAR else FRAMES - 1
    times = [i / last for i in range(FRAMES)]
    made = [np.stack(list(generator.frames(FramePair(clip[0], clip[-1]), times))) for clip in clips]
    distances = [l2_distance(frames, clip) for frames, clip in zip(made, clips, strict=True)]
    sharpness = [detail(frames) / detail(clip) for frames, clip in zip(made, clips, strict=True)]
    return np.array(distances), float(np.mean(sharpness))


def detail(clip: NDArray[np.uint8]) -> float:
    """Mean square of the grey Laplacian over frames 5 to 24."""
    grey = clip[5:25].mean(axis=3, dtype=np.float32)
    inner = 4 * grey[:, 1:-1, 1:-1]
    around = grey[:, :-2, 1:-1] + grey[:, 2:, 1:-1] + grey[:, 1:-1, :-2] + grey[:, 1:-1, 2:]
    return float(np.square(inner - around).mean())


def main(folder: str, *models: str) -> None:
    """Print one row for each model."""
    footage = read_all(Path(folder))
    windows = fixed_windows(footage, FRAMES, SECONDS, WINDOWS)
    clips = [window.read(SIZE) for window in windows]
    short = sum(duration(window) < SECONDS - 0.1 for window in windows)
    print(
        f"{len(clips)} windows of {len(footage)} videos in {folder}, {short} of them shorter than {SECONDS:g} s"
    )
    print(
        f"{'model':10} {'L2 mean':>8} {'std':>6} {'ratio':>6} {'median':>7} {'mean':>6} {'won':>5} {'sharp':>6}"
    )
    baseline, _ = measured("linear", clips)
    for name in ("linear", POSTER_LINEAR, *(models or ("flow", "cvae", "cgan"))):
        distances, sharpness = measured(name, clips)
        ratios = distances / baseline
        print(
            f"{name:10} {distances.mean():8.1f} {distances.std():6.1f} {distances.mean() / baseline.mean():6.3f} "
            f"{np.median(ratios):7.3f} {ratios.mean():6.3f} {(ratios < 1).mean():5.0%} {sharpness:6.2f}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
