"""What only a GPU can show: its steps follow the processor's, and a bad one changes nothing though nobody waits."""

import pytest
import torch

from f2v_core.errors import NotFiniteError
from f2v_core.models.networks import build_networks
from f2v_core.training.finite import Strays
from f2v_core.training.step_kinds import make_step
from f2v_core.training.steps import Step
from tests.core.training.portions import shares

CUDA = torch.device("cuda")
pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")


@pytest.fixture
def make(quick_config):
    """A function that makes a step on a device."""

    def made(device: torch.device, model: str, **changes) -> Step:
        config = quick_config(model, "motion", batch=2, size=16, frames=4, **changes)
        torch.manual_seed(0)
        return make_step(build_networks(config).to(device), config)

    return made


@pytest.fixture
def clips() -> torch.Tensor:
    """Two, (2, 4, 3, 16, 16)."""
    return torch.rand(2, 4, 3, 16, 16, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("model", ["cvae", "cgan"])
@pytest.mark.parametrize("precision", ["fp32", "bf16", "fp16"])
def test_losses_follow_the_processors(model, precision, make, clips):
    here, there = make(torch.device("cpu"), model), make(CUDA, model, precision=precision)
    video = clips.to(CUDA)
    for _ in range(3):
        exact = here.run(lambda: shares(clips), 0.01, 0.5)
        near = there.run(lambda: shares(video), 0.01, 0.5)
    there.settle()
    name = here.loss_names[0]
    torch.testing.assert_close(near[name].cpu(), exact[name], rtol=0.02, atol=0.0)


def test_a_bad_step_changes_no_weight_and_is_found_when_asked(make, clips):
    step = make(CUDA, "cvae", precision="bf16")
    step._strays = Strays(1, 1e9)
    before = [value.clone() for value in step.networks.generator.parameters()]
    clips[:, 1:] = torch.nan
    step.run(lambda: shares(clips.to(CUDA)), 1.0, 0.5)
    with pytest.raises(NotFiniteError, match="not finite"):
        step.settle()
    after = step.networks.generator.parameters()
    assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))
