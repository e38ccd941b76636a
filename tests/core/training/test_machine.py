"""What makes networks quick where they are trained changes neither their names nor what they compute."""

import pytest
import torch
from torch import nn

from f2v_core.errors import InputError
from f2v_core.models.networks import build_networks
from f2v_core.training import machine
from f2v_core.training.machine import PAYS_FROM, put_channels_last, suit_networks
from f2v_core.training.step_kinds import make_step
from tests.core.training.portions import shares

CPU, CUDA, MPS = (torch.device(name) for name in ("cpu", "cuda", "mps"))


@pytest.fixture
def compiled(monkeypatch) -> list[nn.Module]:
    """The modules that were asked to be compiled; a machine that has all that needs."""
    asked: list[nn.Module] = []
    monkeypatch.setattr(nn.Module, "compile", lambda self: asked.append(self))  # noqa: PLW0108 - it is bound
    monkeypatch.setattr(machine, "which", lambda _name: "/bin/compiler")
    monkeypatch.setattr(machine, "find_spec", lambda _name: "there")
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _device: (8, 0))
    return asked


def suit(config, device=CPU, kind=torch.float32):
    networks = build_networks(config)
    suit_networks(networks, config, device, kind)
    return networks


def test_the_networks_are_compiled_where_that_is_asked_for(compiled, quick_config):
    networks = suit(quick_config("cvae", "motion", compile="on"))
    assert compiled == [networks.generator.network, networks.generator.prior, networks.video_encoder]
    compiled.clear()
    networks = suit(quick_config("cgan", "poster", compile="on"))
    assert compiled == [networks.generator.encoder, networks.generator.decoder, networks.discriminator]


def test_what_is_differentiated_twice_is_not_compiled(compiled, quick_config):
    networks = suit(quick_config("cgan", "motion", compile="on", gradient_penalty=1.0))
    assert networks.generator.detail in compiled
    assert networks.discriminator not in compiled


@pytest.mark.parametrize(
    ("wish", "device", "steps", "done"),
    [("auto", CUDA, PAYS_FROM, True), ("auto", CUDA, PAYS_FROM - 1, False), ("auto", CPU, PAYS_FROM, False),
     ("auto", MPS, PAYS_FROM, False), ("off", CUDA, PAYS_FROM, False), ("on", CUDA, 1, True)],
)  # fmt: skip
def test_auto_compiles_long_trainings_on_a_gpu(
    wish, device, steps, done, compiled, quick_config, monkeypatch
):
    monkeypatch.setattr(machine, "_go_on_without", lambda: None)
    suit(quick_config("cvae", "motion", compile=wish, steps=steps), device)
    assert bool(compiled) == done


@pytest.mark.parametrize(
    ("name", "value", "device", "words"),
    [("which", None, CPU, "there is no C\\+\\+ compiler"), ("find_spec", None, CUDA, "triton is missing"),
     ("which", "there", MPS, "not compiled for mps")],
)  # fmt: skip
def test_what_is_lacking_is_said_and_auto_does_without(
    name, value, device, words, compiled, quick_config, monkeypatch
):
    monkeypatch.setattr(machine, name, lambda _name: value)
    with pytest.raises(InputError, match=f"compile is on, but .*{words}"):
        suit(quick_config("cvae", "motion", compile="on"), device)
    suit(quick_config("cvae", "motion", compile="auto", steps=PAYS_FROM), device)
    assert not compiled


def test_a_gpu_may_be_too_old(compiled, quick_config, monkeypatch):
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _device: (6, 1))
    with pytest.raises(InputError, match="too old"):
        suit(quick_config("cvae", "motion", compile="on"), CUDA)
    assert not compiled


def test_compiled_networks_keep_the_names_of_their_weights(quick_config, monkeypatch):
    whole = nn.Module.compile
    monkeypatch.setattr(machine, "which", lambda _name: "/bin/compiler")
    monkeypatch.setattr(nn.Module, "compile", lambda self: whole(self, backend="eager"))
    config = quick_config("cvae", "motion", compile="on")
    assert suit(config).generator.state_dict().keys() == build_networks(config).generator.state_dict().keys()


def test_half_precision_on_a_gpu_reads_channels_last(quick_config):
    config = quick_config("cvae", "motion", compile="off")
    for kind, last in ((torch.bfloat16, True), (torch.float32, False)):
        networks = suit(config, CUDA, kind)
        weight = networks.generator.network.heads.weight
        assert weight.is_contiguous(memory_format=torch.channels_last) == last


@pytest.mark.parametrize(("model", "architecture"), [("cvae", "motion"), ("cgan", "recurrent")])
def test_the_order_in_memory_changes_no_step(model, architecture, quick_config):
    """And an optimiser's state that was saved in the other order is laid out anew."""
    config = quick_config(model, architecture, size=16, frames=4, batch=2)
    clips = torch.rand(2, 4, 3, 16, 16)
    made = []
    for last in (False, True):
        torch.manual_seed(0)
        networks = build_networks(config)
        if last:
            put_channels_last(networks)
        step = make_step(networks, config)
        if last:
            networks.generator.load_state_dict(made[0][0])
            for name, part in step.parts().items():
                part.load_state_dict(made[0][1][name])
        step.run(lambda: shares(clips), 1.0, 0.5)
        parts = {name: part.state_dict() for name, part in step.parts().items()}
        weights = {name: value.clone() for name, value in networks.generator.state_dict().items()}
        made.append((weights, parts))
        optimisers = [part for part in step.parts().values() if isinstance(part, torch.optim.Optimizer)]
        for parameter, kept in ((p, k) for each in optimisers for p, k in each.state.items()):
            assert kept["exp_avg"].stride() == parameter.stride()
