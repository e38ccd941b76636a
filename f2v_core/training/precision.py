"""In which precision networks compute while they train; their weights and all that follows them are float32."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW

from f2v_core.config import PrecisionWish
from f2v_core.errors import InputError

FIRST_FACTOR, RAISED_AFTER = 2.0**8, 500
"""Below torch's own: our losses have weights in the thousands. It doubles after so many steps that it was right for."""
_KINDS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class Precision:
    """The networks' precision, and what fp16 needs so that small gradients do not vanish: a factor on the loss.

    Micikevicius et al. 2018, "Mixed precision training". Its state is the factor's.

    Attributes:
        kind: float32, bfloat16 or float16.
        scales: whether there is a factor; then a gradient that is not finite lowers it, and its step is left out.
    """

    def __init__(self, wish: PrecisionWish, device: torch.device) -> None:
        self.kind = choose_precision(wish, device)
        self.scales = self.kind == torch.float16
        self._device = device.type
        self._scaler = torch.amp.GradScaler(
            device.type, init_scale=FIRST_FACTOR, growth_interval=RAISED_AFTER, enabled=self.scales
        )

    def networks(self) -> AbstractContextManager[object]:
        """Where networks look at something: their convolutions and products are of this precision within."""
        return nullcontext() if self.kind == torch.float32 else torch.autocast(self._device, dtype=self.kind)

    def scaled(self, loss: Tensor) -> Tensor:
        """What is to be differentiated for a loss."""
        return self._scaler.scale(loss)

    def unscale(self, optimiser: AdamW) -> None:
        """Turn the gradients of scaled losses, summed over all processes, into those of the losses."""
        self._scaler.unscale_(optimiser)

    def step(self, optimiser: AdamW) -> None:
        """Make the step, or leave it out where an unscaled gradient is not finite; without a wait for the device."""
        self._scaler.step(optimiser)
        self._scaler.update()

    def state_dict(self) -> dict[str, Any]:
        """The factor and how long it has held."""
        return self._scaler.state_dict()

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take up what `state_dict` gave."""
        self._scaler.load_state_dict(dict(state))


def choose_precision(wish: PrecisionWish, device: torch.device) -> torch.dtype:
    """The precision for a wish; "auto" is bf16 on a GPU that computes with it, else fp32.

    Raises:
        InputError: the device does not train with the wished-for precision.
    """
    if wish == "auto":
        half = device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)
        return torch.bfloat16 if half else torch.float32
    if wish != "fp32" and device.type not in {"cuda", "cpu"}:
        raise InputError(
            f"precision is {wish}, but {device.type} trains in fp32 only.", "Choose auto or fp32."
        )
    if wish == "bf16" and device.type == "cuda" and not torch.cuda.is_bf16_supported():
        raise InputError("This GPU cannot compute with bf16.", "Choose auto, fp16 or fp32.")
    return _KINDS[wish]
