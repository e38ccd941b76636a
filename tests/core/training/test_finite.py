"""Numbers that are not finite, where nobody waits for the device."""

import pytest
import torch

from f2v_core.errors import NotFiniteError
from f2v_core.training import finite
from f2v_core.training.finite import Strays, step_if_finite

BAD, GOOD = torch.tensor(True), torch.tensor(False)


def test_so_many_in_a_row_are_an_error():
    strays = Strays(3, 0.0)
    for astray in (BAD, BAD, GOOD, BAD, BAD):
        strays.count("generator", astray)
    with pytest.raises(NotFiniteError, match="generator was not finite 3 times in a row") as caught:
        strays.count("generator", BAD)
    assert caught.value.network == "generator"
    assert "bf16" in caught.value.remedy


def test_networks_are_counted_apart():
    strays = Strays(2, 0.0)
    for name in ("generator", "discriminator"):
        strays.count(name, BAD)
    assert strays.state_dict() == {"generator": 1, "discriminator": 1}


def test_one_between_two_looks_is_found_at_the_next(monkeypatch):
    clock = iter((0.0, 0.01, 0.02, 0.2, 0.2))
    monkeypatch.setattr(finite, "monotonic", lambda: next(clock))
    strays = Strays(1, 0.1)
    strays.count("CVAE", BAD)
    strays.count("CVAE", GOOD)
    with pytest.raises(NotFiniteError, match="of the CVAE was not finite; no weight"):
        strays.count("CVAE", GOOD)


def test_asking_finds_it_at_once():
    strays = Strays(1, 1e9)
    strays.count("CVAE", BAD)
    with pytest.raises(NotFiniteError, match="lower learning rate"):
        strays.look()


def test_counts_go_on_from_a_checkpoint():
    first, second = Strays(3, 0.0), Strays(3, 0.0)
    for _ in range(2):
        first.count("CVAE", BAD)
    second.load_state_dict(first.state_dict())
    with pytest.raises(NotFiniteError):
        second.count("CVAE", BAD)


def test_only_a_finite_step_is_made():
    one, other = (torch.nn.Parameter(torch.ones(3)) for _ in range(2))
    optimisers = [torch.optim.AdamW([each], lr=0.1, fused=True) for each in (one, other)]
    one.grad = torch.full((3,), torch.nan)
    step_if_finite(optimisers[0], torch.tensor(False))
    assert torch.equal(one, torch.ones(3))
    for parameter, optimiser in zip((one, other), optimisers, strict=True):
        parameter.grad = torch.ones(3)
        step_if_finite(optimiser, torch.tensor(True))
    assert torch.equal(one, other)  # the one left out left no trace
    assert not torch.equal(one, torch.ones(3))
