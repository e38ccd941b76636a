"""The CGAN's detail: driven by z, over the functions of time of its mean."""

import pytest
import torch

from f2v_core.models.detail import MotionDetail
from f2v_core.models.motion import LAYERS
from f2v_core.models.time_basis import KNOTS, LEGENDRE


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
def test_it_begins_the_same_for_all_latents_and_places(basis):
    detail = MotionDetail(8, 600, basis)
    motion = detail(torch.randn(2, 16, 16, 24), torch.randn(2, 600))
    assert motion.basis is basis
    assert motion.trust.shape == (2, basis.count, 2, 16, 24)
    assert motion.layers.shape == (2, basis.count, LAYERS, 16, 24)
    assert motion.residual.shape == (2, basis.count, 3, 16, 24)
    for part in (motion.trust, motion.layers, motion.residual):
        assert torch.equal(part, part[:1, :, :, :1, :1].expand_as(part))
    assert not motion.trust.any()
    assert not motion.residual.any()


@torch.no_grad()
def test_every_latent_has_another_detail():
    torch.manual_seed(0)
    detail = MotionDetail(8, 600)
    torch.nn.init.normal_(detail.heads.weight)
    features = torch.randn(1, 16, 16, 16)
    one, other = (detail(features, torch.randn(1, 600)).layers for _ in range(2))
    assert (one - other).abs().mean() > 0.1
