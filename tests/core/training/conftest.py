"""Small material to train on: datasets of moving squares."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from f2v_core.config import TrainConfig, train_preset
from f2v_core.runs import Run, create_run
from f2v_core.runs import claims as claims_module
from f2v_core.training import session as session_module
from f2v_core.training.material import Material, load_material
from tests.core.training import scripted
from tests.datasets import squares, write_dataset

CPU = torch.device("cpu")


@pytest.fixture(scope="session")
def squares_folder(tmp_path_factory) -> Path:
    """A dataset of eight moving squares to train on and three to validate on, 30 frames of 64x64."""
    takes = [take._replace(licence="CC0", credit="nobody") for take in squares(8, 3)]
    return write_dataset(tmp_path_factory.mktemp("squares") / "set", takes).folder


@pytest.fixture
def load():
    """A function that loads the material of a configuration; returns it and the events on the way."""

    def load_all(config: TrainConfig) -> tuple[Material, list]:
        events, loading = [], load_material(config, CPU)
        while True:
            try:
                events.append(next(loading))
            except StopIteration as end:
                return end.value, events

    return load_all


@pytest.fixture
def make_material(squares_folder, load):
    """A function that makes `Material` of eight moving squares for a configuration."""

    def make(config: TrainConfig) -> Material:
        material, _ = load(replace(config, data=str(squares_folder)))
        return material

    return make


@pytest.fixture
def small_config():
    """A function that makes a quick configuration: small latents, eight clips a step, no randomness in the data."""

    def make(model: str, architecture: str, **changes) -> TrainConfig:
        small = {
            "z_first": 16, "z_last": 16, "batch": 8, "augment": False, "warmup": 0, "cosine": False, "steps": 6,
            "log_every": 2, "sample_every": 3, "checkpoint_every": 3,
        }  # fmt: skip
        latents = {"z_video": 16} if architecture == "poster" else {"z_video": 592, "width": 8}
        return train_preset(model, architecture, **{**small, **latents, **changes})

    return make


@pytest.fixture
def quick_config(small_config):
    """As `small_config`, with small clips where the networks take them: for steps by the dozen."""

    def make(model: str, architecture: str, **changes) -> TrainConfig:
        clips = {} if architecture == "poster" else {"size": 32, "frames": 8, "frames_per_step": 4}
        return small_config(model, architecture, **{"batch": 4, **clips, **changes})

    return make


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run of six steps."""
    return create_run(tmp_path / "run", TrainConfig(steps=6, device="cpu"))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[scripted.Script], None]:
    """A function that replaces the training; at first it is `trains`."""

    def replace_it(made: scripted.Script) -> None:
        monkeypatch.setattr(session_module, "train", made)

    replace_it(scripted.trains)
    monkeypatch.setattr(session_module, "LOOK_S", 0.002)
    monkeypatch.setattr(session_module, "BEAT_S", 0.004)
    monkeypatch.setattr(claims_module, "LISTEN_S", 0.01)
    return replace_it
