"""What the worker can do: each command becomes an iterator of events."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import assert_never

from f2v_core.config import Device
from f2v_core.errors import F2vError
from f2v_core.evaluation.evaluate import evaluate
from f2v_core.frames import frame_times
from f2v_core.generators.base import ClipGenerator
from f2v_core.generators.registry import CLASSICAL, create_generator, resolve_model, wanted_knobs
from f2v_core.messages import (
    ClipDone,
    ClipFailed,
    ClipStarted,
    Evaluate,
    Event,
    FrameReady,
    Generate,
    GenerateEvent,
    Job,
)
from f2v_core.models.networks import choose_device

KEPT = 8
"""Loaded generators beyond this many make room for new ones."""

_Key = tuple[str, Device, float | None, float | None]
"""A generator's name, device, variation and detail."""


class Jobs:
    """The worker's jobs; keeps loaded models between them.

    Attributes:
        device: what "auto" means here.
    """

    def __init__(self) -> None:
        self.device = choose_device("auto").type
        self._generators: dict[_Key, tuple[str, ClipGenerator]] = {}

    def events(self, command: Job) -> Iterator[Event]:
        """Work on a command while the iterator is read; closing it cancels."""
        match command:
            case Generate():
                return self._generate(command)
            case Evaluate():
                return evaluate(command.config, Path(command.folder) if command.folder else None)
            case _:
                assert_never(command)

    def _generate(self, command: Generate) -> Iterator[GenerateEvent]:
        for model in command.models:
            try:
                yield from self._clip(command, model)
            except F2vError as error:
                yield ClipFailed(model, error.message, error.remedy)

    def _clip(self, command: Generate, model: str) -> Iterator[GenerateEvent]:
        config = command.config
        yield ClipStarted(model, config.frames)
        start = perf_counter()
        generator = self._generator(model, command)
        frames = generator.frames(command.pair, frame_times(config.frames).tolist(), config.seed)
        for index, frame in enumerate(frames):
            yield FrameReady(model, index, config.frames, frame)
        yield ClipDone(model, perf_counter() - start)

    def _generator(self, model: str, command: Generate) -> ClipGenerator:
        key, version = (model, command.config.device, *wanted_knobs(command.config)), _version(model)
        kept, generator = self._generators.pop(key, ("", None))
        if generator is None or kept != version:
            generator = None  # an earlier version goes before its successor comes
            if len(self._generators) >= KEPT:
                self._generators.clear()
            generator = create_generator(*key)
        self._generators[key] = (version, generator)
        return generator


def _version(model: str) -> str:
    """What tells a model from an earlier one of its name: the time of its last training step."""
    return "" if model in CLASSICAL else resolve_model(model).created
