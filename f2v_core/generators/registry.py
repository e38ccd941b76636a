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


def create_generator(
    name: str, device: Device = "auto", variation: float | None = None, detail: float | None = None
) -> ClipGenerator:
    """The clip generator of a name: linear, flow, a library model, a model folder or a run folder.

    "cvae" and "cgan" are the embedded models. Torch loads only for learned ones.

    Args:
        variation: standard deviation of the latent, 0..1; None takes the model's own default.
        detail: how much of a CGAN's detail is added to its mean, 0..1; None takes the model's own default.

    Raises:
        ModelError: no such model, or its files are damaged. InputError: a value out of its range, no such device.
    """
    for each, value in (("variation", variation), ("detail", detail)):
        if value is not None and not 0 <= value <= 1:
            raise InputError(f"{each} is {value}.", "It goes from 0 to 1.")
    if name in CLASSICAL:
        return CLASSICAL[name]()
    from f2v_core.generators.learned import Learned  # noqa: PLC0415 - torch loads only when needed

    return Learned(resolve_model(name), device, variation, detail)


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
    detail: float | None,
    device: Device,
) -> Clip:
    """What `f2v_core.generate` does; see there."""
    _check_whole("frames", frames, low=2)
    _check_whole("seed", seed, low=0)
    if size is not None:
        _check_size(size)
        pair = FramePair(resize_frame(pair.first, size), resize_frame(pair.last, size))
    return create_generator(model, device, variation, detail).clip(pair, frames, fps, seed)


def _check_whole(name: str, value: object, low: int) -> None:
    """Raise InputError unless it is a whole number; callers without a type checker hand over anything."""
    if not isinstance(value, int) or isinstance(value, bool) or value < low:
        raise InputError(f"{name} is {value!r}.", f"Give a whole number from {low} up.")


def _check_size(size: object) -> None:
    if not isinstance(size, tuple) or len(size) != 2:
        raise InputError(f"size is {size!r}.", "Give (width, height) in pixels.")
    for name, side in zip(("The width", "The height"), size, strict=True):
        _check_whole(name, side, low=1)


def wanted_knobs(config: GenerateConfig) -> tuple[float | None, float | None]:
    """Variation and detail as `create_generator` takes them: -1 stands for the model's own default."""
    variation, detail = (None if value < 0 else value for value in (config.variation, config.detail))
    return variation, detail
