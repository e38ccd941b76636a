"""Networks made quick on the machine that trains them: their weights' order in memory, and compilation.

Neither changes a name in their state: checkpoints and models are the same whatever the machine.
"""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from shutil import which

import torch
from torch import nn
from torch.optim import Optimizer

from f2v_core.config import TrainConfig
from f2v_core.errors import InputError
from f2v_core.models.generator import MotionGenerator
from f2v_core.models.networks import Networks

PAYS_FROM = 2000
"""Steps: compiling takes minutes, and spares a part of each step. On processors it was measured not to pay: 160 s for
the small motion CVAE, whose steps then took as long as before."""
_COMPILERS = {"win32": "cl", "darwin": "clang++"}
_OLDEST = (7, 0)
"""What a GPU must be capable of for Triton."""


def suit_networks(networks: Networks, config: TrainConfig, device: torch.device, kind: torch.dtype) -> None:
    """Make networks quick on a device that computes with precision `kind`, before their optimisers are made.

    Raises:
        InputError: they are to be compiled, and this machine lacks what that needs.
    """
    if device.type == "cuda" and kind != torch.float32:
        put_channels_last(networks)
    if _compiles(config, device):
        if config.compile == "auto":
            _go_on_without()
        for network in _convolving(networks, config):
            network.compile()


def put_channels_last(networks: Networks) -> None:
    """Let the weights of 2-D convolutions lie as half precision's units read them; what they give then does too."""
    for network in (networks.generator, networks.video_encoder, networks.discriminator):
        for each in () if network is None else network.modules():
            if isinstance(each, nn.Conv2d):
                each.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def match_layouts(optimiser: Optimizer) -> None:
    """Lay what an optimiser remembers of weights as these lie: it may have been saved on another machine."""
    for parameter, kept in optimiser.state.items():
        for name, value in kept.items():
            if value.shape == parameter.shape and value.stride() != parameter.stride():
                kept[name] = torch.empty_like(parameter).copy_(value)


def _compiles(config: TrainConfig, device: torch.device) -> bool:
    if config.compile == "off" or (config.compile == "auto" and device.type != "cuda"):
        return False
    lack = _lack(device)
    if config.compile == "auto":
        return not lack and config.steps >= PAYS_FROM
    if lack:
        raise InputError(f"compile is on, but {lack}.", "Install it, or set compile to auto or off.")
    return True


def _go_on_without() -> None:
    """Let what turns out not to be compilable here run as it is, with a warning in the log."""
    from torch import _dynamo  # noqa: PLC0415 - takes seconds to load

    _dynamo.config.suppress_errors = True


def _lack(device: torch.device) -> str:
    """What torch needs for compiling and this machine has not, in words; empty where it has all."""
    if device.type not in {"cuda", "cpu"}:
        return f"networks are not compiled for {device.type}"
    if device.type == "cuda" and torch.cuda.get_device_capability(device) < _OLDEST:
        return "this GPU is too old for Triton"
    if device.type == "cuda" and find_spec("triton") is None:
        return "the package triton is missing"
    compiler = os.environ.get("CXX") or _COMPILERS.get(sys.platform, "g++")
    return "" if which(compiler) else f"there is no C++ compiler ({compiler}) on this machine"


def _convolving(networks: Networks, config: TrainConfig) -> Iterator[nn.Module]:
    """The parts that are worth it: what follows them, warps and sums, is not compiled.

    A discriminator with a gradient penalty is differentiated twice, which compiled code cannot be.
    """
    generator = networks.generator
    parts: list[nn.Module | None]
    if isinstance(generator, MotionGenerator):
        parts = [generator.network, generator.prior, generator.detail]
    else:
        parts = [generator.encoder, generator.decoder]
    critic = None if config.gradient_penalty else networks.discriminator
    return (each for each in (*parts, networks.video_encoder, critic) if each is not None)
