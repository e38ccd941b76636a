"""Every setting with its unit, default and range."""

from f2v_core.config.evaluate import EvaluateConfig, EvaluatedSplit
from f2v_core.config.export import ExportConfig
from f2v_core.config.generate import Device, Fit, GenerateConfig
from f2v_core.config.objective import Adversary, Distance, EndsNorm, Prior
from f2v_core.config.optimiser import CompileWish, PrecisionWish
from f2v_core.config.prepare import FIXED, Crop, PrepareConfig, Recipe, Sampling, SplitRule, prepare_preset
from f2v_core.config.presets import train_preset
from f2v_core.config.subject import Architecture, LearnedKind, Scale
from f2v_core.config.train import TrainConfig

__all__ = [
    "FIXED", "Adversary", "Architecture", "CompileWish", "Crop", "Device", "Distance", "EndsNorm", "EvaluateConfig",
    "EvaluatedSplit", "ExportConfig", "Fit", "GenerateConfig", "LearnedKind", "PrecisionWish", "PrepareConfig",
    "Prior", "Recipe", "Sampling", "Scale", "SplitRule", "TrainConfig", "prepare_preset", "train_preset",
]  # fmt: skip
