"""From a name to a clip generator, and from a pair to a clip."""

from collections.abc import Mapping
from pathlib import Path

from f2v_core.config import Device, GenerateConfig
from f2v_core.errors import InputError
from f2v_core.frames import Clip, FramePair
from f2v_core.generators.base import ClipGenerator
from f2v_core.generators.flow import Flow
from f2v_core.generators.linear import Linear
from f2v_core.library import ModelCard, find_model, read_card
from f2v_core.media.fitting import resize_frame
from f2v_core.runs import RUN, open_run

CLASSICAL: Mapping[str, type[Linear | Flow]] = {"linear": Linear, "flow": Flow}
"""Generators that need no model."""


def create_generator(name: str, device: Device = "auto", variation: float | None = None) -> ClipGenerator:
    """The clip generator of a name: linear, flow, a library model, a model folder or a run folder.

    "cvae" and "cgan" are the embedded models. Torch loads only for learned ones.

    Args:
        variation: standard deviation of the latent, 0..1; None takes the model's own default.

    Raises:
        ModelError: no such model, or its files are damaged. InputError: a value out of its range, no such device.
    """
    if variation is not None and not 0 <= variation <= 1:
        raise InputError(f"variation is {variation}.", "It goes from 0 to 1.")
    if name in CLASSICAL:
        return CLASSICAL[name]()
    from f2v_core.generators.learned import Learned  # noqa: PLC0415 - torch loads only when needed

    return Learned(resolve_model(name), device, variation)


def resolve_model(name: str) -> ModelCard:
    """The model of a library name, a model folder or a run folder (its newest checkpoint).

    Raises:
        ModelError, RunError: there is none.
    """
    if (Path(name) / RUN).is_file():
        return read_card(open_run(Path(name)).model_folder())
    return find_model(name)


def generate_clip(
    pair: FramePair,
    model: str,
    frames: int,
    fps: float,
    *,
    size: tuple[int, int] | None,
    seed: int,
    variation: float | None,
    device: Device,
) -> Clip:
    """What `f2v_core.generate` does; see there."""
    if size is not None:
        if min(size) < 1:
            raise InputError(
                f"The size {size[0]}x{size[1]} is empty.", "Give a width and a height of at least 1."
            )
        pair = FramePair(resize_frame(pair.first, size), resize_frame(pair.last, size))
    return create_generator(model, device, variation).clip(pair, frames, fps, seed)


def wanted_variation(config: GenerateConfig) -> float | None:
    """`GenerateConfig.variation` as `create_generator` takes it: -1 stands for the model's own default."""
    return None if config.variation < 0 else config.variation
