"""The motion network and what it is given: layers that vanish, coefficients that begin at zero."""

import pytest
import torch

from f2v_core.errors import InputError
from f2v_core.models.ends import BANDS, NOISE, find_ends, split_bands
from f2v_core.models.motion import (
    LAYERS,
    SEEN,
    SPATIAL,
    Motion,
    MotionNetwork,
    latent_grid,
    make_layers,
    seen,
)
from f2v_core.models.time_basis import LEGENDRE
from tests.core.models.made_pairs import pair


def test_it_has_about_a_million_weights():
    with torch.device("meta"):
        network = MotionNetwork(16, 600, 1000, 1000)
    assert 1.0e6 < sum(p.numel() for p in network.parameters()) < 1.5e6


@pytest.mark.parametrize("latents", [(SPATIAL, 10, 10), (600, 10, 11)])
def test_impossible_latents_are_refused(latents):
    with pytest.raises(InputError, match="cannot take z"):
        MotionNetwork(8, *latents)


def test_all_coefficients_begin_at_zero_on_half_the_grid():
    torch.manual_seed(0)
    ends = find_ends(*pair(32, 48))
    motion, features = MotionNetwork(8, 600, 16, 16)(ends, make_layers(ends), torch.randn(2, 600))
    k = LEGENDRE.count
    assert motion.basis is LEGENDRE
    assert motion.trust.shape == (2, k, 2, 16, 24)
    assert motion.layers.shape == (2, k, LAYERS, 16, 24)
    assert motion.residual.shape == (2, k, 3, 16, 24)
    assert features.shape == (2, 16, 16, 24)
    assert not any(part.any() for part in (motion.trust, motion.layers, motion.residual))


def test_what_is_seen_has_a_channel_for_everything():
    ends = find_ends(*pair(32, 48))
    looked = seen(ends, make_layers(ends))
    assert looked.shape == (2, SEEN, 32, 48)
    assert looked.abs().max() < 4


def test_layers_are_sums_and_differences_of_bands():
    ends = find_ends(*pair(32, 48))
    layers = make_layers(ends)
    differences = layers.parts[:, BANDS:]
    torch.testing.assert_close(differences.sum(dim=1), ends.first - ends.last, atol=1e-6, rtol=0)
    fine = [split_bands(image)[0] for image in (ends.first, ends.last)]
    torch.testing.assert_close(layers.parts[:, 0], sum(fine) * layers.unlike[:, :1], atol=1e-6, rtol=0)
    assert layers.parts.shape == (2, LAYERS, 3, 32, 48)
    assert layers.unlike.min() >= 0
    assert layers.unlike.max() <= 1


def test_of_one_image_and_itself_hardly_a_layer_is_left():
    """Differences vanish; of the sums remains what is weaker than noise, and no brightness may be added."""
    image, _ = pair(64, 64)
    layers = make_layers(find_ends(image, image.clone()))
    assert not layers.parts[:, BANDS:].any()
    assert not layers.unlike[:, -1].any()
    assert layers.parts[:, :BANDS].abs().max() < 4 * NOISE


def test_images_that_differ_anywhere_may_change_everywhere_a_little():
    image, _ = pair(32, 32, clips=1)
    other = image.clone()
    other[:, :, :8, :8] = 1 - other[:, :, :8, :8]
    change = make_layers(find_ends(image, other)).unlike[0, -1]
    assert change[:8, :8].min() == 1
    assert 0 < change[-1, -1] < 1


def test_the_spatial_latent_lies_on_a_grid_of_any_size():
    z = torch.zeros(1, 600)
    z[0, 0] = 1.0  # the first channel's upper left place
    for shape in ((4, 6), (8, 8), (16, 16)):
        grid = latent_grid(z, shape)
        assert grid.shape == (1, 9, *shape)
        assert grid[0, 0].argmax() == 0
        assert not grid[0, 1:].any()


def test_motions_add_and_let_go_of_gradients():
    parts = [torch.rand(1, LEGENDRE.count, c, 2, 2, requires_grad=True) for c in (2, LAYERS, 3)]
    motion = Motion(*parts)
    free = motion.detached()
    assert motion.residual.requires_grad
    assert not any(part.requires_grad for part in (free.trust, free.layers, free.residual))
    assert torch.equal(free.residual, motion.residual)
