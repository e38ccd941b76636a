"""Motion to frames on the network's grid: the formula, and what each part of a motion does."""

import pytest
import torch

from f2v_core.models.blocks import cross_fade
from f2v_core.models.ends import BANDS, Ends, find_ends
from f2v_core.models.motion import LAYERS, Motion, make_layers
from f2v_core.models.render import enlarged, moved, render, swell
from f2v_core.models.time_basis import KNOTS, LEGENDRE, TimeBasis
from tests.core.models.made_pairs import pair

TIMES = torch.linspace(0, 1, 9)


def still(basis: TimeBasis = LEGENDRE, height: int = 32, width: int = 48) -> Motion:
    """A motion without any correction."""
    trust, layers, residual = (torch.zeros(1, basis.count, c, height, width) for c in (2, LAYERS, 3))
    return Motion(trust, layers, residual, basis)


def shifted_ends(pixels: float = 2.0) -> Ends:
    """A pair whose second image shows the first moved to the right, with the flow that says so."""
    first = pair(32, 48, clips=1)[0]
    last = torch.roll(first, int(pixels), dims=-1)
    way = torch.zeros(1, 3, 32, 48)
    way[:, 2] = 1.0
    there, back = way.clone(), way.clone()
    there[:, 0], back[:, 0] = pixels, -pixels
    return Ends(first, last, there, back)


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
def test_without_correction_it_is_the_cross_fade(basis):
    ends = find_ends(*pair(32, 48, clips=1))
    out = render(ends, make_layers(ends), still(basis), TIMES)
    assert torch.equal(out, cross_fade(ends.first, ends.last, TIMES))


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
def test_a_residual_is_added_where_the_images_differ_and_swells_between_them(basis):
    ends = find_ends(torch.zeros(1, 3, 32, 48), torch.ones(1, 3, 32, 48))
    motion = still(basis)
    motion.residual[:] = 0.1 if basis is KNOTS else 0.0
    motion.residual[:, 0] = 0.1  # the constant polynomial; at knots all are the same
    added = render(ends, make_layers(ends), motion, TIMES) - cross_fade(ends.first, ends.last, TIMES)
    expected = (0.1 * swell(TIMES)).view(1, -1, 1, 1, 1).expand_as(added)
    torch.testing.assert_close(added, expected, atol=1e-6, rtol=0)


def test_a_layer_is_weighted_by_its_function_of_time():
    ends = find_ends(*pair(32, 48, clips=1))
    layers, motion = make_layers(ends), still()
    motion.layers[:, 1, BANDS] = 0.5  # half the finest band's difference, times 2t - 1
    added = render(ends, layers, motion, TIMES) - cross_fade(ends.first, ends.last, TIMES)
    weight = (0.5 * swell(TIMES) * (2 * TIMES - 1)).view(1, -1, 1, 1, 1)
    torch.testing.assert_close(added, weight * layers.parts[:, None, BANDS], atol=1e-6, rtol=0)


def test_trusted_flow_carries_both_images_to_where_they_meet():
    ends, motion = shifted_ends(), still()
    motion.trust[:, 0] = 1.0
    out = render(ends, make_layers(ends), motion, torch.tensor([0.5]))[:, 0]
    halfway = torch.roll(ends.first, 1, dims=-1)
    inner = (..., slice(None), slice(8, -8))
    torch.testing.assert_close(out[inner], halfway[inner], atol=1e-4, rtol=0)
    faded = cross_fade(ends.first, ends.last, torch.tensor([0.5]))[:, 0]
    assert (faded[inner] - halfway[inner]).abs().max() > 0.02


def test_flow_without_agreement_is_not_followed():
    ends, motion = shifted_ends(), still()
    ends.there[:, 2] = ends.back[:, 2] = 0.0
    motion.trust[:, 0] = 1.0
    out = render(ends, make_layers(ends), motion, TIMES)
    assert torch.equal(out, cross_fade(ends.first, ends.last, TIMES))


def test_nothing_has_moved_at_time_zero():
    ends = shifted_ends(7.0)
    change = moved(ends.first, ends.there, torch.tensor([0.0, 1.0]))
    assert change[:, 0].abs().max() < 1e-5
    assert change[:, 1].abs().max() > 0.02


def test_reading_beyond_the_border_repeats_it():
    ends = shifted_ends(1000.0)
    change = moved(ends.first, ends.there, torch.tensor([1.0]))
    expected = (ends.first[..., :1] - ends.first)[:, None]
    torch.testing.assert_close(change, expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
def test_a_clip_can_be_told_backwards(basis):
    """The pair turned round, and the same coefficients read from the other end, give the same frames in turn."""
    torch.manual_seed(0)
    ends = find_ends(*pair(32, 48, clips=1))
    motion = still(basis)
    for part in (motion.trust, motion.layers, motion.residual):
        part[:] = torch.randn(part.shape)
    back = Motion(motion.trust.flip(2), motion.layers.clone(), motion.residual, basis)
    back.layers[:, :, BANDS:] *= -1  # differences change their sign
    if basis is LEGENDRE:
        turned = torch.tensor([1.0, -1.0, 1.0, -1.0]).view(1, -1, 1, 1, 1)
        back = Motion(back.trust * turned, back.layers * turned, back.residual * turned, basis)
    else:
        back = Motion(back.trust.flip(1), back.layers.flip(1), back.residual.flip(1), basis)
    other = Ends(ends.last, ends.first, ends.back, ends.there)
    out = render(ends, make_layers(ends), motion, TIMES)
    turned_out = render(other, make_layers(other), back, 1 - TIMES)
    torch.testing.assert_close(turned_out, out, atol=1e-4, rtol=1e-4)


def test_a_coarser_grid_is_enlarged():
    coarse = torch.rand(1, 4, 3, 8, 12)
    size = torch.Size((16, 24))
    assert enlarged(coarse, size).shape == (1, 4, 3, 16, 24)
    assert enlarged(coarse, coarse.shape[-2:]) is coarse
    flat = torch.full((1, 4, 3, 8, 12), 0.3)
    torch.testing.assert_close(enlarged(flat, size), torch.full((1, 4, 3, 16, 24), 0.3))


def test_gradients_reach_every_part_of_a_motion():
    ends = find_ends(*pair(32, 48, clips=1))
    motion = still()
    parts = (motion.trust, motion.layers, motion.residual)
    for part in parts:
        part.requires_grad_()
    render(ends, make_layers(ends), motion, TIMES).square().sum().backward()
    assert all(part.grad.abs().max() > 0 for part in parts)
