"""Lacking memory: recognised, and answered with smaller portions."""

from dataclasses import replace

import pytest
import torch

from f2v_core.config import TrainConfig
from f2v_core.training.memory_guard import is_out_of_memory, too_little_memory


@pytest.mark.parametrize(
    ("error", "lacks"),
    [
        (MemoryError(), True),
        (torch.OutOfMemoryError("CUDA out of memory"), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), True),
        (RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate"), True),
        (RuntimeError("shapes differ"), False),
        (ValueError("can't allocate memory"), False),
    ],
)
def test_lack_of_memory_is_recognised(error, lacks):
    assert is_out_of_memory(error) == lacks


@pytest.mark.parametrize(("portions", "remedy"), [(4, "in 4 portions"), (None, "smaller size")])
def test_what_fits_is_offered(portions, remedy):
    error = too_little_memory(replace(TrainConfig(), batch=6, accumulate=2), portions)
    assert error.offer == ({} if portions is None else {"accumulate": portions})
    assert "a batch of 6 in 2 portions" in error.message
    assert remedy in error.remedy
