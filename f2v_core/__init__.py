"""f2v, frames to video: the public Python API.

>>> from f2v_core import generate, load_pair
>>> pair = load_pair("a.jpg", "b.jpg")                  # doctest: +SKIP
>>> clip = generate(pair, model="cvae", frames=30)      # doctest: +SKIP
>>> clip.frames.shape                                   # doctest: +SKIP
(30, 1080, 1920, 3)

Importing this package loads neither torch nor Qt; the first `generate` with a learned model loads torch.
"""

from pathlib import Path

from f2v_core.config import Device, Fit
from f2v_core.errors import F2vError
from f2v_core.frames import Clip, Frame, FramePair
from f2v_core.version import __version__ as __version__

__all__ = ["Clip", "F2vError", "Frame", "FramePair", "generate", "load_pair"]


def load_pair(
    first: str | Path, last: str | Path, size: tuple[int, int] | None = None, fit: Fit = "fill"
) -> FramePair:
    """Read two image files as a pair of equal size.

    Args:
        first, last: image files in any format that Pillow reads.
        size: (width, height) in pixels; None takes the first image's own size.
        fit: what happens to an image of another shape: "fill" crops, "fit" adds bars, "stretch" distorts.

    Raises:
        MediaError: a file cannot be read as an image; the message names it and what to do.
    """
    from f2v_core.media.images import read_pair  # noqa: PLC0415 - keeps the import of this package light

    return read_pair(Path(first), Path(last), size, fit)


def generate(
    pair: FramePair,
    model: str = "cvae",
    frames: int = 30,
    fps: float = 10.0,
    size: tuple[int, int] | None = None,
    seed: int = 0,
    variation: float | None = None,
    detail: float | None = None,
    device: Device = "auto",
) -> Clip:
    """Make the video between the two frames of a pair.

    Args:
        pair: the first and the last frame; they come out unchanged at both ends.
        model: "linear", "flow", "cvae", "cgan", a library model's name or a model folder's path.
        frames: how many frames, both ends included, >= 2.
        fps: frames per second of the clip, > 0.
        size: (width, height) of the clip in pixels; None keeps the pair's own.
        seed: starts the random numbers of the latent.
        variation: how far the latent strays from its mean, 0..1; None takes the model's own default.
        detail: how much of a CGAN's detail is added to its mean, 0..1; None takes the model's own default.
        device: where a network runs; "auto" takes a GPU where there is one.

    Returns:
        A clip of (frames, H, W, 3) uint8.

    Raises:
        InputError: a value out of its range. ModelError: no such model, or its files are damaged.
    """
    from f2v_core.generators.registry import generate_clip  # noqa: PLC0415 - torch loads only when needed

    return generate_clip(
        pair, model, frames, fps, size=size, seed=seed, variation=variation, detail=detail, device=device
    )
