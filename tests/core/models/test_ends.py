"""What is found of two images: flow with its agreement, bands that add up, unlikeness."""

import torch

from f2v_core.models.ends import BANDS, find_ends, split_bands, unlikeness
from f2v_core.models.view import View
from tests.core.models.made_pairs import pair


def test_the_flow_between_shifted_images_is_their_shift():
    first, last = pair(64, 64, clips=1)
    ends = find_ends(first, last)
    inner = (0, slice(None), slice(16, -16), slice(16, -16))
    assert (ends.there[inner][0].median() - 2).abs() < 0.5
    assert (ends.back[inner][0].median() + 2).abs() < 0.5
    assert ends.there[inner][2].median() > 0.5
    assert ends.there[:, 2].min() >= 0
    assert ends.there[:, 2].max() <= 1


def test_bands_add_up_to_the_image():
    image, _ = pair(32, 48)
    bands = split_bands(image)
    assert len(bands) == BANDS + 1
    torch.testing.assert_close(sum(bands), image, atol=1e-6, rtol=0)
    flat = split_bands(torch.full((1, 3, 32, 32), 0.7))
    assert max(float(band.abs().max()) for band in flat[:-1]) < 1e-6


def test_likeness_is_of_what_is_there():
    torch.manual_seed(0)
    one, other = torch.randn(2, 1, 3, 32, 32)
    assert unlikeness(one, one).max() < 1e-3
    assert unlikeness(one, other).mean() > 0.6
    assert unlikeness(one, -one).min() == 1
    assert unlikeness(one, other).shape == (1, 1, 32, 32)


def test_a_view_looks_once_and_takes_what_was_found():
    view = View(*pair(32, 32))
    assert view.ends is view.ends
    assert view.layers is view.layers
    known = View(*pair(32, 32, seed=1), found=view.ends)
    assert known.ends is view.ends
    assert not view.layers.parts.requires_grad
