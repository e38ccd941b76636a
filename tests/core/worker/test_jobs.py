"""Commands become events: clips one after the other, reports made, models kept loaded."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from f2v_core.config import EvaluateConfig, GenerateConfig
from f2v_core.frames import FramePair
from f2v_core.messages import (
    ClipDone,
    ClipFailed,
    ClipStarted,
    Evaluate,
    EvaluationReady,
    FrameReady,
    Generate,
)
from f2v_core.worker import jobs
from f2v_core.worker.jobs import Jobs

PAIR = FramePair(np.zeros((8, 8, 3), np.uint8), np.full((8, 8, 3), 255, np.uint8))
SHORT = GenerateConfig(seconds=0.3, fps=10.0)


def test_clips_come_one_after_the_other_frame_by_frame():
    events = list(Jobs().events(Generate(1, PAIR, ("linear", "flow"), SHORT)))
    assert [type(each) for each in events] == [ClipStarted, *[FrameReady] * 3, ClipDone] * 2
    assert [each.model for each in events] == ["linear"] * 5 + ["flow"] * 5
    assert [each.index for each in events if isinstance(each, FrameReady)] == [0, 1, 2] * 2


def test_a_model_that_cannot_is_told_and_the_next_goes_on():
    events = list(Jobs().events(Generate(1, PAIR, ("nope", "linear"), SHORT)))
    assert [type(each) for each in events[:2]] == [ClipStarted, ClipFailed]
    assert "nope" in events[1].message
    assert isinstance(events[-1], ClipDone)


def test_a_generator_is_made_once(monkeypatch: pytest.MonkeyPatch):
    made: list[tuple[object, ...]] = []
    real = jobs.create_generator

    def spy(*what: object) -> object:
        made.append(what)
        return real("linear")

    monkeypatch.setattr(jobs, "create_generator", spy)
    worker = Jobs()
    other = GenerateConfig(seconds=0.3, variation=0.5, device="cpu")
    for config in (SHORT, SHORT, other, replace(other, detail=0.0), other):
        list(worker.events(Generate(1, PAIR, ("linear",), config)))
    assert made == [
        ("linear", "auto", None, None), ("linear", "cpu", 0.5, None), ("linear", "cpu", 0.5, 0.0),
    ]  # fmt: skip


def test_a_model_that_was_trained_on_takes_the_place_of_its_earlier_version(monkeypatch: pytest.MonkeyPatch):
    versions, made = iter(("noon", "noon", "one")), []
    monkeypatch.setattr(jobs, "_version", lambda _model: next(versions))
    real = jobs.create_generator
    monkeypatch.setattr(jobs, "create_generator", lambda *what: made.append(what) or real("linear"))
    worker = Jobs()
    for _ in range(3):
        list(worker.events(Generate(1, PAIR, ("mine",), SHORT)))
    assert len(made) == 2
    assert len(worker._generators) == 1


def test_only_so_many_models_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "KEPT", 1)
    worker = Jobs()
    list(worker.events(Generate(1, PAIR, ("linear", "flow"), SHORT)))
    assert [key[0] for key in worker._generators] == ["flow"]


def test_an_evaluation_goes_where_it_is_asked_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    calls: list[tuple[EvaluateConfig, Path | None]] = []
    monkeypatch.setattr(jobs, "evaluate", lambda *what: calls.append(what) or iter([EvaluationReady("r")]))
    config = EvaluateConfig(data="d")
    for folder in ("", str(tmp_path)):
        assert list(Jobs().events(Evaluate(1, config, folder))) == [EvaluationReady("r")]
    assert calls == [(config, None), (config, tmp_path)]


def test_auto_means_a_device(tmp_path: Path):
    assert Jobs().device in {"cpu", "cuda", "mps"}
