"""Which networks a configuration asks for, and how their weights get to disk and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from errno import EIO
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from f2v_core.config import Device, TrainConfig
from f2v_core.errors import InputError, ModelError
from f2v_core.library import ModelCard
from f2v_core.models.detail import MotionDetail
from f2v_core.models.discriminators import MotionDiscriminator
from f2v_core.models.generator import MotionGenerator
from f2v_core.models.motion import MotionNetwork
from f2v_core.models.poster import (
    PosterDiscriminator,
    PosterGenerator,
    PosterVideoEncoder,
    check_poster_size,
)
from f2v_core.models.posterior import MotionVideoEncoder
from f2v_core.models.prior import MotionPrior
from f2v_core.models.recurrent import RecurrentNetwork
from f2v_core.models.time_basis import KNOTS, LEGENDRE

Generator = MotionGenerator | PosterGenerator
"""(first, last, z, times) to a video; see the `forward` of either."""


@dataclass(frozen=True)
class Networks:
    """What one run trains together.

    Attributes:
        generator: g of objective (1), G of objective (2).
        video_encoder: the posterior of a CVAE; None for a CGAN.
        discriminator: D of a CGAN; None for a CVAE.
    """

    generator: Generator
    video_encoder: nn.Module | None
    discriminator: nn.Module | None

    def to(self, device: torch.device) -> "Networks":
        """Move all of them."""
        for network in (self.generator, self.video_encoder, self.discriminator):
            if network is not None:
                network.to(device)
        return self


def build_networks(config: TrainConfig) -> Networks:
    """Fresh networks for a configuration, initialised from torch's current random state.

    Raises:
        InputError: settings that the architecture cannot take.
    """
    motion = config.corrects_fade
    if motion:
        _check_motion(config)
    else:
        _check_poster(config)
    encoder = discriminator = None
    if config.model == "cvae":
        encoder = MotionVideoEncoder(config.z_video) if motion else PosterVideoEncoder(config.z_video)
    else:
        discriminator = MotionDiscriminator() if motion else PosterDiscriminator()
    return Networks(build_generator(config), encoder, discriminator)


def _check_motion(config: TrainConfig) -> None:
    if config.size % 16:
        raise InputError(
            f"size is {config.size}.", "Networks that correct the cross-fade take multiples of 16."
        )
    if config.model == "cvae" and config.frames < 3:
        raise InputError(f"frames is {config.frames}.", "The CVAE's video encoder needs 3 or more.")


def _check_poster(config: TrainConfig) -> None:
    check_poster_size(config.size, config.frames)
    if config.batch < 2:
        raise InputError(f"batch is {config.batch}.", "The poster's batch norm needs 2 clips or more.")
    if config.model == "cgan" and config.frames_per_step:
        raise InputError(
            f"frames_per_step is {config.frames_per_step}.",
            "The poster's discriminator sees whole clips only: set it to 0.",
        )


def build_generator(config: TrainConfig) -> Generator:
    """The generator alone: all that making clips needs."""
    latents = (config.z_video, config.z_first, config.z_last)
    if not config.corrects_fade:
        return PosterGenerator(*latents, change=config.model == "cvae")
    kind, basis = (MotionNetwork, LEGENDRE) if config.architecture == "motion" else (RecurrentNetwork, KNOTS)
    prior = MotionPrior(config.z_video) if config.prior == "conditional" else None
    detail = MotionDetail(config.width, config.z_video, basis) if config.model == "cgan" else None
    return MotionGenerator(
        kind(config.width, *latents), prior=prior, detail=detail, share=config.mean_variation
    )


def save_weights(path: Path, weights: Mapping[str, Tensor]) -> None:
    """Write tensors as safetensors; the caller makes it atomic.

    Raises:
        OSError: the disk refuses.
    """
    try:
        save_file({name: value.detach().cpu().contiguous() for name, value in weights.items()}, path)
    except SafetensorError as error:
        raise OSError(EIO, str(error)) from error


def load_generator(card: ModelCard, device: torch.device) -> Generator:
    """The trained generator of a model folder, ready to use.

    Raises:
        ModelError: the weights are damaged or belong to another network; the message names the file.
    """
    with torch.device("meta"):
        generator = build_generator(card.config)
    generator.load_state_dict(read_weights(card, generator), assign=True)
    return generator.to(device).eval()


def read_weights(card: ModelCard, network: nn.Module) -> dict[str, Tensor]:
    """The tensors of a model folder, checked against a network of the card's configuration.

    Those stored with half precision come with single precision.

    Raises:
        ModelError: the file is damaged, or names or shapes differ.
    """
    try:
        weights = load_file(card.weights)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{card.weights} is damaged: {error}", "Import the model again.") from error
    expected = {name: value.shape for name, value in network.state_dict().items()}
    if expected != {name: value.shape for name, value in weights.items()}:
        raise ModelError(
            f"{card.weights} does not fit the networks of its card: it may be of an earlier f2v.",
            "Train it again.",
        )
    return {name: value.float() if value.dtype == torch.float16 else value for name, value in weights.items()}


def choose_device(wish: Device) -> torch.device:
    """The device for a wish; "auto" takes CUDA, then MPS, then the CPU.

    Raises:
        InputError: the wished-for device is not there.
    """
    available = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if wish == "auto":
        return torch.device(next(name for name, there in available.items() if there))
    if not available[wish]:
        there = ", ".join(name for name, ok in available.items() if ok)
        raise InputError(f"There is no {wish} device on this machine.", f"Choose auto or one of: {there}.")
    return torch.device(wish)
