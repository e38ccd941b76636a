"""Training on many processors and machines: what `torchrun` starts joins the others here.

NCCL joins GPUs, gloo processors. `torchrun` says in the environment who is who (RANK, WORLD_SIZE, LOCAL_RANK).
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
import torch.distributed as dist
from torch import Tensor
from typing_extensions import override

from f2v_core.config import TrainConfig
from f2v_core.errors import InputError, RunError
from f2v_core.models.networks import choose_device
from f2v_core.training.memory_guard import is_out_of_memory
from f2v_core.training.world import Alone, World


class Together(World):
    """Several processes that `torch.distributed` has joined."""

    def __init__(self) -> None:
        self.rank, self.size = dist.get_rank(), dist.get_world_size()
        # what processes tell each other must not wait for what the GPUs have still to do
        self._words = dist.new_group(backend="gloo")

    @override
    def add(self, tensors: Iterable[Tensor]) -> None:
        several = list(tensors)
        flat = torch.cat(
            [each.reshape(-1) for each in several]
        )  # one message: many small ones wait for each other
        with _answered():
            dist.all_reduce(flat)
        sizes = [each.numel() for each in several]
        for each, part in zip(several, torch.split(flat, sizes), strict=True):
            each.copy_(part.view_as(each))

    @override
    def mean(self, values: Tensor) -> Tensor:
        total = torch.stack([values.detach().sum(), values.new_tensor(float(values.numel()))])
        with _answered():
            dist.all_reduce(total)
        return total[0] / total[1]

    @override
    def share(self, text: str) -> str:
        said = [text]
        with _answered():
            dist.broadcast_object_list(said, src=0, group=self._words)
        return said[0]


@contextmanager
def _answered() -> Iterator[None]:
    """Turn what the backends say of a process that no longer answers into a RunError."""
    try:
        yield
    except RuntimeError as error:
        if is_out_of_memory(error):
            raise
        raise RunError(
            "Another process of this training ended or cannot be reached.",
            "See what that one printed, and resume: the last checkpoint is good.",
        ) from error


def launched() -> bool:
    """Whether `torchrun` started this process as one of several."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def rank() -> int:
    """Tell this process's number among those that train together; 0 alone."""
    return int(os.environ["RANK"]) if launched() else 0


@contextmanager
def join(config: TrainConfig) -> Iterator[tuple[World, torch.device]]:
    """Join the other processes for a training; yields them and this one's device.

    Raises:
        InputError: the device is not there, or a batch has fewer clips than there are processes.
    """
    device = choose_device(config.device)
    if not launched():
        yield Alone(), device
        return
    ranks = int(os.environ["WORLD_SIZE"])
    if config.batch < ranks:
        raise InputError(
            f"batch is {config.batch}, but {ranks} processes train.",
            "Take a batch with a clip for each, or more.",
        )
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield Together(), device
    finally:
        dist.destroy_process_group()
