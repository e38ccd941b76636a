"""What a training says of itself; see `f2v_core/messages.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

from f2v_core.messages import Notice, StageProgress


@dataclass(frozen=True)
class TrainEstimate:
    """What a run will need, as a trial of two steps and its settings tell.

    Attributes:
        steps: how many are to be made.
        seconds: for all of them, without validation and checkpoints.
        memory_mb, gpu_memory_mb, disk_mb: the most that it holds; 0 GPU memory where it trains on the processor.
        text: all in one sentence.
    """

    steps: int
    seconds: float
    memory_mb: float
    gpu_memory_mb: float
    disk_mb: float
    text: str


@dataclass(frozen=True)
class StepDone:
    """One more step is done: a place between two steps where a reader may stop; its losses come later."""

    step: int


@dataclass(frozen=True)
class TrainProgress:
    """The means of the losses since the last such event.

    Attributes:
        step, steps: steps done so far and in all.
        losses: by name, as in the run's `history.csv`.
        rate: steps per second.
        eta_s, elapsed_s: seconds to the end, and of training so far over all its pauses.
    """

    step: int
    steps: int
    losses: Mapping[str, float]
    rate: float
    eta_s: float
    elapsed_s: float


@dataclass(frozen=True)
class SampleSaved:
    """Clips on the fixed validation pairs are complete on disk (`Run.sample_file`).

    Attributes:
        ratio: their mean L2 distance over that of linear interpolation.
    """

    step: int
    ratio: float


@dataclass(frozen=True)
class CheckpointSaved:
    """A checkpoint is complete on disk in `folder`."""

    step: int
    folder: str


@dataclass(frozen=True)
class DiskFull:
    """Training waits for room on its disk; any other event says that it goes on.

    Attributes:
        message, remedy: as in `F2vError`.
        waited_s: how long it has waited for it already; 0 when it begins to.
    """

    message: str
    remedy: str
    waited_s: float


TrainEvent = (
    StageProgress
    | TrainEstimate
    | StepDone
    | TrainProgress
    | SampleSaved
    | CheckpointSaved
    | DiskFull
    | Notice
)
