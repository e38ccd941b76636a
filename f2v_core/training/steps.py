"""What the optimiser steps of both objectives share: networks and a batch in, named losses out."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import inf, nan
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.optim import AdamW

from f2v_core.config import EndsNorm, TrainConfig
from f2v_core.errors import NotFiniteError
from f2v_core.models.blocks import cross_fade
from f2v_core.models.networks import Networks
from f2v_core.training.finite import READ_S, Strays, step_if_finite
from f2v_core.training.machine import match_layouts, suit_networks
from f2v_core.training.objectives import ends_error, relative_error, squared_error
from f2v_core.training.precision import Precision
from f2v_core.training.shares import NextBatch, Share
from f2v_core.training.world import ALONE, World

Losses = Callable[[Share], Mapping[str, Tensor]]
"""The losses of a share by name; the first is what a step descends."""
MOST_STRAYS = 20
"""As many steps in a row may fp16 leave out while it looks for a factor that its gradients bear."""
OF_FP16 = "scaler", "strays"
"""The parts that only fp16 has; a run that goes on in fp16 after another precision begins them anew."""


class Stateful(Protocol):
    """What can be saved and taken up again: a network, an optimiser."""

    def state_dict(self) -> dict[str, Any]:
        """All that must be kept."""

    def load_state_dict(self, state_dict: dict[str, Any], /) -> object:
        """Take up what `state_dict` gave."""


class Step(ABC):
    """The optimisers of a run and what one step does with them.

    Attributes:
        loss_names: the names of the losses that `run` returns.
        precision: what the networks compute with.
    """

    loss_names: tuple[str, ...]

    def __init__(self, networks: Networks, config: TrainConfig, world: World = ALONE) -> None:
        self.networks = networks
        self.config = config
        self.world = world
        device = next(networks.generator.parameters()).device
        self.precision = Precision(config.precision, device)
        suit_networks(networks, config, device, self.precision.kind)
        self._strays: Strays | None = None
        if self.precision.scales or device.type == "cuda":  # else every step is looked at before it is made
            limit = MOST_STRAYS if self.precision.scales else 1
            self._strays = Strays(limit, READ_S if device.type == "cuda" else 0.0)

    @abstractmethod
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        """Make one generator step at `rate` times the learning rates; returns losses as 0-d tensors.

        `done` is the share of the run's steps that lie behind, 0..1.

        Raises:
            RunError: a loss is not finite, of this step or, on a GPU, of one of the last; no weights have been changed
            by it.
        """

    def settle(self) -> None:
        """Wait for the device, before anything is kept of the steps so far.

        Raises:
            RunError: one of them was not finite; no weights have been changed by it.
        """
        if self._strays is not None:
            self._strays.look()

    def _with_ends(self, times: Tensor) -> Tensor:
        """The times and both ends' after them, of a generator that must be taught to meet these."""
        exact = self.networks.generator.exact_ends
        return times if exact else torch.cat([times, torch.linspace(0, 1, 2, device=times.device)])

    def _ends_error(self, generated: Tensor, video: Tensor, norm: EndsNorm) -> Tensor:
        """||c(g(z)) - c(x)||, averaged, of the frames that `_with_ends` asked for: none where they are exact."""
        if self.networks.generator.exact_ends:
            return video.new_zeros(())
        return ends_error(generated, video[:, 0], video[:, -1], norm).mean()

    def _distance(self, generated: Tensor, real: Tensor, ends: Tensor, times: Tensor) -> Tensor:
        """The distance of `TrainConfig.distance`, averaged; `ends` are the two images, (B, 2, 3, H, W)."""
        if self.config.distance == "squared":
            return squared_error(generated, real, self.config.frames).mean()
        linear = cross_fade(ends[:, 0], ends[:, 1], times)
        return relative_error(generated, real, linear, self.world.mean).mean()

    def parts(self) -> dict[str, Stateful]:
        """Everything with a state, by name, for checkpoints."""
        if not self.precision.scales or self._strays is None:
            return self._trained()
        return {**self._trained(), **dict(zip(OF_FP16, (self.precision, self._strays), strict=True))}

    @abstractmethod
    def _trained(self) -> dict[str, Stateful]:
        """The networks beside the generator, and the optimisers, by name."""

    def _adam(self, modules: list[nn.Module], learning_rate: float) -> AdamW:
        """AdamW, which decays weights alone: no biases, no norms."""
        parameters = [p for module in modules for p in module.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in parameters if p.ndim > 1], "weight_decay": self.config.weight_decay},
            {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
        ]
        betas = (self.config.beta1, self.config.beta2)
        optimiser = AdamW(groups, lr=learning_rate, betas=betas, fused=True)
        optimiser.register_load_state_dict_post_hook(match_layouts)
        return optimiser

    def _descend(
        self, optimiser: AdamW, shares: Sequence[Share], losses: Losses, learning_rate: float, name: str
    ) -> dict[str, Tensor]:
        """Make a step down the first of the `losses` of each share; returns their means over the whole batch.

        Every loss is a mean over the clips of its share.

        Raises:
            RunError: a loss or a gradient is not finite; no weights have been changed by it.
        """
        optimiser.zero_grad(set_to_none=True)
        parameters = [p for group in optimiser.param_groups for p in group["params"]]
        sums: defaultdict[str, Tensor] = defaultdict(lambda: shares[0].video.new_zeros(()))
        for share in shares:
            found = losses(share)
            self._differentiate(next(iter(found.values())) * share.weight, parameters)
            for each, value in found.items():
                sums[each] += value.detach() * share.weight
        self._add_up(parameters, list(sums.values()))
        for group in optimiser.param_groups:
            group["lr"] = learning_rate
        self._update(optimiser, parameters, next(iter(sums.values())), name)
        return dict(sums)

    def _differentiate(self, loss: Tensor, parameters: list[Tensor]) -> None:
        """Add the loss's gradients to the parameters'; all are NaN where it is not finite.

        A GPU works those out by itself. Elsewhere they are set: the gradient of a warp along NaN reads outside its
        memory there. Either way all processes that train together see them in their sum, and do the same.
        """
        scaled = self.precision.scaled(loss)
        if loss.device.type == "cuda" or torch.isfinite(loss):
            scaled.backward()  # type: ignore[no-untyped-call]
            return
        for parameter in parameters:
            if parameter.requires_grad:
                parameter.grad = torch.full_like(parameter, nan)

    def _update(self, optimiser: AdamW, parameters: list[Tensor], loss: Tensor, name: str) -> None:
        """Clip the gradients and make the step, unless they or the loss are not finite."""
        if self._strays is None:
            _check_finite(name, "loss", loss)
        self.precision.unscale(optimiser)
        norm = nn.utils.clip_grad_norm_(parameters, self.config.clip_norm or inf)
        if self._strays is None:
            _check_finite(name, "gradient", norm)
            optimiser.step()
            return
        finite = torch.isfinite(norm)
        if self.precision.scales:
            self.precision.step(optimiser)
        else:
            finite &= torch.isfinite(loss)
            step_if_finite(optimiser, finite)
        self._strays.count(name, ~finite)

    def _add_up(self, parameters: list[Tensor], sums: list[Tensor]) -> None:
        """Sum gradients and losses over all processes; a network that none of them used keeps no gradient."""
        if self.world.size == 1:
            return
        used = sums[0].new_tensor([p.grad is not None for p in parameters])
        for parameter in parameters:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        self.world.add([used, *sums, *(p.grad for p in parameters if p.grad is not None)])
        for parameter, count in zip(parameters, used.tolist(), strict=True):
            if not count:
                parameter.grad = None

    def _times(self, share: Share) -> tuple[Tensor, Tensor]:
        """Numbers (K,) of the `frames_per_step` frames that this step renders, and their exact times; 0: all.

        They are evenly spread from a random start (systematic sampling): every frame comes equally often, and
        neighbours stay about equally far apart, which the discriminator needs to see motion.
        """
        count = share.video.shape[1]
        wanted = min(self.config.frames_per_step or count, count)
        places = (torch.arange(wanted) + share.draws.shared()) * (count / wanted)
        indices = places.long().clamp(max=count - 1).to(share.video.device, non_blocking=True)
        return indices, indices / (count - 1)


def _check_finite(name: str, what: str, value: Tensor) -> None:
    if not torch.isfinite(value):
        raise NotFiniteError(
            name,
            f"The {what} of the {name} became {value.item():g}; no weight was changed by it.",
            "Resume with a lower learning rate: the last checkpoint is good.",
        )
