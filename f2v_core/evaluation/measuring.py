"""What a method makes of the clips' ends, batch by batch: measured and let go of, or kept where few are wanted."""

from collections.abc import Generator, Sequence
from statistics import median
from time import perf_counter
from typing import IO

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.records import ClipRecord
from f2v_core.data.stage import Stage
from f2v_core.evaluation.cache import Measured
from f2v_core.evaluation.clips import append_clips, appended_clips, batches
from f2v_core.evaluation.metrics import l2_distance, measure_clip
from f2v_core.evaluation.predictors import Predictor
from f2v_core.evaluation.records import ClipFigures
from f2v_core.messages import StageProgress

Clips = NDArray[np.uint8]
"""(B, T, H, W, 3) uint8 RGB."""


def make_clips(method: Predictor, real: Clips, draw: int | None) -> Clips:
    """What a method makes between the first and the last frames of real clips."""
    return method.predict(real[:, 0], real[:, -1], real.shape[1], draw)


def make_primary(method: Predictor, real: Clips, file: IO[bytes]) -> Generator[StageProgress, None, Clips]:
    """Make all of a method's clips in the draw that users see first, into an empty temporary file.

    Returns:
        (N, 30, 64, 64, 3) uint8 RGB, as they lie in the file.

    Raises:
        DataError: the disk is full.
    """
    yield from method.prepare()
    stage = Stage(f"Making clips of {method.name}", len(real))
    for part in batches(len(real)):
        append_clips(file, make_clips(method, real[part], method.primary))
        stage.done = min(part.stop, len(real))
        yield stage.progress()
    return appended_clips(file, len(real))


def measure_method(
    method: Predictor,
    real: Clips,
    records: Sequence[ClipRecord],
    linear: Sequence[ClipFigures] | None,
    draws: int,
    title: str,
) -> Generator[StageProgress, None, Measured]:
    """Make and measure a method's clips, 16 at a time; returns the figures.

    Args:
        real: (N, T, H, W, 3) uint8 RGB, which may lie on the disk; `records`: what the dataset says of each.
        linear: linear interpolation's figures on the same clips; None: this is linear interpolation.
        draws: how many videos of each pair to make of a method that has a latent.
        title: of the stage.
    """
    yield from method.prepare()
    stage, seconds = Stage(title, len(real)), list[float]()
    figures: list[ClipFigures] = []
    yield stage.progress()
    make_clips(method, real[:1], method.primary)  # what is slow but once is not part of the pace
    for part in batches(len(real)):
        batch = np.asarray(real[part])
        start = perf_counter()
        made = make_clips(method, batch, method.primary)
        seconds.append((perf_counter() - start) / len(batch))
        samples = yield from _samples(method, batch, made, draws, stage)
        distances = None if linear is None else [each.l2 for each in linear[part]]
        figures += _measure_batch(batch, made, records[part], distances, samples)
        stage.done = len(figures)
        yield stage.progress()
    return Measured(tuple(figures), median(seconds))


def _samples(
    method: Predictor, batch: Clips, made: Clips, draws: int, stage: Stage
) -> Generator[StageProgress, None, list[Clips]]:
    """The batch at the latent's mean, then each draw; nothing for a method without a latent.

    Each of them takes a network a while, so that between them there is a place to stop.
    """
    samples = list[Clips]()
    for draw in (None, *range(draws)) if method.draws else ():
        samples.append(made if draw == method.primary else make_clips(method, batch, draw))
        yield stage.progress()
    return samples


def _measure_batch(
    batch: Clips,
    made: Clips,
    records: Sequence[ClipRecord],
    linear: Sequence[float] | None,
    samples: Sequence[Clips],
) -> list[ClipFigures]:
    return [
        measure_clip(
            record.key,
            record.source,
            record.category,
            real=batch[row],
            linear_l2=l2_distance(made[row], batch[row]) if linear is None else linear[row],
            made=made[row],
            at_mean=samples[0][row] if samples else None,
            draws=[each[row] for each in samples[1:]],
        )
        for row, record in enumerate(records)
    ]
