"""How conifers look: single ones and groups, white with snow or bare."""

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.light import Light
from f2v_core.data.scenes.noise import TILE, cloud_tile
from f2v_core.data.scenes.planes import tint
from f2v_core.media.warping import resize

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
TALL, WIDE = 96, 56
"""Pixels of the largest picture of a tree."""
GROUP = 168
"""Pixels across a group of trees."""
SINGLE, GROUPS = 3, 2
"""How many pictures there are of single trees, and of groups after them."""
SIZES = 4
FOOT = 0.985
"""Where the trunk ends in a picture, as a share of its height."""


def tree_pictures(rng: np.random.Generator, light: Light, snow: float) -> list[list[Floats]]:
    """Pictures of trees, (h, w, 4) float32: linear RGB times cover, and cover; clear at the borders.

    Args:
        rng: random numbers.
        light: the light of the clip.
        snow: how much of it lies on the branches, 0..1.

    Returns:
        For each kind, singles first, pictures of falling size, each half as large as the one before.
    """
    singles = [_tree(rng, light, snow) for _ in range(SINGLE)]
    groups = [_group(rng, singles) for _ in range(GROUPS)]
    return [
        [resize(whole, (whole.shape[1] >> level, whole.shape[0] >> level)) for level in range(SIZES)]
        for whole in (*singles, *groups)
    ]


def _tree(rng: np.random.Generator, light: Light, snow: float) -> Floats:
    y, x = np.mgrid[:TALL, :WIDE].astype(np.float32)
    y, x = (y + 0.5) / TALL, (x + 0.5 - WIDE / 2) / TALL
    first, second = rng.integers(0, TILE - TALL, 2)
    rough = cloud_tile(0.8, 6)[first : first + TALL, second : second + WIDE]
    tier, half = _tiers(rng, x, y, rough)
    crown = (
        np.clip((half - np.abs(x)) * TALL * 0.8, 0, 1) * np.clip((0.93 - y) * TALL * 0.5, 0, 1) * (y > 0.03)
    )
    cover = np.maximum(crown, (np.abs(x) < 0.014) & (y > 0.5) & (y < FOOT)).astype(np.float32)
    right, up, near = (float(each) for each in light.sun)
    round_x = np.clip(x / (half + 0.02), -1, 1)
    facing = right * round_x + 0.35 * up + max(near, 0.0) * np.sqrt(1 - round_x**2)
    grain = np.clip(rough, -1, 2)
    sunny = np.clip(0.75 * facing + 0.2, 0.03, 1) * (0.7 + 0.3 * grain) * (0.45 + 0.55 * tier)
    sky = (0.35 + 0.65 * tier) * (0.8 + 0.2 * grain)
    white = np.clip(4 * (1.1 * snow - 0.55 + 0.25 * rough + 0.5 * (tier - 0.5)), 0, 1) * (crown > 0)
    needles = (np.array([0.035, 0.052, 0.03]) * np.exp(rng.normal(0, 0.1, 3))).astype(np.float32)
    albedo = needles[:, None, None] + tint(white, np.array([0.8, 0.82, 0.86], np.float32) - needles)
    colour = albedo * (tint(sunny, light.sunlight) + tint(sky, light.ambient)) * cover
    picture = np.moveaxis(np.concatenate([colour, cover[None]]), 0, 2)
    return np.pad(picture[1:-1, 1:-1], ((1, 1), (1, 1), (0, 0))).astype(np.float32)


def _tiers(rng: np.random.Generator, x: Floats, y: Floats, rough: Floats) -> tuple[Floats, Floats]:
    """Where on its bough a place lies, 0 at the root .. 1 at the tip; and half of the crown's width there."""
    count, slim = rng.uniform(8, 15), rng.uniform(0.17, 0.25)
    hanging = y * (0.9 + 0.1 * y) - 0.12 * np.abs(x) + 0.006 * rough
    tier = (hanging * count + 0.4 * np.sin(9 * x + rng.uniform(0, 6))) % 1
    taper = np.clip(y - 0.02, 0, 1) ** rng.uniform(0.75, 1.0)
    half = slim * taper * (0.62 + 0.38 * tier) + 0.012 * rough
    return tier.astype(np.float32), half.astype(np.float32)


def _group(rng: np.random.Generator, singles: list[Floats]) -> Floats:
    """Several trees of different heights side by side."""
    picture = np.zeros((TALL, GROUP, 4), np.float32)
    for middle in rng.permutation(np.linspace(0.6 * WIDE, GROUP - 0.6 * WIDE, 6)):
        share = rng.uniform(0.6, 0.98)
        width, height = round(WIDE * share), round(TALL * share)
        tree = resize(singles[int(rng.integers(SINGLE))], (width, height))
        left = round(float(np.clip(middle - width / 2 + rng.normal(0, 6), 1, GROUP - width - 1)))
        spot = picture[TALL - height :, left : left + width]
        spot *= 1 - tree[..., 3:]
        spot += tree
    return picture
