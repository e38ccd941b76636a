"""Every setting with its unit, default and range."""

from f2v_core.config.evaluate import EvaluateConfig, EvaluatedSplit
from f2v_core.config.generate import Device, Fit, GenerateConfig
from f2v_core.config.prepare import FIXED, Crop, PrepareConfig, Recipe, Sampling, SplitRule, prepare_preset
from f2v_core.config.train import Architecture, EndsNorm, LearnedKind, TrainConfig, train_preset

__all__ = [
    "FIXED", "Architecture", "Crop", "Device", "EndsNorm", "EvaluateConfig", "EvaluatedSplit", "Fit", "GenerateConfig",
    "LearnedKind", "PrepareConfig", "Recipe", "Sampling", "SplitRule", "TrainConfig", "prepare_preset", "train_preset",
]  # fmt: skip
