"""Lacking memory: recognised, and answered with smaller portions."""

from dataclasses import replace

import pytest
import torch

from f2v_core.config import TrainConfig
from f2v_core.training.memory_guard import is_out_of_memory, smaller_portions


@pytest.mark.parametrize(
    ("error", "lacks"),
    [
        (MemoryError(), True),
        (torch.OutOfMemoryError("CUDA out of memory"), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), True),
        (RuntimeError("shapes differ"), False),
        (ValueError("can't allocate memory"), False),
    ],
)
def test_lack_of_memory_is_recognised(error, lacks):
    assert is_out_of_memory(error) == lacks


@pytest.mark.parametrize(("now", "offered"), [(1, 2), (2, 4), (4, 6), (6, None), (9, None)])
def test_portions_are_doubled_up_to_one_clip(now, offered):
    error = smaller_portions(replace(TrainConfig(), batch=6, accumulate=now))
    assert error.offer == ({} if offered is None else {"accumulate": offered})
    assert error.remedy
