"""A small dataset, and an evaluation in which neither the methods nor the classifiers cost anything."""

from pathlib import Path

import pytest

from tests.core.evaluation.methods import Fade, guess
from tests.datasets import Take, moving_square, write_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """The folder of a dataset with four validation clips of two videos."""
    takes = [Take(moving_square(n), f"video-{n % 2}.mp4", "val") for n in range(4)]
    return write_dataset(tmp_path / "room", takes).folder


@pytest.fixture
def ladder(monkeypatch: pytest.MonkeyPatch) -> list[Fade]:
    """The methods that are compared, to be changed at will; classifiers only guess."""
    methods = [
        Fade("linear"),
        Fade("hold"),
        Fade("flow"),
        Fade("cvae", draws=True),
        Fade("cgan", draws=True, primary=0),
    ]
    monkeypatch.setattr("f2v_core.evaluation.evaluate.make_ladder", lambda *_asked: methods)
    monkeypatch.setattr("f2v_core.evaluation.figures.discriminate", guess)
    monkeypatch.setattr("f2v_core.evaluation.statistics.RESAMPLES", 20)
    monkeypatch.setattr("f2v_core.storage.sync", lambda _path: None)  # the slowest part of small evaluations
    return methods
