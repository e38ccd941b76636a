"""How well networks tell generated clips from real ones: a classifier two-sample test (Lopez-Paz & Oquab 2017)."""

from collections.abc import Generator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from f2v_core.config import Device
from f2v_core.data.stage import Stage
from f2v_core.errors import DataError
from f2v_core.evaluation.classifier import WindowClassifier, Windows, draw_windows, new_classifier
from f2v_core.messages import StageProgress
from f2v_core.models.networks import choose_device

FOLDS = 2
STEPS = 100
"""Of training, for each of the networks."""
PAIRS = 16
"""A batch holds so many windows of real clips, and the same windows of their generated counterparts."""
RATE, DECAY = 1e-3, 1e-2
"""AdamW's learning rate, which falls linearly to 0, and its weight decay."""
SCORED = 4
"""Windows of each clip that are scored, one by one: to average them would push every method towards 1."""

Clips = NDArray[np.uint8]


def discriminate(
    real: Clips, generated: Clips, sources: Sequence[str], seed: int, device: Device = "cpu"
) -> Generator[StageProgress, None, float]:
    """Train networks to tell real from generated windows; return how well they do on videos they have not seen.

    The sources are dealt into two halves, and a network trained on one is asked about the other. The same seed gives
    every method the same halves, first weights and windows, so that methods can be compared, and on a CPU the same
    figure each time. Closing the iterator stops it.

    Args:
        real, generated: (N, T, H, W, 3) uint8 RGB, clip by clip between the same end frames; T is at least 7.
        sources: (N,) the video that each real clip is from.
        seed: 0 or higher.

    Returns:
        The area under the ROC curve of single windows, mean over the halves: 0.5 cannot be told apart, 1 always can.

    Raises:
        DataError: all clips are from one video; at the first step.
        InputError: there is no such device; at the first step.
    """
    rng, where = np.random.default_rng(seed), choose_device(device)
    fold = split_sources(sources, FOLDS, rng)
    stage = Stage("Telling real from generated", FOLDS * STEPS)
    areas = []
    for held in range(FOLDS):
        network = new_classifier(int(rng.integers(2**31)), where)
        yield from _train(network, real, generated, np.flatnonzero(fold != held), rng, stage)
        areas.append(_held_out_area(network, real, generated, np.flatnonzero(fold == held), rng))
    return float(np.average(areas, weights=np.bincount(fold)))


def split_sources(sources: Sequence[str], folds: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """(N,) fold of each clip: clips of one source stay together, and the folds are about as large as each other.

    Raises:
        DataError: there are fewer sources than folds.
    """
    names, source = np.unique(np.asarray(sources), return_inverse=True)
    if len(names) < folds:
        raise DataError(
            f"Realism takes clips of at least {folds} videos; here they are of {len(names)}.",
            "Take a split with more videos, or set classifier_seeds to 0.",
        )
    counts, sizes = np.bincount(source), np.zeros(folds, np.int64)
    place = np.empty(len(names), np.int64)
    shuffled = rng.permutation(len(names))
    for number in shuffled[np.argsort(-counts[shuffled], kind="stable")]:  # the largest first
        place[number] = sizes.argmin()
        sizes[place[number]] += counts[number]
    return place[source]


def area_under_curve(positive: NDArray[np.floating], negative: NDArray[np.floating]) -> float:
    """How often one of the (P,) scores lies above one of the (N,) others, 0..1; ties count half.

    The rank statistic of Mann & Whitney 1947: the area under the ROC curve.
    """
    scores = np.concatenate([positive, negative])
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]  # those that tie share the mean of their ranks
    above = ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(above / (len(positive) * len(negative)))


def _train(
    network: WindowClassifier,
    real: Clips,
    generated: Clips,
    rows: NDArray[np.int64],
    rng: np.random.Generator,
    stage: Stage,
) -> Generator[StageProgress, None, None]:
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, STEPS)
    for _ in range(STEPS):
        windows = draw_windows(rng.choice(rows, PAIRS, replace=len(rows) < PAIRS), real.shape, rng)
        loss = _loss(*_scores(network, windows, real, generated))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        stage.done += 1
        yield stage.progress()


def _loss(real: Tensor, generated: Tensor) -> Tensor:
    """The mean cross entropy of (B,) logits of each."""
    return (functional.softplus(-real) + functional.softplus(generated)).mean() / 2


def _scores(
    network: WindowClassifier, windows: Windows, real: Clips, generated: Clips
) -> tuple[Tensor, Tensor]:
    """(B,) logits of the same windows of real and of generated clips."""
    cut = torch.cat([windows.cut(real), windows.cut(generated)]).to(network.last.weight.device)
    logits = network(cut)
    return logits[: len(windows.rows)], logits[len(windows.rows) :]


@torch.no_grad()
def _held_out_area(
    network: WindowClassifier,
    real: Clips,
    generated: Clips,
    rows: NDArray[np.int64],
    rng: np.random.Generator,
) -> float:
    scores = []
    for start in range(0, len(rows), PAIRS):
        windows = draw_windows(np.repeat(rows[start : start + PAIRS], SCORED), real.shape, rng)
        scores.append(torch.stack(_scores(network, windows, real, generated)).cpu().numpy())
    return area_under_curve(*np.concatenate(scores, axis=1))
