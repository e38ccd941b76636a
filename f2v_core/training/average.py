"""The moving average of a generator's weights: what is validated, saved as the model, and shown."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch
from torch import Tensor

from f2v_core.models.networks import Generator


class AveragedWeights:
    """The exponential moving average of a generator's weights and buffers.

    Attributes:
        values: by name, on the generator's device.
    """

    def __init__(self, generator: Generator, decay: float) -> None:
        self._generator, self._decay = generator, decay
        self.values: dict[str, Tensor] = {}
        self.restart()

    def restart(self) -> None:
        """Begin anew from the generator's present weights."""
        self.values = {name: value.detach().clone() for name, value in self._generator.state_dict().items()}

    def load(self, values: Mapping[str, Tensor]) -> None:
        """Take up an average that was saved."""
        self.values = {name: value.to(self.values[name].device) for name, value in values.items()}

    @torch.no_grad()
    def add(self, step: int) -> None:
        """Count the weights of a step; young averages forget faster, so that they do not stick to the start."""
        decay = min(self._decay, (1 + step) / (10 + step))
        for name, value in self._generator.state_dict().items():
            average = self.values[name]
            if average.is_floating_point():
                average.lerp_(value, 1 - decay)
            else:
                average.copy_(value)

    @contextmanager
    def in_place(self) -> Iterator[Generator]:
        """The generator with its averaged weights, which trade places with the trained ones: no third copy."""
        self._trade()
        try:
            yield self._generator
        finally:
            self._trade()

    def _trade(self) -> None:
        network = self._generator
        tensors: dict[str, Tensor] = dict([*network.named_parameters(), *network.named_buffers()])
        for name, average in self.values.items():
            tensors[name].data, average.data = average.data, tensors[name].data
