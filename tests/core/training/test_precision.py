"""Precisions: which one a wish comes to; losses near those of full precision; fp16's factor."""

from types import SimpleNamespace

import pytest
import torch

from f2v_core.errors import InputError, NotFiniteError
from f2v_core.models.networks import build_networks
from f2v_core.training import steps as steps_module
from f2v_core.training.cvae_step import CvaeStep
from f2v_core.training.finite import Strays
from f2v_core.training.precision import FIRST_FACTOR, Precision, choose_precision
from f2v_core.training.step_kinds import make_step
from tests.core.training.portions import shares

CPU, CUDA, MPS = (torch.device(name) for name in ("cpu", "cuda", "mps"))


@pytest.mark.parametrize(
    ("wish", "kind"),
    [("auto", torch.float32), ("fp32", torch.float32), ("bf16", torch.bfloat16), ("fp16", torch.float16)],
)
def test_the_processor_trains_with_any(wish, kind):
    assert choose_precision(wish, CPU) == kind


@pytest.mark.parametrize(("able", "kind"), [(True, torch.bfloat16), (False, torch.float32)])
def test_auto_is_half_on_a_gpu_that_computes_with_it(able, kind, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda **_kwargs: able)
    assert choose_precision("auto", CUDA) == kind


@pytest.mark.parametrize("wish", ["bf16", "fp16"])
def test_a_mac_trains_in_full_precision_only(wish):
    with pytest.raises(InputError, match="mps trains in fp32 only"):
        choose_precision(wish, MPS)
    assert choose_precision("auto", MPS) == choose_precision("fp32", MPS) == torch.float32


def test_a_gpu_without_bf16_says_so(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda **_kwargs: False)
    with pytest.raises(InputError, match="cannot compute with bf16"):
        choose_precision("bf16", CUDA)


def test_what_cannot_be_wished_for_is_no_setting(quick_config):
    with pytest.raises(InputError, match="precision is 'fp8'"):
        quick_config("cvae", "motion", precision="fp8")


def test_full_precision_changes_nothing():
    precision, loss = Precision("fp32", CPU), torch.ones(())
    assert precision.scaled(loss) is loss
    assert precision.state_dict() == {}
    with precision.networks():
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32


def test_the_factor_is_kept():
    first, second = Precision("fp16", CPU), Precision("fp16", CPU)
    weight = torch.nn.Parameter(torch.ones(2))
    optimiser = torch.optim.AdamW([weight], fused=True)
    first.scaled((weight * torch.inf).sum()).backward()
    first.unscale(optimiser)
    first.step(optimiser)
    assert torch.equal(weight, torch.ones(2))
    second.load_state_dict(first.state_dict())
    assert second.state_dict()["scale"] == FIRST_FACTOR / 2


@pytest.mark.parametrize("model", ["cvae", "cgan"])
@pytest.mark.parametrize("wish", ["bf16", "fp16"])
def test_losses_are_near_those_of_full_precision(model, wish, quick_config):
    rows = []
    for precision in ("fp32", wish):
        config = quick_config(model, "motion", batch=2, size=16, frames=4, precision=precision)
        torch.manual_seed(0)
        step = make_step(build_networks(config), config)
        if step.precision.scales:
            step.precision.load_state_dict({**step.precision.state_dict(), "scale": 1.0})
        clips = torch.rand(2, 4, 3, 16, 16, generator=torch.Generator().manual_seed(0))
        rows += [[step.run(lambda: shares(clips), 0.1, 0.5) for _ in range(2)]]  # noqa: B023 - run at once
    for exact, near in zip(*rows, strict=True):
        name = step.loss_names[0]
        torch.testing.assert_close(near[name], exact[name], rtol=0.02, atol=0.0)


@pytest.fixture
def make_half(quick_config):
    """A function that makes a small CVAE's step in fp16, and clips for it."""

    def make() -> tuple[CvaeStep, torch.Tensor]:
        config = quick_config("cvae", "motion", batch=2, size=16, frames=4, precision="fp16")
        torch.manual_seed(0)
        return CvaeStep(build_networks(config), config), torch.rand(2, 4, 3, 16, 16)

    return make


def weights(step: CvaeStep) -> list[torch.Tensor]:
    return [value.clone() for value in step.networks.generator.parameters()]


def unchanged(step: CvaeStep, before: list[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(before, weights(step), strict=True))


def test_a_gradient_beyond_fp16_is_left_out_and_lowers_the_factor(make_half):
    step, clips = make_half()
    step.precision.load_state_dict({**step.precision.state_dict(), "scale": 2.0**40})
    before = weights(step)
    step.run(lambda: shares(clips), 1.0, 0.5)
    step.settle()
    assert unchanged(step, before)
    assert step.precision.state_dict()["scale"] == 2.0**39
    assert step.parts()["strays"].state_dict() == {"CVAE": 1}
    step.precision.load_state_dict({**step.precision.state_dict(), "scale": 1.0})
    step.run(lambda: shares(clips), 1.0, 0.5)
    assert not unchanged(step, before)
    assert step.parts()["strays"].state_dict() == {"CVAE": 0}


def test_a_loss_that_is_not_finite_is_never_differentiated(make_half, monkeypatch):
    step, clips = make_half()
    before = weights(step)
    clips[:, 1:] = torch.nan
    monkeypatch.setattr(torch.Tensor, "backward", lambda *_args, **_kwargs: pytest.fail("it was"))
    step.run(lambda: shares(clips), 1.0, 0.5)
    assert unchanged(step, before)
    assert step.precision.state_dict()["scale"] == FIRST_FACTOR / 2


def test_too_many_in_a_row_are_an_error(make_half, monkeypatch):
    monkeypatch.setattr(steps_module, "MOST_STRAYS", 3)
    step, clips = make_half()
    clips[:] = torch.nan
    before = weights(step)
    for _ in range(2):
        step.run(lambda: shares(clips), 1.0, 0.5)
    with pytest.raises(NotFiniteError, match="3 times in a row"):
        step.run(lambda: shares(clips), 1.0, 0.5)
    assert unchanged(step, before)


def test_one_processes_bad_loss_is_told_by_the_sum(quick_config):
    """As in a training of two, of which the other one's loss is finite: both find the same."""
    config = quick_config("cvae", "motion", batch=2, size=16, frames=4)
    added = []

    def add(tensors):
        added.extend(tensors)

    world = SimpleNamespace(rank=0, size=2, add=add, mean=torch.mean, share=str)
    step = CvaeStep(build_networks(config), config, world)
    clips = torch.full((2, 4, 3, 16, 16), torch.nan)
    with pytest.raises(NotFiniteError, match="loss of the CVAE became nan"):
        step.run(lambda: shares(clips), 1.0, 0.5)
    assert added  # it did not leave the other one waiting


def test_where_nobody_waits_a_bad_step_is_found_before_anything_is_kept(quick_config):
    config = quick_config("cvae", "motion", batch=2, size=16, frames=4)
    step = CvaeStep(build_networks(config), config)
    step._strays = Strays(1, 1e9)  # as on a GPU
    clips = torch.rand(2, 4, 3, 16, 16)
    step.run(lambda: shares(clips), 1.0, 0.5)
    step.settle()
    before = weights(step)
    step.run(lambda: shares(clips * torch.nan), 1.0, 0.5)
    step.run(lambda: shares(clips), 0.0, 0.5)
    with pytest.raises(NotFiniteError, match="of the CVAE was not finite"):
        step.settle()
    step.run(lambda: shares(clips * torch.nan), 1.0, 0.5)
    assert unchanged(step, before)
