"""Figures of methods: taken from earlier evaluations where nothing they depend on changed, else worked out and kept."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import EvaluateConfig
from f2v_core.errors import DataError
from f2v_core.evaluation.cache import FigureCache, Measured, Told, cache_key
from f2v_core.evaluation.clips import ComparedClips, read_clips
from f2v_core.evaluation.code_digest import code_digest
from f2v_core.evaluation.measuring import make_primary, measure_method
from f2v_core.evaluation.predictors import Predictor
from f2v_core.evaluation.realism import discriminate
from f2v_core.evaluation.records import ClipFigures, Interval
from f2v_core.messages import EvaluateEvent, Notice, StageProgress
from f2v_core.models.networks import choose_device

UNJUDGED = ("hold", "linear i/T")
"""Classifiers would tell these at once, and nobody asks."""


class Figures:
    """The figures of one evaluation's methods."""

    def __init__(self, config: EvaluateConfig, clips: ComparedClips, file: IO[bytes]) -> None:
        """`file`: an empty temporary one, where the clips lie when they are needed."""
        self._config, self._clips, self._file = config, clips, file
        self._cache = FigureCache()
        self._real: NDArray[np.uint8] | None = None
        self._known: dict[str, Measured | Told] = {}

    def recall(self, methods: Sequence[Predictor]) -> Iterator[EvaluateEvent]:
        """Look up what earlier evaluations worked out, and say what that is; damaged files are as good as none."""
        found = []
        for method in methods:
            asked: list[tuple[type[Measured | Told], str]] = [(Measured, self._key(method))]
            asked += [(Told, self._seed_key(method, seed)) for seed in self._seeds(method)]
            for kind, key in asked:
                yield from self._look_up(kind, key)
            if all(key in self._known for _, key in asked):
                found.append(method.name)
        if self._config.classifier_seeds and not self._judged:
            yield Notice("Classifiers are left out: they take clips of two videos or more.")
        if found:
            yield Notice(f"Known from an earlier evaluation of the same clips: {', '.join(found)}.")

    def _look_up(self, kind: type[Measured | Told], key: str) -> Iterator[EvaluateEvent]:
        try:
            value = self._cache.read(kind, key)
        except DataError as error:
            yield Notice(str(error))
            return
        if value is not None:
            self._known[key] = value

    def measured(
        self, method: Predictor, linear: Sequence[ClipFigures] | None
    ) -> Generator[EvaluateEvent, None, Measured]:
        """The figures of a method's clips.

        Args:
            linear: linear interpolation's; None: this is linear interpolation.
        """
        key = self._key(method)
        known = self._known.get(key)
        if isinstance(known, Measured):
            return known
        real, draws = (yield from self._read()), self._config.draws
        title = f"Measuring {method.name}"
        measured = yield from measure_method(method, real, self._clips.records, linear, draws, title)
        yield from self._keep(key, measured)
        return measured

    def realism(self, method: Predictor) -> Generator[EvaluateEvent, None, Interval | None]:
        """How well classifiers tell a method's clips from real ones: mean over the seeds, with their range."""
        seeds = self._seeds(method)
        unknown = [seed for seed in seeds if self._seed_key(method, seed) not in self._known]
        if unknown:
            yield from self._train_classifiers(method, unknown)
        told = [self._known[self._seed_key(method, seed)] for seed in seeds]
        areas = [each.auc for each in told if isinstance(each, Told)]
        return Interval(sum(areas) / len(areas), min(areas), max(areas)) if areas else None

    def _train_classifiers(self, method: Predictor, seeds: Sequence[int]) -> Iterator[EvaluateEvent]:
        real = yield from self._read()
        sources = self._sources
        with TemporaryFile(prefix="f2v-made-") as file:
            made = yield from make_primary(method, real, file)
            for seed in seeds:
                number = f"{seed - self._config.seed + 1}/{self._config.classifier_seeds}"
                telling = discriminate(real, made, sources, seed, self._config.device)
                auc = yield from _renamed(telling, f"Telling {method.name} from real {number}")
                yield from self._keep(self._seed_key(method, seed), Told(auc))

    def _read(self) -> Generator[EvaluateEvent, None, NDArray[np.uint8]]:
        """All real clips; they are read when they are first needed."""
        if self._real is None:
            self._real = yield from read_clips(self._clips, self._file)
        return self._real

    def _keep(self, key: str, value: Measured | Told) -> Iterator[EvaluateEvent]:
        self._known[key] = value
        try:
            self._cache.write(key, value)
        except DataError as error:
            yield Notice(f"Figures are not kept for the next time: {error}")

    def _seeds(self, method: Predictor) -> range:
        """The classifiers' seeds; none for methods that are not judged."""
        judged = self._judged and method.name not in UNJUDGED
        count = self._config.classifier_seeds if judged else 0
        return range(self._config.seed, self._config.seed + count)

    def _key(self, method: Predictor) -> str:
        draws, code = self._config.draws if method.draws else 0, code_digest(measure_method.__module__)
        return cache_key("figures", code, method.fingerprint, draws, *self._clips_key)

    def _seed_key(self, method: Predictor, seed: int) -> str:
        """A classifier is another one on another kind of device: sums differ in their last digits, training in more."""
        code = [code_digest(each.__module__) for each in (make_primary, discriminate)]
        device = choose_device(self._config.device).type
        return cache_key("realism", *code, method.fingerprint, device, seed, *self._clips_key)

    @cached_property
    def _sources(self) -> list[str]:
        return [record.source for record in self._clips.records]

    @property
    def _judged(self) -> bool:
        """Whether there is a video to train classifiers on and another one to ask them about."""
        return len(set(self._sources)) > 1

    @cached_property
    def _clips_key(self) -> tuple[str, ...]:
        """What the clips are: the dataset's content, and which of its clips are compared."""
        return self._clips.digest, *(record.key for record in self._clips.records)


def _renamed(
    events: Generator[StageProgress, None, float], stage: str
) -> Generator[StageProgress, None, float]:
    """The same progress under another name; returns the same."""
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            return float(end.value)
        yield replace(event, stage=stage)
