"""Which clips and which models an evaluation compares, and how thoroughly."""

from dataclasses import dataclass
from typing import Literal

from f2v_core.config.generate import Device
from f2v_core.knobs import Config, knob

EvaluatedSplit = Literal["test", "val", "train"]


@dataclass(frozen=True)
class EvaluateConfig(Config):
    """Which clips and which models an evaluation compares, and how thoroughly."""

    data: str = knob("", "A dataset made by prepare.", group="Data")
    split: EvaluatedSplit = knob(
        "test", "Whose clips are compared; choose models on val, not on test.", group="Data"
    )
    clips: int = knob(
        0,
        "Most clips, spread over the source videos; 0: all of the split.",
        unit="clips",
        low=0,
        high=1_000_000,
        group="Data",
    )
    models: tuple[str, ...] = knob(
        (),
        "Library names, model folders or run folders; none: the embedded models. The ladder of simple methods is "
        "always there.",
        group="Models",
    )
    draws: int = knob(
        8, "Videos that a model with a latent makes of each pair.", low=1, high=64, group="Models"
    )
    classifier_seeds: int = knob(
        3,
        "Networks trained to tell each model's videos from real ones; 0: none.",
        low=0,
        high=20,
        group="Realism",
    )
    seed: int = knob(0, "Starts the random numbers.", low=0, high=2**31 - 1, group="Realism")
    device: Device = knob("auto", "Where the networks run.", group="Models")
