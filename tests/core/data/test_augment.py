"""Augmentation changes a clip as a whole."""

import numpy as np

from f2v_core.data.augment import Look, random_look

CLIP = np.random.default_rng(0).integers(0, 256, (5, 8, 8, 3), dtype=np.uint8)


def test_the_default_look_changes_nothing():
    assert np.array_equal(Look().apply(CLIP), CLIP)


def test_mirror_reverse_and_channels():
    assert np.array_equal(Look(mirror=True).apply(CLIP), CLIP[:, :, ::-1])
    assert np.array_equal(Look(reverse=True).apply(CLIP), CLIP[::-1])
    assert np.array_equal(Look(channels=(2, 0, 1)).apply(CLIP), CLIP[..., [2, 0, 1]])


def test_gain_and_contrast_saturate():
    bright = Look(gain=2.0).apply(CLIP)
    assert np.array_equal(bright, np.minimum(CLIP.astype(int) * 2, 255))
    flat = Look(contrast=0.0).apply(CLIP)
    assert set(np.unique(flat)) == {128}


def test_random_looks_stay_in_their_ranges():
    rng = np.random.default_rng(1)
    looks = [random_look(rng) for _ in range(200)]
    assert all(0.6 <= look.scale <= 1 and 0.8 <= look.gain <= 1.2 for look in looks)
    assert all(sorted(look.channels) == [0, 1, 2] for look in looks)
    assert {look.mirror for look in looks} == {look.reverse for look in looks} == {True, False}
