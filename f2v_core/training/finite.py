"""What keeps numbers that are not finite away from the weights where nobody waits for the device."""

from collections.abc import Mapping
from time import monotonic
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW

from f2v_core.errors import NotFiniteError

READ_S = 0.1
"""Between two looks at what a GPU has found: each makes the processor wait until all that it was given is done."""


class Strays:
    """How many steps in a row went astray, for each network by its name; counted on the device.

    Attributes:
        limit: this many in a row are an error.
        every_s: seconds between two looks; 0: after each step.
    """

    def __init__(self, limit: int, every_s: float) -> None:
        self.limit, self.every_s = limit, every_s
        self._now: dict[str, Tensor | int] = {}
        self._most: dict[str, Tensor] = {}
        self._looked = monotonic()

    def count(self, name: str, astray: Tensor) -> None:
        """Note whether a network's step was left out, bool ().

        Raises:
            NotFiniteError: too many in a row were, as seen at the latest look.
        """
        now = (self._now.get(name, 0) + 1) * astray
        self._now[name] = now
        self._most[name] = torch.maximum(self._most.get(name, now), now)
        if monotonic() - self._looked >= self.every_s:
            self.look()

    def look(self) -> None:
        """Wait for the device and read.

        Raises:
            NotFiniteError: too many steps in a row went astray; none of them has changed a weight.
        """
        self._looked = monotonic()
        for name, most in self._most.items():
            if int(most) >= self.limit:
                several = "" if self.limit == 1 else f" {self.limit} times in a row"
                raise NotFiniteError(
                    name,
                    f"A loss or gradient of the {name} was not finite{several}; no weight was changed by it.",
                    "Resume with a lower learning rate: the last checkpoint is good."
                    if self.limit == 1
                    else "Resume with a lower learning rate or in bf16 or fp32: the last checkpoint is good.",
                )
        self._most.clear()

    def state_dict(self) -> dict[str, Any]:
        """Steps left out in a row up to now, by name."""
        return {name: int(now) for name, now in self._now.items()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take up what `state_dict` gave."""
        self._now = dict(state)


def step_if_finite(optimiser: AdamW, finite: Tensor) -> None:
    """Make the step of a fused AdamW if `finite`, bool (), holds; the device decides, and nobody waits for it."""
    optimiser.grad_scale, optimiser.found_inf = None, (~finite).float()  # type: ignore[attr-defined]
    optimiser.step()
    del optimiser.grad_scale, optimiser.found_inf  # type: ignore[attr-defined]
