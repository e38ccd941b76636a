"""Small models on disk, as a training run would leave them."""

from pathlib import Path

import pytest
import torch

from f2v_core.config import train_preset
from f2v_core.library import WEIGHTS, ModelCard, read_card, write_card
from f2v_core.models.networks import build_generator, save_weights


@pytest.fixture
def make_model(tmp_path: Path):
    """A function that writes a small model with lively random weights and returns its card."""

    def make(kind: str = "cvae", architecture: str = "motion", name: str = "lively") -> ModelCard:
        z_video = 8 if architecture == "poster" else 592
        config = train_preset(kind, architecture, z_video=z_video, z_first=8, z_last=8, width=8)
        torch.manual_seed(0)
        generator = build_generator(config)
        for parameter in generator.parameters():
            if parameter.ndim > 1:
                torch.nn.init.normal_(parameter, std=0.1)
        folder = tmp_path / name
        folder.mkdir()
        save_weights(folder / WEIGHTS, generator.state_dict())
        variation = 0.0 if kind == "cvae" else 1.0
        write_card(folder, ModelCard(name, config, "2026-01-01T00:00:00+00:00", variation))
        return read_card(folder)

    return make
