"""Every setting with its unit, default and range."""

from f2v_core.config.evaluate import EvaluateConfig, EvaluatedSplit
from f2v_core.config.generate import Device, Fit, GenerateConfig
from f2v_core.config.prepare import FIXED, Crop, PrepareConfig, Recipe, Sampling, SplitRule, prepare_preset
from f2v_core.config.presets import train_preset
from f2v_core.config.train import (
    Adversary,
    Architecture,
    Distance,
    EndsNorm,
    LearnedKind,
    Prior,
    Scale,
    TrainConfig,
)

__all__ = [
    "FIXED", "Adversary", "Architecture", "Crop", "Device", "Distance", "EndsNorm", "EvaluateConfig",
    "EvaluatedSplit", "Fit", "GenerateConfig", "LearnedKind", "PrepareConfig", "Prior", "Recipe", "Sampling", "Scale",
    "SplitRule", "TrainConfig", "prepare_preset", "train_preset",
]  # fmt: skip
