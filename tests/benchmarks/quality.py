"""L2 distance to real clips, each generator against linear interpolation.

Run it with `python tests/benchmarks/quality.py DATASET [MODEL ...]`: up to 200 clips of the dataset's test split (of
val where it has no test), spread over its videos, as 30 frames of 64x64. Printed are the poster's figure (mean and
standard deviation of the L2 distance), the ratio of the means, the median and mean of the clips' own ratios, how many
clips are won, and the energy of the Laplacian over that of the real clips (1 is as sharp as they are).
"""

import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look
from f2v_core.data.dataset import open_dataset
from f2v_core.data.index import read_index
from f2v_core.data.order import spread_rows
from f2v_core.data.reading import StoredClips
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.frames import FramePair
from f2v_core.generators.registry import create_generator
from f2v_core.models.looks import apply_look

FRAMES, SIZE, CLIPS = 30, 64, 200
POSTER_LINEAR = "linear i/T"
"""The authors' form of the baseline: it divides by T and never quite reaches the last image."""


def read_clips(folder: Path) -> tuple[list[NDArray[np.uint8]], str]:
    """The clips, (30, 64, 64, 3) each, and a sentence about them."""
    dataset = open_dataset(folder)
    if dataset.procedural:
        sys.exit(f"{folder} holds procedural scenes: they say nothing about real videos.")
    split = "test" if dataset.count("test") else "val"
    index = read_index(dataset, split)
    rows, shape = spread_rows(index, CLIPS), TrainConfig(frames=FRAMES, size=SIZE)
    with closing(StoredClips(folder, index)) as stored:
        clips = [
            apply_look(torch.from_numpy(stored.clip(row)), Look(), float(index.fps[row]), shape).numpy()
            for row in rows
        ]
    sources = len(set(index.source[rows].tolist()))
    return clips, f"{len(clips)} of {len(index)} {split} clips of {folder}, from {sources} videos"


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
    clips, words = read_clips(Path(folder))
    print(words)
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
