"""Motion to frames on the network's grid, with gradients.

    out(t) = (1 - t) A(t) + t B(t) + s(t) sum_k phi_k(t) E_k,    s(t) = 1 - (2t - 1)^4
    A(t)   = first + a(t) c (W(first) - first),  the same for B;  E_k = sum_l c_kl layer_l + u r_k

W reads an image where what is at a place at time t comes from, along the optical flow, c is the flow's agreement
there, a(t) the trust; phi_k are the functions of time, `make_layers` says what the layers are, u is the images'
difference. At t = 0 and t = 1 this is exactly the first and the last image; with all coefficients zero, or where the
images are the same, it is the cross-fade. A motion with a gain g has a share of its
finest band replaced by that of `moved_frames` times `gain_at`.
"""

from typing import TypeVar

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor

from f2v_core.models.blocks import cross_fade
from f2v_core.models.ends import Ends, finest_band
from f2v_core.models.exact import exact
from f2v_core.models.motion import Layers, Motion
from f2v_core.models.time_basis import TimeBasis


@exact
def render(ends: Ends, layers: Layers, motion: Motion, times: Tensor) -> Tensor:
    """Times (T,) to (B, T, 3, h, w), differentiable in the motion; values may leave 0..1 a little.

    The motion's grid may be coarser than the images'.
    """
    frames = soft_frames(ends, layers, motion, times)
    if motion.gain is None:
        return frames
    finest = gain_at(layers, motion.gain, motion.basis, times) * finest_band(moved_frames(ends, times))
    return frames + motion.share * (finest - finest_band(frames))


def moved_frames(ends: Ends, times: Tensor) -> Tensor:
    """The cross-fade of both images, each moved as far as its flow agrees: (B, T, 3, h, w)."""
    t = times.to(ends.first.dtype).view(1, -1, 1, 1, 1)
    gone, coming = moved(ends.first, ends.there, times), moved(ends.last, ends.back, 1 - times)
    return cross_fade(ends.first, ends.last, times) + (1 - t) * gone + t * coming


def gain_at(layers: Layers, gain: Tensor, basis: TimeBasis, times: Tensor) -> Tensor:
    """By what the moved images' finest band is multiplied: 1 + s(t) u sum_k phi_k(t) g_k, (B, T, 1, h, w).

    It is 1 at both ends and where the finest bands of the images are alike (u = 0).
    """
    rise = swell(times)[:, None] * basis(times).to(gain.dtype)
    summed = torch.einsum("tk,bkchw->btchw", rise, enlarged(gain, layers.unlike.shape[-2:]))
    return 1 + summed * layers.unlike[:, None, :1]


def soft_frames(ends: Ends, layers: Layers, motion: Motion, times: Tensor) -> Tensor:
    """The sum above, (B, T, 3, h, w), whatever the motion's gain."""
    size = ends.first.shape[2:]
    basis = motion.basis(times).to(ends.first.dtype)
    t = times.to(ends.first.dtype).view(1, -1, 1, 1, 1)
    trust = torch.einsum("tk,bkchw->btchw", basis, enlarged(motion.trust, size))
    gone = (1 - t) * trust[:, :, :1] * moved(ends.first, ends.there, times)
    coming = t * trust[:, :, 1:] * moved(ends.last, ends.back, 1 - times)
    added = torch.einsum("tk,bkchw->btchw", swell(times)[:, None] * basis, images_over_time(layers, motion))
    return cross_fade(ends.first, ends.last, times) + gone + coming + added


Time = TypeVar("Time", float, Tensor)


def swell(times: Time) -> Time:
    """s(t): 0 at both ends, near 1 between them, steep at first as errors of the cross-fade are."""
    return 1 - (2 * times - 1) ** 4


def images_over_time(layers: Layers, motion: Motion) -> Tensor:
    """What is added as one image for each function of time, E_k: (B, K, 3, h, w)."""
    size = layers.parts.shape[-2:]
    mixed = torch.einsum("bklhw,blchw->bkchw", enlarged(motion.layers, size), layers.parts)
    return mixed + enlarged(motion.residual, size) * layers.unlike[:, None, -1:]


@torch.no_grad()
def moved(image: Tensor, way: Tensor, times: Tensor) -> Tensor:
    """What following the flow changes, weighted by its agreement: (B, T, 3, h, w), zero where time is 0.

    Args:
        image: (B, 3, h, w). way: (B, 3, h, w), its flow in pixels and agreement. times: (T,) since this image.
    """
    back = -times.to(image.dtype).view(1, -1, 1, 1, 1)
    once = _read(way[:, :2], back * way[:, None, :2])
    there = _read(torch.cat([image, way[:, 2:]], dim=1), back * once)
    return (there[:, :, :3] - image[:, None]) * there[:, :, 3:]


def _read(values: Tensor, offset: Tensor) -> Tensor:
    """(B, C, h, w) read at p + offset, (B, T, 2, h, w) in pixels, as (B, T, C, h, w); the border is repeated."""
    t, _, h, w = offset.shape[1:]
    rows = torch.arange(h, device=offset.device, dtype=offset.dtype).view(1, 1, h, 1)
    columns = torch.arange(w, device=offset.device, dtype=offset.dtype).view(1, 1, 1, w)
    x = (columns + offset[:, :, 0]) * (2 / max(w - 1, 1)) - 1
    y = (rows + offset[:, :, 1]) * (2 / max(h - 1, 1)) - 1
    grid = torch.stack([x, y], dim=-1).flatten(1, 2)  # (B, T * h, w, 2): one image, many frames
    out = F.grid_sample(values, grid, mode="bilinear", padding_mode="border", align_corners=True)
    return out.view(*out.shape[:2], t, h, w).movedim(2, 1)


def enlarged(coefficients: Tensor, size: torch.Size) -> Tensor:
    """(B, K, C, h, w) as (B, K, C, *size), between the places by straight lines."""
    if coefficients.shape[-2:] == size:
        return coefficients
    flat = F.interpolate(coefficients.flatten(1, 2), size, mode="bilinear", align_corners=False)
    return flat.view(*coefficients.shape[:3], *size)
