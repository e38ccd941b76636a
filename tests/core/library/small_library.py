"""Models that are small, for tests of the library."""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from f2v_core.config import TrainConfig
from f2v_core.library import Figure, ModelCard, write_card


def make_model(folder: Path, name: str = "cvae") -> ModelCard:
    """A model's folder with a card and small weights."""
    folder.mkdir(parents=True)
    save_file({"weight": np.arange(6, dtype=np.float32)}, folder / "weights.safetensors")
    card = ModelCard(
        name,
        TrainConfig(),
        created="2026-11-23T12:00:00",
        variation=0.5,
        data=("somebody's video, CC0",),
        metrics={"val l2": Figure(54.0, 51.5, 57.0), "val KL": Figure(2.0)},
        folder=folder,
    )
    write_card(folder, card)
    return card
