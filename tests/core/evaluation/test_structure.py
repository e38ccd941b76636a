"""Structural similarity and detail of greys."""

import numpy as np
import pytest

from f2v_core.errors import InputError
from f2v_core.evaluation.structure import detail, luma, ssim


def greys(seed: int, shape: tuple[int, ...] = (2, 14, 17)) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 255, shape).astype(np.float32)


def ssim_by_hand(a: np.ndarray, b: np.ndarray) -> float:
    """Equation 13 of the paper, one window after another."""
    away = np.arange(11) - 5.0
    window = np.exp(-(away[:, None] ** 2 + away[None] ** 2) / (2 * 1.5**2))
    window /= window.sum()
    found = []
    for x, y in zip(a.astype(float), b.astype(float), strict=True):
        for top, left in np.ndindex(x.shape[0] - 10, x.shape[1] - 10):
            p, q = x[top : top + 11, left : left + 11], y[top : top + 11, left : left + 11]
            mp, mq = (window * p).sum(), (window * q).sum()
            vp, vq = (window * (p - mp) ** 2).sum(), (window * (q - mq) ** 2).sum()
            both = (window * (p - mp) * (q - mq)).sum()
            c, d = 2.55**2, 7.65**2
            found.append((2 * mp * mq + c) * (2 * both + d) / ((mp**2 + mq**2 + c) * (vp + vq + d)))
    return float(np.mean(found))


@pytest.mark.parametrize("strength", [0.05, 0.5, 1.0])
def test_ssim_is_the_papers(strength: float):
    a = greys(0)
    b = (1 - strength) * a + strength * greys(1)
    assert ssim(a, b) == pytest.approx(ssim_by_hand(a, b), abs=1e-5)
    assert ssim(a, b) == pytest.approx(ssim(b, a), abs=1e-7)


def test_ssim_holds_in_bright_flat_pictures():
    bright = 250 + greys(2) / 100
    assert ssim(bright, bright[::-1]) == pytest.approx(ssim_by_hand(bright, bright[::-1]), abs=1e-5)


def test_ssim_of_equal_clips_is_1_and_of_opposite_ones_below_0():
    a = greys(0)
    assert ssim(a, a) == 1.0
    assert ssim(a, 255 - a) < -0.5


def test_ssim_needs_its_window():
    with pytest.raises(InputError, match="10x14"):
        ssim(greys(0, (1, 14, 10)), greys(1, (1, 14, 10)))


def test_greys_are_luma():
    clip = np.array([[[[255, 0, 0], [0, 255, 0], [0, 0, 255], [200, 200, 200]]]], np.uint8)
    assert luma(clip).ravel() == pytest.approx([76.245, 149.685, 29.07, 200], abs=1e-3)
    assert luma(clip).dtype == np.float32


def test_detail_is_the_energy_of_the_laplacian_inside():
    clip = np.zeros((2, 5, 5), np.float32)
    clip[0, 2, 2] = 3  # 12 at the spot, -3 at four places, nothing in the other frame
    assert detail(clip) == pytest.approx((12**2 + 4 * 3**2) / 18)


def test_a_slope_has_no_detail():
    slope = np.add.outer(np.arange(6.0), 2 * np.arange(7.0))[None].astype(np.float32)
    assert detail(slope) == 0.0
