"""L2 against sharpness as a model's knobs move: `python tests/benchmarks/knobs.py DATASET MODEL [SPLIT]`.

One line for each setting of detail and variation: mean L2 over linear interpolation's, and the energy of the Laplacian
over the real clips', in one sample of each clip. Choose settings on val, the default, not on test.
"""

import sys
from contextlib import closing

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import EvaluateConfig
from f2v_core.evaluation.clips import FRAMES, select_clips
from f2v_core.evaluation.metrics import l2_distance, sharpness
from f2v_core.evaluation.structure import luma
from f2v_core.frames import FramePair, frame_times
from f2v_core.generators.learned import Learned
from f2v_core.generators.linear import Linear
from f2v_core.generators.registry import resolve_model

DETAILS, VARIATIONS = (0.0, 0.25, 0.5, 0.75, 1.0), (0.0, 0.25, 0.5, 0.75, 1.0)
AT_ONCE = 16


def main(data: str, model: str, split: str = "val") -> None:
    """Print one row for each setting."""
    config = EvaluateConfig.from_json({"data": data, "split": split})
    with closing(select_clips(config)) as chosen:
        real = np.stack([chosen.clip(place) for place in range(len(chosen))])
    linear = np.stack([Linear().clip(FramePair(clip[0], clip[-1]), FRAMES, 10.0).frames for clip in real])
    far, sharp = figures(linear, real)
    print(f"{len(real)} clips of {split}")
    print(f"{'detail':>7}{'variation':>10}{'ratio':>8}{'sharpness':>10}")
    print(f"{'linear':>17}{1:8.3f}{sharp:10.2f}")
    learned = Learned(resolve_model(model))
    details = DETAILS if learned.card.kind == "cgan" else ()
    for amount, variation in (*((each, 1.0) for each in details), *((1.0, each) for each in VARIATIONS)):
        learned.detail, learned.variation = amount, variation
        ours, sharp = figures(make(learned, real), real)
        print(f"{amount:7.2f}{variation:10.2f}{ours / far:8.3f}{sharp:10.2f}", flush=True)


def make(learned: Learned, real: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """One sample of each clip."""
    times = frame_times(FRAMES).tolist()
    parts = [real[first : first + AT_ONCE] for first in range(0, len(real), AT_ONCE)]
    return np.concatenate([learned.clips(part[:, 0], part[:, -1], times, seed=0) for part in parts])


def figures(made: NDArray[np.uint8], real: NDArray[np.uint8]) -> tuple[float, float]:
    """Mean L2 distance, and mean sharpness."""
    distances = [l2_distance(a, b) for a, b in zip(made, real, strict=True)]
    sharp = [sharpness(luma(a), luma(b)) for a, b in zip(made, real, strict=True)]
    return float(np.mean(distances)), float(np.mean(sharp))


if __name__ == "__main__":
    main(*sys.argv[1:])
