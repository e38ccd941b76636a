"""The CGAN's detail: driven by z, over the functions of time of its mean."""

import pytest
import torch

from f2v_core.models.detail import MotionDetail, lost_power
from f2v_core.models.render import swell
from f2v_core.models.time_basis import KNOTS, LEGENDRE


@pytest.mark.parametrize("basis", [LEGENDRE, KNOTS])
def test_it_begins_at_the_power_lost_for_all_latents_and_places(basis):
    detail = MotionDetail(8, 600, basis)
    gain = detail(torch.randn(2, 16, 16, 24), torch.randn(2, 600))
    assert gain.shape == (2, basis.count, 1, 16, 24)
    assert torch.equal(gain, gain[:1, :, :, :1, :1].expand_as(gain))
    times = torch.linspace(0.1, 0.9, 9)
    torch.testing.assert_close(basis(times) @ gain[0, :, 0, 0, 0], lost_power(times), atol=0.08, rtol=0)


def test_in_the_middle_two_textures_get_the_strength_of_one():
    middle = torch.tensor([0.5])
    assert 1 + (swell(middle) * lost_power(middle)).item() == pytest.approx(1.25 * 2**0.5)


@torch.no_grad()
def test_every_latent_has_another_detail():
    torch.manual_seed(0)
    detail = MotionDetail(8, 600)
    torch.nn.init.normal_(detail.gain.weight)
    features = torch.randn(1, 16, 16, 16)
    one, other = (detail(features, torch.randn(1, 600)) for _ in range(2))
    assert (one - other).abs().mean() > 0.1
