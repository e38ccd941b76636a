"""Looks in pixels: stored clips to training clips, by the same code on the CPU and on the GPU."""

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor

from f2v_core.config import TrainConfig
from f2v_core.data.augment import Look
from f2v_core.media.lookup import look_up


def apply_look(clip: Tensor, look: Look, fps: float, config: TrainConfig) -> Tensor:
    """Make a training clip of a stored one, on the device where that lies.

    (T, H, W, 3) uint8 RGB at `fps` to (config.frames, config.size, config.size, 3) uint8 RGB: some of its frames, a
    square of each at the training size, then colours. With the default look a clip of that shape comes back as it is,
    in the same memory.
    """
    frames = _fitted(clip, look, fps, config)
    return _recoloured(frames, look.gain, look.contrast).contiguous()


def apply_look_here(clip: Tensor, look: Look, fps: float, config: TrainConfig, out: Tensor) -> None:
    """Make the same training clip as floats into `out`, (config.frames, 3, config.size, config.size) in 0..1; CPU only.

    Colours and the division by 255 are one look into a table, in a third of the time.
    """
    planes = _fitted(clip, look, fps, config).movedim(-1, 1).contiguous()
    levels = _recoloured(torch.arange(256, dtype=torch.uint8), look.gain, look.contrast)
    rows = (-1, config.size)
    look_up(planes.view(rows).numpy(), levels.float().div_(255).numpy(), out.view(rows).numpy())


def _fitted(clip: Tensor, look: Look, fps: float, config: TrainConfig) -> Tensor:
    """All of a look but its brightness and contrast."""
    stored, height, width, _ = clip.shape
    x, y, side = look.square(height, width, config.size)
    frames = clip[:, y : y + side, x : x + side]
    numbers = look.frame_numbers(stored, fps, config.frames, config.seconds)
    if not np.array_equal(numbers, np.arange(stored)):
        frames = frames.index_select(0, torch.from_numpy(numbers.copy()).to(clip.device))
    if side != config.size:
        scale = scale_bytes if clip.device.type == "cpu" else scale_floats
        frames = scale(frames, config.size)
    if look.mirror:
        frames = frames.flip(2)
    if look.channels != (0, 1, 2):
        frames = torch.stack([frames[..., channel] for channel in look.channels], dim=-1)
    return frames


def scale_bytes(frames: Tensor, size: int) -> Tensor:
    """(T, h, h, 3) uint8 to (T, size, size, 3): by averages where it shrinks, bicubic where it grows; CPU only."""
    planes = frames.movedim(-1, 1)  # (T, 3, h, h), and in memory the order that torch scales fastest
    mode = "bilinear" if frames.shape[1] > size else "bicubic"
    return F.interpolate(planes, (size, size), mode=mode, antialias=True).movedim(1, -1)


def scale_floats(frames: Tensor, size: int) -> Tensor:
    """The same on any device, up to rounding: others than the CPU scale only floats."""
    planes = frames.movedim(-1, 1)
    if frames.shape[1] > size:
        return _to_bytes(_scale(planes, size, size, "bilinear")).movedim(1, -1)
    wide = _to_bytes(
        _scale(planes, frames.shape[1], size, "bicubic")
    )  # bytes are clipped between the two axes
    return _to_bytes(_scale(wide, size, size, "bicubic")).movedim(1, -1)


def _scale(planes: Tensor, height: int, width: int, mode: str) -> Tensor:
    return F.interpolate(planes.float(), (height, width), mode=mode, antialias=True)


def _to_bytes(levels: Tensor) -> Tensor:
    return levels.round_().clamp_(0, 255).to(torch.uint8)


def _recoloured(frames: Tensor, gain: float, contrast: float) -> Tensor:
    """Levels 0..255 times `gain`, then their differences from mid grey times `contrast`; rounded and clipped.

    In whole numbers, of which 65536 are a level: quicker than floats, and the same on every device.
    """
    if gain == contrast == 1:
        return frames
    factor, shift = round(gain * contrast * 65536), round(127.5 * (1 - contrast) * 65536)
    levels = frames.to(torch.int32).mul_(factor).add_(shift + 32768).bitwise_right_shift_(16)
    return levels.clamp_(0, 255).to(torch.uint8)
