"""Motion to frames: the native renderer draws what training optimised."""

import numpy as np
import torch

from f2v_core.frames import FramePair
from f2v_core.models.motion import ORDER, Motion
from f2v_core.models.render import render, render_frames
from f2v_core.models.tensors import to_frames, to_tensor

TIMES = [0.0, 0.2, 0.5, 0.9, 1.0]


def pair(height: int, width: int) -> FramePair:
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (2, 6, 6, 3)).astype(np.float32)
    smooth = torch.nn.functional.interpolate(
        torch.from_numpy(coarse).movedim(-1, 1), (height, width), mode="bicubic", align_corners=False
    )
    first, last = smooth.clamp(0, 255).movedim(1, -1).numpy().astype(np.uint8)
    return FramePair(first, last)


def motion(height: int, width: int, strength: float = 1.0) -> Motion:
    torch.manual_seed(0)
    flows = strength * 3 * torch.randn(2, 1, ORDER, 2, 1, 1).expand(-1, -1, -1, -1, height, width)
    mask, residual = torch.randn(1, ORDER, 1, 1), 0.1 * torch.randn(1, ORDER, 3, 1, 1)
    return Motion(
        flows[0], flows[1], mask.expand(-1, -1, height, width), residual.expand(-1, -1, -1, height, width)
    )


def test_both_renderers_agree_on_the_networks_grid():
    images, m = pair(40, 56), motion(40, 56)
    native = np.stack(list(render_frames(images, m, TIMES)))
    tensors = [to_tensor(frame)[None] for frame in (images.first, images.last)]
    trained = to_frames(render(*tensors, m, torch.tensor(TIMES))[0])
    assert np.abs(native.astype(int) - trained).max() <= 3  # OpenCV reads at 1/32 of a pixel
    assert np.abs(native.astype(int) - trained).mean() < 0.5


def test_both_ends_are_exact_at_full_size():
    images = pair(135, 241)
    first, last = render_frames(images, motion(16, 32), [0.0, 1.0])
    assert np.array_equal(first, images.first)
    assert np.array_equal(last, images.last)


def test_without_motion_it_is_the_cross_fade():
    images = pair(50, 30)
    nothing = Motion(*(torch.zeros_like(v) for v in vars(motion(16, 8)).values()))
    (middle,) = render_frames(images, nothing, [0.25])
    expected = 0.75 * images.first.astype(float) + 0.25 * images.last
    assert np.abs(middle - expected).max() <= 0.51


def test_a_flow_scales_with_the_picture():
    """One pixel on a grid of 20 is four pixels on a picture of 80."""
    images = pair(80, 80)
    m = motion(20, 20, strength=0)
    flow = torch.zeros_like(m.flow_first)
    flow[:, 0, 0] = 1.0  # to the right by one grid pixel at all times
    keep_first = torch.zeros_like(m.mask)
    keep_first[:, 0] = 100.0
    (middle,) = render_frames(images, Motion(flow, flow, keep_first, torch.zeros_like(m.residual)), [0.5])
    shifted = images.first[:, 2:]  # half the way at t = 0.5
    assert np.abs(middle[:, :-2].astype(int) - shifted).mean() < 1.0
