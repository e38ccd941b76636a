"""What stays in full precision where networks compute in half of it: `torch.autocast` halves all else."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import torch
from torch import Tensor

P = ParamSpec("P")
T = TypeVar("T")
_HALVES = (torch.bfloat16, torch.float16)
_DEVICES = ("cuda", "cpu", "mps")


def full(values: Tensor) -> Tensor:
    """What a network gives, as float32 if it is of half precision: sums of squares and warps follow."""
    return values.float() if values.dtype in _HALVES else values


def exact(work: Callable[P, T]) -> Callable[P, T]:
    """Let a function compute in its arguments' own precision, also where it is called under autocast."""

    @wraps(work)
    def exactly(*args: P.args, **kwargs: P.kwargs) -> T:
        halving = next((device for device in _DEVICES if torch.is_autocast_enabled(device)), None)
        if halving is None:
            return work(*args, **kwargs)
        with torch.autocast(halving, enabled=False):
            return work(*args, **kwargs)

    return exactly
