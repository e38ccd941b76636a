"""How a training computes and takes its steps."""

from dataclasses import dataclass
from typing import Literal

from f2v_core.knobs import Config, knob

PrecisionWish = Literal["auto", "fp32", "bf16", "fp16"]
CompileWish = Literal["auto", "on", "off"]


@dataclass(frozen=True)
class OptimiserKnobs(Config):
    """How a training computes and takes its steps."""

    precision: PrecisionWish = knob(
        "auto",
        "What the networks compute with while they train: fp32; bf16 or fp16, half of it, quicker where the machine "
        "has units for it; auto: bf16 on a GPU that can, else fp32. Weights stay fp32.",
        group="Optimiser",
    )
    compile: CompileWish = knob(
        "auto",
        "Translate the networks for this machine before the first step (torch.compile), which takes a few minutes; "
        "auto: on a GPU that can, for trainings that are long enough to gain from it.",
        group="Optimiser",
    )
    learning_rate: float = knob(2e-3, "Adam's step size.", low=1e-7, high=1.0, group="Optimiser")
    beta1: float = knob(
        0.9, "Adam's first momentum; the poster takes 0.5.", low=0.0, high=0.999, group="Optimiser"
    )
    beta2: float = knob(
        0.99, "Adam's second momentum; the poster takes 0.999.", low=0.0, high=0.99999, group="Optimiser"
    )
    clip_norm: float = knob(
        1.0, "Largest gradient norm; 0: no limit, as in the poster.", low=0.0, high=1e6, group="Optimiser"
    )
    warmup: int = knob(
        100,
        "Steps over which the learning rate rises; 0: none, as in the poster.",
        low=0,
        high=1_000_000,
        group="Optimiser",
    )
    cosine: bool = knob(True, "Lower the learning rate along a cosine to a hundredth.", group="Optimiser")
    weight_decay: float = knob(
        0.01, "Decay of the weights (AdamW); 0: none, as in the poster.", low=0.0, high=1.0, group="Optimiser"
    )
    ema: float = knob(
        0.995,
        "Decay of the averaged weights that are kept; 0: the last weights, as in the poster.",
        low=0.0,
        high=0.99999,
        group="Optimiser",
    )
    discriminator_rate: float = knob(
        2e-4, "Adam's step size for the discriminator.", low=1e-7, high=1.0, group="Optimiser"
    )
