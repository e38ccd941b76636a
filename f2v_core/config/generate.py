"""How a clip is made from a pair."""

from dataclasses import dataclass
from typing import Literal

from f2v_core.knobs import Config, knob

Device = Literal["auto", "cpu", "cuda", "mps"]
Fit = Literal["fill", "fit", "stretch"]


@dataclass(frozen=True)
class GenerateConfig(Config):
    """How a clip is made from a pair."""

    seconds: float = knob(3.0, "How long the video plays.", unit="s", low=0.02, high=600.0)
    fps: float = knob(10.0, "How many frames are shown a second.", unit="fps", low=0.1, high=240.0)
    seed: int = knob(
        0, "Starts the random numbers; the same seed gives the same video.", low=0, high=2**31 - 1
    )
    variation: float = knob(
        -1.0,
        "How far the latent strays from its mean: 0 to 1; -1 takes each model's own default.",
        low=-1.0,
        high=1.0,
    )
    detail: float = knob(
        -1.0,
        "How much of a CGAN's detail is added to its mean: 0 to 1; -1 takes each model's own default.",
        low=-1.0,
        high=1.0,
    )
    device: Device = knob("auto", "Where the networks run.")

    @property
    def frames(self) -> int:
        """How many frames that makes: seconds x fps, at least 2."""
        return max(2, round(self.seconds * self.fps))
