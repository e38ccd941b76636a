"""What a lack of memory looks like, and the smaller portions with which a training may go on."""

import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError

_LACKS = ("can't allocate memory", "not enough memory")
"""What torch's processor allocator says: on Linux and macOS, on Windows."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory is lacking: torch's processor allocator raises a plain RuntimeError."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _LACKS)


def too_little_memory(config: TrainConfig, portions: int | None) -> RunError:
    """The error to raise; it offers as many portions of a batch as were found to fit: the same step in less memory.

    `portions` None: not even one clip at a time fits.
    """
    message = (
        f"The memory is too small for a training step with a batch of {config.batch} in "
        f"{min(config.accumulate, config.batch)} portions."
    )
    if portions is None:
        remedy = "It does not hold one clip: start a run with a smaller size, frames_per_step or width."
        return RunError(message, remedy)
    remedy = f"Resume with each batch in {portions} portions, which fit: the result is the same."
    return RunError(message, remedy, {"accumulate": portions})
