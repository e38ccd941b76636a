"""Small untrained models on disk for the tests of evaluation."""

from pathlib import Path

import torch

from f2v_core.config import train_preset
from f2v_core.library import WEIGHTS, ModelCard, read_card, write_card
from f2v_core.models.networks import build_generator, save_weights


def write_model(
    folder: Path,
    kind: str = "cvae",
    architecture: str = "motion",
    *,
    seed: int = 0,
    strength: float = 0.1,
    variation: float | None = None,
) -> ModelCard:
    """Write a model with random weights, named after its folder; with `strength` 0.0 it is hardly more than a fade."""
    z_video = 592 if architecture == "motion" else 8
    config = train_preset(kind, architecture, z_video=z_video, z_first=8, z_last=8, width=8)
    torch.manual_seed(seed)
    generator = build_generator(config)
    for parameter in generator.parameters():
        if parameter.ndim > 1 and strength:
            torch.nn.init.normal_(parameter, std=strength)
    folder.mkdir(parents=True)
    save_weights(folder / WEIGHTS, generator.state_dict())
    if variation is None:
        variation = 0.0 if kind == "cvae" else 1.0
    write_card(folder, ModelCard(folder.name, config, "2026-01-01T00:00:00+00:00", variation))
    return read_card(folder)
