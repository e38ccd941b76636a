"""Two small pictures, and the way to call the command line as a user does."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from f2v_core.media.images import write_png
from f2v_core.training import session
from tests.core.cli.played import Trainer

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[str, str]:
    """The paths of a first and a last picture of 32x24, the last one twice as large."""
    rng = np.random.default_rng(0)
    paths = (tmp_path / "first.png", tmp_path / "last.png")
    for path, scale in zip(paths, (1, 2), strict=True):
        write_png(path, rng.integers(0, 256, (24 * scale, 32 * scale, 3), np.uint8))
    return str(paths[0]), str(paths[1])


@pytest.fixture
def start() -> Start:
    """Start `f2v` with these words as a process of its own, in its own group, with pipes for both outputs."""

    def popen(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "f2v_core.cli.main", *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return popen


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Trainer:
    """The trainer that every command meets."""
    made = Trainer()
    monkeypatch.setattr(session, "train", made)
    monkeypatch.setattr(session, "LOOK_S", 0.01)
    monkeypatch.setattr(session, "choose_device", lambda _name: torch.device("cpu"))
    return made
