"""What the optimiser steps of both objectives share: networks and a batch in, named losses out."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import inf

import torch
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from f2v_core.config import EndsNorm, TrainConfig
from f2v_core.errors import NotFiniteError
from f2v_core.models.blocks import cross_fade
from f2v_core.models.networks import Networks
from f2v_core.training.objectives import ends_error, relative_error, squared_error
from f2v_core.training.shares import NextBatch, Share
from f2v_core.training.world import ALONE, World

Losses = Callable[[Share], Mapping[str, Tensor]]
"""The losses of a share by name; the first is what a step descends."""


class Step(ABC):
    """The optimisers of a run and what one step does with them.

    Attributes:
        loss_names: the names of the losses that `run` returns.
    """

    loss_names: tuple[str, ...]

    def __init__(self, networks: Networks, config: TrainConfig, world: World = ALONE) -> None:
        self.networks = networks
        self.config = config
        self.world = world

    @abstractmethod
    def run(self, next_batch: NextBatch, rate: float, done: float) -> Mapping[str, Tensor]:
        """Make one generator step at `rate` times the learning rates; returns losses as 0-d tensors.

        `done` is the share of the run's steps that lie behind, 0..1.

        Raises:
            RunError: a loss is not finite; no weights have been changed by it.
        """

    def _with_ends(self, times: Tensor) -> Tensor:
        """The times and both ends' after them, of a generator that must be taught to meet these."""
        exact = self.networks.generator.exact_ends
        return times if exact else torch.cat([times, times.new_tensor([0.0, 1.0])])

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

    @abstractmethod
    def parts(self) -> dict[str, nn.Module | Optimizer]:
        """Everything with a state, by name, for checkpoints."""

    def _adam(self, modules: list[nn.Module], learning_rate: float) -> AdamW:
        """AdamW, which decays weights alone: no biases, no norms."""
        parameters = [p for module in modules for p in module.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in parameters if p.ndim > 1], "weight_decay": self.config.weight_decay},
            {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
        ]
        betas = (self.config.beta1, self.config.beta2)
        return AdamW(groups, lr=learning_rate, betas=betas, fused=True)

    def _descend(
        self, optimiser: AdamW, shares: Sequence[Share], losses: Losses, learning_rate: float, name: str
    ) -> dict[str, Tensor]:
        """Make a step down the first of the `losses` of each share; returns their means over the whole batch.

        Every loss is a mean over the clips of its share.

        Raises:
            RunError: a loss or a gradient is not finite; no weights have been changed by it.
        """
        optimiser.zero_grad(set_to_none=True)
        sums: defaultdict[str, Tensor] = defaultdict(lambda: shares[0].video.new_zeros(()))
        for share in shares:
            found = losses(share)
            total = next(iter(found.values())) * share.weight
            _check_finite(
                name, "loss", total
            )  # first: the gradient of a warp along NaN reads outside its memory
            total.backward()  # type: ignore[no-untyped-call]
            for each, value in found.items():
                sums[each] += value.detach() * share.weight
        parameters = [p for group in optimiser.param_groups for p in group["params"]]
        self._add_up(parameters, list(sums.values()))
        _check_finite(name, "gradient", nn.utils.clip_grad_norm_(parameters, self.config.clip_norm or inf))
        for group in optimiser.param_groups:
            group["lr"] = learning_rate
        optimiser.step()
        return dict(sums)

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
        indices = places.long().clamp(max=count - 1).to(share.video.device)
        return indices, indices / (count - 1)


def _check_finite(name: str, what: str, value: Tensor) -> None:
    if not torch.isfinite(value):
        raise NotFiniteError(
            name,
            f"The {what} of the {name} became {value.item():g}; no weight was changed by it.",
            "Resume with a lower learning rate: the last checkpoint is good.",
        )
