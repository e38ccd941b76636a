"""Motion to frames: on the network's grid with gradients, and at any size on the original images.

    out(t) = m(t) W(first, t a(t)) + (1 - m(t)) W(last, (1 - t) b(t)) + 4 t (1 - t) r(t)
    m(t)   = (1 - t) e^g(t) / ((1 - t) e^g(t) + t)

a, b, g and r are the sums of `Motion`'s coefficients over the functions of time; W(x, d)(p) = x(p + d). At t = 0
and t = 1 this is exactly the first and the last image; with all coefficients zero it is the cross-fade.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from numpy.typing import NDArray
from torch import Tensor, nn
from typing_extensions import override

from f2v_core.frames import Frame, FramePair
from f2v_core.media.blending import add_light, blend
from f2v_core.media.fitting import resize_array
from f2v_core.media.optical_flow import positions, sample
from f2v_core.models.motion import Motion, MotionNetwork, time_basis

LOGIT_LIMIT = 8.0
"""g(t) stays within this: e^8 leaves an image a share of 1 in 3000."""


def render(first: Tensor, last: Tensor, motion: Motion, times: Tensor) -> Tensor:
    """Images (B, 3, h, w) and times (T,) to (B, T, 3, h, w), differentiable; values may leave 0..1 a little."""
    basis = time_basis(times).to(first.dtype)
    t = times.to(first.dtype).view(1, -1, 1, 1, 1)
    warped_first = _warp(first, t * torch.einsum("tk,bkchw->btchw", basis, motion.flow_first))
    warped_last = _warp(last, (1 - t) * torch.einsum("tk,bkchw->btchw", basis, motion.flow_last))
    logit = torch.einsum("tk,bkhw->bthw", basis, motion.mask).clamp(-LOGIT_LIMIT, LOGIT_LIMIT)[:, :, None]
    share = (1 - t) * logit.exp()
    share = share / (share + t)
    residual = 4 * t * (1 - t) * torch.einsum("tk,bkchw->btchw", basis, motion.residual)
    return torch.lerp(warped_last, warped_first, share) + residual


def _warp(image: Tensor, flow: Tensor) -> Tensor:
    """(B, 3, h, w) read at p + flow, flow (B, T, 2, h, w) in pixels, as (B, T, 3, h, w); the border is repeated."""
    t, _, h, w = flow.shape[1:]
    rows = torch.arange(h, device=flow.device, dtype=flow.dtype).view(1, 1, h, 1)
    columns = torch.arange(w, device=flow.device, dtype=flow.dtype).view(1, 1, 1, w)
    x = (columns + flow[:, :, 0]) * (2 / max(w - 1, 1)) - 1
    y = (rows + flow[:, :, 1]) * (2 / max(h - 1, 1)) - 1
    grid = torch.stack([x, y], dim=-1).flatten(1, 2)  # (B, T * h, w, 2): one image, many frames
    out = F.grid_sample(image, grid, mode="bilinear", padding_mode="border", align_corners=True)
    return out.view(*out.shape[:2], t, h, w).movedim(2, 1)


class MotionGenerator(nn.Module):
    """`MotionNetwork` and `render` together: what training and evaluation call."""

    def __init__(self, width: int, z_video: int, z_first: int, z_last: int) -> None:
        super().__init__()
        self.network = MotionNetwork(width, z_video, z_first, z_last)
        self.z_video = z_video

    @override
    def forward(self, first: Tensor, last: Tensor, z: Tensor, times: Tensor) -> Tensor:
        """Images (B, 3, H, W) in 0..1, z (B, z_video), times (T,) in 0..1 to (B, T, 3, H, W)."""
        return render(first, last, self.network(first, last, z), times)


def render_frames(pair: FramePair, motion: Motion, times: Sequence[float]) -> Iterator[Frame]:
    """The same at the pair's own size, one frame after the other, on the CPU.

    `motion` holds one clip (B = 1) on any grid; flow, mask and residual are scaled up, the original images are
    warped: memory does not grow with the number of frames.
    """
    height, width = pair.first.shape[:2]
    size = (width, height)
    h, w = motion.mask.shape[-2:]
    scale = np.array([width / w, height / h], np.float32)
    fields = _fields(motion)
    here = positions(size)
    for t in times:
        flow_first, flow_last, logit, residual = _at(fields, t)
        first = sample(pair.first, here + resize_array(flow_first * scale, size))
        last = sample(pair.last, here + resize_array(flow_last * scale, size))
        share = resize_array(_share(logit, t), size)
        yield add_light(blend(first, last, share), resize_array(255 * residual, size))


def _fields(motion: Motion) -> NDArray[np.float32]:
    """(ORDER, h, w, 8): flow_first, flow_last, mask and residual side by side, for cv2."""
    parts = [motion.flow_first[0], motion.flow_last[0], motion.mask[0][:, None], motion.residual[0]]
    fields: NDArray[np.float32] = torch.cat(parts, dim=1).movedim(1, -1).float().cpu().numpy()
    return fields


def _at(fields: NDArray[np.float32], t: float) -> tuple[NDArray[np.float32], ...]:
    """The four quantities at time t on the network's grid: (h, w, 2), (h, w, 2), (h, w), (h, w, 3)."""
    basis = time_basis(torch.tensor([t], dtype=torch.float32))[0].numpy()
    now = np.einsum("k,khwc->hwc", basis, fields)
    return t * now[..., 0:2], (1 - t) * now[..., 2:4], now[..., 4], 4 * t * (1 - t) * now[..., 5:8]


def _share(logit: NDArray[np.float32], t: float) -> NDArray[np.float32]:
    """The first image's share m(t)."""
    odds = np.float32(1 - t) * np.exp(logit.clip(-LOGIT_LIMIT, LOGIT_LIMIT))
    share: NDArray[np.float32] = odds / (odds + np.float32(t))
    return share
