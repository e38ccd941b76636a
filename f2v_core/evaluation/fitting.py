"""The few numbers of the simple methods, fitted to a dataset's training clips; no split that is compared is touched."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
import torch
from numpy.typing import NDArray

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look
from f2v_core.data.dataset import INDEX, INFO, Dataset
from f2v_core.data.index import ClipIndex, read_index
from f2v_core.data.order import source_ranks
from f2v_core.data.reading import StoredClips
from f2v_core.data.shards import AGAIN
from f2v_core.data.stage import Stage
from f2v_core.errors import DataError
from f2v_core.evaluation.adaptive_blur import Coefficients, clip_sums, fit_coefficients
from f2v_core.evaluation.code_digest import code_digest
from f2v_core.evaluation.simple import blur_distances, fit_sigma
from f2v_core.messages import StageProgress
from f2v_core.models.looks import apply_look

CLIPS = 200
"""Most clips of a fit: more change no figure by a thousandth, and take longer."""
FEWEST = 24
"""With fewer training clips than these a fit would learn them by heart: the program's own numbers are taken."""
LONG_ENOUGH = 0.9
"""Share of the time between the ends that a clip must span; shorter ones are kept for training only."""
_SHAPE = TrainConfig()

OWN_SIGMA = 0.5
OWN_COEFFICIENTS: Coefficients = np.array([
    [[0.1634, -0.3377, 0.1180, -0.7284], [-0.1514, -0.0344, 0.2208, 0.2373], [-0.1263, -0.0064, -0.3213, 0.0589]],
    [[-0.3892, -0.1090, -1.2378, -0.1827], [0.0402, 0.1185, 0.3523, 0.5666], [0.4767, 0.0487, 0.8776, 0.2071]],
])  # fmt: skip
"""What this module finds for 200 real clips of 35 videos of all kinds: for datasets that have too few."""


@dataclass(frozen=True)
class Fit:
    """What was fitted.

    Attributes:
        sigma: of the blurred cross-fade, see `simple.BlurredLinear`.
        coefficients: of the adaptive blur cross-fade, see `adaptive_blur`.
    """

    sigma: float
    coefficients: Coefficients


OWN = Fit(OWN_SIGMA, OWN_COEFFICIENTS)


class Fitting:
    """A fit to the training clips of a dataset, made when it is first asked for, and only once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._fit: Fit | None = None

    @cached_property
    def digest(self) -> str:
        """Changes with the dataset and with the code that fits; reads no clip.

        Raises:
            DataError: the dataset's index is missing.
        """
        digest = sha256(code_digest(__name__).encode())
        for name in (INFO, INDEX):
            path = self._dataset.folder / name
            try:
                digest.update(path.read_bytes())
            except OSError as error:
                raise DataError(f"{path} cannot be read: {error.strerror}.", AGAIN) from error
        return digest.hexdigest()

    def prepare(self) -> Iterator[StageProgress]:
        """Make the fit, clip by clip: some seconds of work. Closed before its end it leaves none.

        Raises:
            DataError: the index or a shard is missing or damaged.
        """
        if self._fit is None:
            self._fit = yield from _make_fit(self._dataset)

    @property
    def fit(self) -> Fit:
        """What was fitted, after `prepare` if that was not called.

        Raises:
            DataError: as `prepare`.
        """
        for _ in self.prepare():
            pass
        return self._fit or OWN


def _make_fit(dataset: Dataset) -> Generator[StageProgress, None, Fit]:
    """A fit to about 200 clips; the program's own numbers where there are few."""
    if not dataset.count("train"):
        return OWN
    index = read_index(dataset, "train")
    rows = fitting_rows(index)
    if len(rows) < FEWEST:
        return OWN
    stage, distances, sums = Stage("Fitting the blurred cross-fades", len(rows)), [], []
    with closing(StoredClips(dataset.folder, index)) as stored:
        yield stage.progress()
        for row in rows:
            clip = _middle(stored, row)
            distances.append(blur_distances(clip))
            sums.append(clip_sums(clip))
            stage.done += 1
            yield stage.progress()
    return Fit(fit_sigma(distances), fit_coefficients(sums))


def fitting_rows(index: ClipIndex) -> list[int]:
    """At most `CLIPS` rows of clips that are long enough, spread over their sources as evenly as can be."""
    spans = (index.frames.astype(np.float64) - 1) / index.fps
    rows = np.flatnonzero(spans >= LONG_ENOUGH * _SHAPE.seconds)
    ranks = source_ranks(index.source[rows], 0)
    return sorted(rows[np.lexsort((rows, ranks))][:CLIPS].tolist())


def _middle(stored: StoredClips, row: int) -> NDArray[np.uint8]:
    """A clip as those that are compared: (30, 64, 64, 3) uint8, the middle of what is stored."""
    clip = torch.from_numpy(stored.clip(row))
    return apply_look(clip, Look(), float(stored.index.fps[row]), _SHAPE).numpy()
