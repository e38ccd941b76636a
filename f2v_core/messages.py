"""Commands and events: all that the app and the worker may say to each other.

The app sends a `Command`; the worker answers with `Report`s: an `Event` under the number of its job.
Generators of events (training, exporting) yield the same `Event`s without a worker around them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from f2v_core.config import GenerateConfig
from f2v_core.config.evaluate import EvaluateConfig
from f2v_core.frames import Frame, FramePair


@dataclass(frozen=True)
class Generate:
    """Make one clip of `pair` with every clip generator named in `models`, one after the other.

    Attributes:
        job: the number that the answers carry.
        models: names as `--model` takes them: linear, flow, cvae, cgan or a library model.
    """

    job: int
    pair: FramePair
    models: tuple[str, ...]
    config: GenerateConfig


@dataclass(frozen=True)
class Evaluate:
    """Compare models with real clips; `folder` is where the report goes, empty: a new one among the user's own."""

    job: int
    config: EvaluateConfig
    folder: str = ""


@dataclass(frozen=True)
class Cancel:
    """Stop the job."""

    job: int


@dataclass(frozen=True)
class Shutdown:
    """Stop what runs and end the process."""


Job = Generate | Evaluate
Command = Job | Cancel | Shutdown


@dataclass(frozen=True)
class WorkerReady:
    """The worker is up; `device` is what "auto" means there, such as "cpu" or "cuda"."""

    device: str


@dataclass(frozen=True)
class JobStarted:
    """The worker took up the job."""


@dataclass(frozen=True)
class ClipStarted:
    """A model begins its clip of `count` frames."""

    model: str
    count: int


@dataclass(frozen=True)
class FrameReady:
    """Frame `index` of `count` of a model's clip; frames come in order."""

    model: str
    index: int
    count: int
    frame: Frame


@dataclass(frozen=True)
class ClipDone:
    """A model's clip is complete; `seconds` is the time from its start to its last frame."""

    model: str
    seconds: float


@dataclass(frozen=True)
class ClipFailed:
    """One model of a job could not make its clip; the job goes on with the next."""

    model: str
    message: str
    remedy: str


@dataclass(frozen=True)
class StageProgress:
    """How far a stage is, such as "Reading videos" 12 of 56.

    Attributes:
        total: how many there are in all; 0 while that is not known.
        rate: units per second over the stage so far.
        eta_s: expected seconds to its end; infinite while that is not known.
    """

    stage: str
    done: int
    total: int
    rate: float
    eta_s: float


@dataclass(frozen=True)
class Notice:
    """Something the user should know that is not an error, such as a skipped file."""

    text: str


@dataclass(frozen=True)
class FolderScanned:
    """What a folder of videos holds, before anything is made of it.

    Attributes:
        layout: how its folders were understood, a phrase such as "Moments in Time".
        rule: how its videos are split, a sentence.
        counts: how many videos, by split ("train", "val", "test") and then by category.
        rejected: how many files are no use already by their name or size.
        size_bytes: of all videos together.
        seconds, sizes: length and (width, height) of a sample of the videos, at most 200.
        unreadable: of that sample, path and reason of those that cannot be read.
    """

    layout: str
    rule: str
    counts: Mapping[str, Mapping[str, int]]
    rejected: int
    size_bytes: int
    seconds: tuple[float, ...]
    sizes: tuple[tuple[int, int], ...]
    unreadable: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DatasetReady:
    """A dataset is complete in `folder`."""

    folder: str


@dataclass(frozen=True)
class EvaluationReady:
    """A report is complete in `folder`: report.json, tables, contact sheets."""

    folder: str


@dataclass(frozen=True)
class ExportProgress:
    """`done` of `total` frames are encoded."""

    done: int
    total: int


@dataclass(frozen=True)
class ExportDone:
    """The file or folder is complete under its final name."""

    path: str


@dataclass(frozen=True)
class JobDone:
    """The job came to its end."""


@dataclass(frozen=True)
class JobCancelled:
    """The job ended because it was asked to."""


@dataclass(frozen=True)
class JobFailed:
    """The job ended with an error.

    Attributes:
        message, remedy: as in `F2vError`.
        details: a traceback when the error is a bug; empty for expected errors.
    """

    message: str
    remedy: str
    details: str = ""


@dataclass(frozen=True)
class WorkerLost:
    """The worker process is gone without being asked; reported by the client, not by the worker."""

    exit_code: int | None


GenerateEvent = ClipStarted | FrameReady | ClipDone | ClipFailed
ScanEvent = StageProgress | FolderScanned
PrepareEvent = StageProgress | Notice | DatasetReady
EvaluateEvent = StageProgress | Notice | EvaluationReady
ExportEvent = ExportProgress | ExportDone
JobEvent = JobStarted | JobDone | JobCancelled | JobFailed
Event = GenerateEvent | EvaluateEvent | JobEvent | WorkerReady | WorkerLost


@dataclass(frozen=True)
class Report:
    """An event under the number of its job; 0 for events of the worker itself."""

    job: int
    event: Event
