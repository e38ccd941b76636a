"""What a lack of memory looks like, and the smaller portions with which a training may go on."""

import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory is lacking: torch's processor allocator raises a plain RuntimeError."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and "can't allocate memory" in str(error)


def smaller_portions(config: TrainConfig) -> RunError:
    """The error to raise: it offers twice as many portions of a batch, which is the same step in less memory."""
    message = "The memory is too small for a training step."
    now = min(config.accumulate, config.batch)
    if now == config.batch:
        return RunError(
            message, "It does not hold one clip: start a run with a smaller size, frames_per_step or width."
        )
    portions = min(2 * now, config.batch)
    return RunError(
        message,
        f"Resume with each batch in {portions} portions: the result is the same.",
        {"accumulate": portions},
    )
