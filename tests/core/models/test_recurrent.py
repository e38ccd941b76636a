"""The recurrent network: the motion network's form from a state that evolves."""

import torch

from f2v_core.models.ends import find_ends
from f2v_core.models.motion import make_layers
from f2v_core.models.recurrent import ConvGru, RecurrentNetwork
from f2v_core.models.time_basis import KNOTS


def network(width: int = 8) -> RecurrentNetwork:
    torch.manual_seed(0)
    return RecurrentNetwork(width, 600, 16, 16)


def states(made: RecurrentNetwork, z: torch.Tensor) -> torch.Tensor:
    torch.manual_seed(1)
    ends = find_ends(*torch.rand(2, 1, 3, 32, 48))
    _, _, deep, condition = made.read(ends, make_layers(ends), z)
    return made._roll(deep, condition)


def test_it_has_about_as_many_weights_as_the_motion_network():
    with torch.device("meta"):
        made = RecurrentNetwork(16, 600, 1000, 1000)
    assert 1.0e6 < sum(p.numel() for p in made.parameters()) < 2.0e6


def test_the_state_evolves_and_stays_within_bounds():
    rolled = states(network(), torch.zeros(1, 600))
    assert rolled.shape == (1, KNOTS.count, 48, 4, 6)
    assert rolled.abs().max() <= 1
    assert (rolled.diff(dim=1).abs().amax(dim=(0, 2, 3, 4)) > 1e-3).all()


def test_each_state_follows_from_the_one_before():
    """A step that starts elsewhere ends elsewhere: the roll is no function of the time alone."""
    cell = ConvGru(8, 4)
    read, clock = cell.read(torch.rand(1, 8, 4, 4)), torch.rand(1, 4)
    one, other = (cell(torch.full((1, 8, 4, 4), value), read, clock) for value in (-1.0, 1.0))
    assert (one - other).abs().min() > 1e-3


def test_the_whole_latent_moves_the_states():
    z = torch.zeros(1, 600, requires_grad=True)
    made = network()
    for block in made.trunk:
        torch.nn.init.normal_(block.film.weight, std=0.1)
    states(made, z)[:, -1].square().sum().backward()
    assert (z.grad.abs() > 0).all()


def test_no_clip_of_a_batch_sees_another():
    torch.manual_seed(2)
    made = network().eval()
    torch.nn.init.normal_(made.heads.weight, std=0.1)
    ends, z = find_ends(*torch.rand(2, 2, 3, 32, 32)), torch.randn(2, 600)
    both, features = made(ends, make_layers(ends), z)
    alone = type(ends)(*(value[1:] for value in vars(ends).values()))
    one, its_features = made(alone, make_layers(alone), z[1:])
    for name in ("trust", "layers", "residual"):
        torch.testing.assert_close(getattr(both, name)[1:], getattr(one, name), atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(features[1:], its_features, atol=1e-5, rtol=1e-4)
    assert both.basis is KNOTS
