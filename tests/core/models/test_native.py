"""The native renderer draws at any size what training optimised on the network's grid."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from f2v_core.frames import FramePair
from f2v_core.media.optical_flow import LARGEST
from f2v_core.models.motion import LAYERS, Motion
from f2v_core.models.native import PairWays, render_frames
from f2v_core.models.render import render
from f2v_core.models.tensors import to_frames, to_tensor
from f2v_core.models.time_basis import KNOTS, LEGENDRE, TimeBasis
from f2v_core.models.view import View

TIMES = [0.0, 0.2, 0.5, 0.9, 1.0]


def moving_pair(height: int, width: int, shift: int = 3, brighter: int = 20) -> FramePair:
    """Soft patches that move to the right by `shift` pixels while they become a little brighter."""
    rng = np.random.default_rng(0)
    coarse = torch.from_numpy(rng.integers(0, 230, (1, 3, 6, 9)).astype(np.float32))
    size = (height, width + shift)
    wide = torch.nn.functional.interpolate(coarse, size, mode="bicubic", align_corners=False)
    picture = wide.clamp(0, 230)[0].movedim(0, -1).numpy().astype(np.uint8)
    last = np.ascontiguousarray(picture[:, :width]) + np.uint8(brighter)
    return FramePair(np.ascontiguousarray(picture[:, shift:]), last)


def small_view(pair: FramePair, size: tuple[int, int] | None = None) -> tuple[PairWays, View]:
    ways = PairWays.between(pair)
    first, last = (to_tensor(image)[None] for image in (pair.first, pair.last))
    if size:
        first, last = (torch.nn.functional.interpolate(image, size, mode="area") for image in (first, last))
    return ways, View(first, last, ways.ends(first, last))


def some_motion(height: int, width: int, basis: TimeBasis = LEGENDRE, strength: float = 0.3) -> Motion:
    torch.manual_seed(0)
    k = basis.count
    parts = (strength * torch.randn(1, k, channels, height // 4, width // 4) for channels in (2, LAYERS, 3))
    trust, layers, residual = (torch.nn.functional.interpolate(p[0], scale_factor=2.0)[None] for p in parts)
    return Motion(trust + 0.5, layers, residual, basis)


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
@pytest.mark.parametrize("share", [0.0, 0.6, 1.0])
def test_both_renderers_agree_on_the_networks_grid(basis, share):
    pair = moving_pair(64, 96)
    ways, view = small_view(pair)
    motion = some_motion(64, 96, basis)
    if share:
        motion = replace(motion, gain=0.3 * torch.randn(1, basis.count, 1, 32, 48), share=share)
    native = np.stack(list(render_frames(pair, ways, view, motion, TIMES)))
    own = View(view.first, view.last)  # its flow found on the grid
    trained = to_frames(render(own.ends, own.layers, motion, torch.tensor(TIMES))[0])
    apart = np.abs(native.astype(int) - trained)
    assert apart.max() <= 2  # what is moved is rounded to levels before it is mixed
    assert apart.mean() < 0.1


@pytest.mark.parametrize("shape", [(1080, 1920), (721, 1003), (135, 241), (37, 53), (1, 1), (16, 400)])
def test_both_ends_are_exact_at_any_size(shape):
    rng = np.random.default_rng(0)
    pair = FramePair(*rng.integers(0, 256, (2, *shape, 3), dtype=np.uint8))
    ways, view = small_view(pair, (16, 32))
    first, last = render_frames(pair, ways, view, some_motion(16, 32), [0.0, 1.0])
    assert np.array_equal(first, pair.first)
    assert np.array_equal(last, pair.last)


def test_without_motion_it_is_the_cross_fade():
    pair = moving_pair(50, 30)
    ways, view = small_view(pair, (56, 32))
    still = some_motion(56, 32, strength=0.0)
    nothing = Motion(0 * still.trust, still.layers, still.residual)
    (middle,) = render_frames(pair, ways, view, nothing, [0.25])
    expected = 0.75 * pair.first.astype(float) + 0.25 * pair.last
    assert np.abs(middle - expected).max() <= 0.51


@pytest.mark.parametrize("shape", [(200, 300), (1201, 1798)])
def test_trusted_flow_moves_the_original_pixels(shape):
    """Twelve pixels in the full picture are found in a smaller one, and read from the full one."""
    pair = moving_pair(*shape, shift=12)
    ways, view = small_view(pair, (64, 96))
    trusting = some_motion(64, 96, strength=0.0)
    trusting.trust[:, 0], trusting.trust[:, 1:] = 1.0, 0.0
    (middle,) = render_frames(pair, ways, view, trusting, [0.5])
    expected = (
        pair.first[:, :-6].astype(int) + 10
    )  # moved by 6 to the right, half as much brighter as the last
    inner = (slice(40, -40), slice(60, -60))
    assert np.abs(middle[:, 6:].astype(int) - expected)[inner].mean() < 1.5


def middle_without_trust(pair: FramePair, size: tuple[int, int]) -> np.ndarray:
    ways, view = small_view(pair, size)
    still = some_motion(*size, strength=0.0)
    nothing = Motion(0 * still.trust, still.layers, still.residual)
    return next(render_frames(pair, ways, view, nothing, [0.5])).astype(int)


def test_motion_that_large_images_show_to_be_certain_is_followed_without_trust():
    pair = moving_pair(400, 600, shift=24, brighter=4)
    expected = pair.first[:, :-12].astype(int) + 2
    inner = (slice(40, -40), slice(60, -60))
    cut = np.abs(middle_without_trust(pair, (64, 96))[:, 12:] - expected)[inner].mean()
    faded = np.abs((pair.first[:, 12:].astype(int) + pair.last[:, 12:]) / 2 - expected)[inner].mean()
    assert cut < 0.4 * faded


def test_unlike_images_are_faded_at_full_size():
    rng = np.random.default_rng(1)
    pair = FramePair(*rng.integers(0, 256, (2, 200, 300, 3), dtype=np.uint8))
    fade = (pair.first.astype(float) + pair.last) / 2
    assert np.abs(middle_without_trust(pair, (64, 96)) - fade).mean() < 3


def test_flow_is_looked_for_at_a_whole_fraction_of_the_size():
    full = PairWays.between(moving_pair(2 * LARGEST + 57, 2 * LARGEST + 101))
    assert full.step == 2
    assert full.there.x.shape == (LARGEST + 29, LARGEST + 51)
    assert PairWays.between(moving_pair(40, 50)).step == 1


def test_the_network_sees_the_flow_in_pixels_of_its_grid():
    pair = moving_pair(128, 192, shift=8)
    _, view = small_view(pair, (64, 96))
    inner = view.ends.there[0, :, 16:-16, 16:-16]
    assert abs(float(inner[0].mean()) - 4) < 0.5
    assert float(inner[2].mean()) > 0.9
