"""How long a training would take, and how much memory: from past runs, or roughly from the machine's speed."""

from dataclasses import dataclass
from typing import Literal

from f2v_app.widgets.train_cost import PROGRAM_MB, clips_mb, training_gflop, validations, weights_mb
from f2v_core.config import TrainConfig
from f2v_core.data.dataset import Dataset
from f2v_core.runs.state import HOST, Phase, RunState

Ground = Literal["measured", "alike", "machine", "unknown"]
"""What a duration is judged by: such trainings themselves, other trainings, the machine's speed, nothing yet."""
WIDER = 16 / 9
"""Width over height of clips that are stored uncropped, about."""
ROOM = 1.2 * 2 * 1.25**2 * WIDER
"""How much more there is of a clip that is stored with room for augmentation."""
NEWS = 0.05
"""By how much a rate must differ from what is known to be worth telling."""
ENDED: frozenset[Phase] = frozenset({"paused", "stopped", "finished"})
"""Phases in which a run's steps and seconds belong together."""


@dataclass(frozen=True)
class Facts:
    """What is known of a dataset.

    Attributes:
        clips, validated: how many there are to train on, and to validate on.
        decoded_mb: what the former take in memory, about.
    """

    clips: int
    validated: int
    decoded_mb: float


def facts_of(dataset: Dataset) -> Facts:
    """What a dataset's own description says; no clip is read."""
    made = dataset.config
    more = ROOM if made.room else WIDER if made.crop == "full" else 1.0
    clips = dataset.count("train")
    return Facts(clips, dataset.count("val"), clips * made.frames * made.size**2 * 3 / 1e6 * more)


@dataclass(frozen=True)
class Estimate:
    """What a training would take.

    Attributes:
        seconds: how long it trains and validates, without what a dataset of a folder of videos takes first; 0 where
            nothing is known.
        ground: what that is judged by.
        weights_mb, step_mb, data_mb, program_mb: memory, by what it is for.
        knows_data: whether the dataset is known, and so what its clips take.
    """

    seconds: float
    ground: Ground
    weights_mb: float
    step_mb: float
    data_mb: float
    program_mb: float = PROGRAM_MB
    knows_data: bool = True

    @property
    def memory_mb(self) -> float:
        """All of it."""
        return self.weights_mb + self.step_mb + self.data_mb + self.program_mb


RateKey = tuple[object, ...]


def rate_key(config: TrainConfig) -> RateKey:
    """What two trainings share that take the same time for a step."""
    names = (
        "model", "architecture", "width", "batch", "accumulate", "size", "frames", "frames_per_step",
        "discriminator_steps", "augment", "device", "precision", "compile",
    )  # fmt: skip
    return tuple(getattr(config, name) for name in names)


@dataclass(frozen=True)
class Pace:
    """How a training went so far.

    Attributes:
        config: its settings.
        steps, validations: what it did.
        seconds: how long that took.
    """

    config: TrainConfig
    steps: int
    validations: int
    seconds: float

    def speed(self, validated: int) -> float:
        """GFLOP a second, had there been so many clips to validate on."""
        return training_gflop(self.config, self.steps, self.validations, validated) / self.seconds

    def is_like(self, other: "Pace") -> bool:
        """Whether both have about the same rate."""
        return abs(self.steps / self.seconds * other.seconds / other.steps - 1) < NEWS


def pace_of(config: TrainConfig, state: RunState) -> Pace | None:
    """The pace of a run on this machine; None where its state says nothing about that."""
    seconds = state.trained_s if state.phase in ENDED else 0.0
    if state.rate > 0:
        seconds = state.step / state.rate
    if state.host not in {"", HOST} or seconds <= 0 or state.step <= 0:
        return None
    at_end = state.phase == "finished" and state.step % config.sample_every > 0
    return Pace(config, state.step, state.step // config.sample_every + at_end, seconds)


class Estimator:
    """Knows how quickly trainings went, and judges others by that.

    Attributes:
        machine_rate: GFLOP a second, see `matrix_rate`; 0 until it is known.
        facts: what is known of the data; None: nothing.
    """

    def __init__(self) -> None:
        self.machine_rate = 0.0
        self.facts: Facts | None = None
        self._paces: dict[RateKey | str, Pace] = {}

    def learn(self, config: TrainConfig, state: RunState) -> bool:
        """Remember how quickly a training goes or went; returns whether that is news."""
        pace, key = pace_of(config, state), rate_key(config)
        known = self._paces.get(key)
        if pace is None or (known is not None and pace.is_like(known)):
            return False
        self._paces |= {key: pace, config.device: pace}
        if state.device:
            self._paces[state.device] = pace
        return True

    def estimate(self, config: TrainConfig) -> Estimate:
        """What a training would take."""
        facts = self.facts or Facts(0, 0, 0.0)
        speed, ground = self._speed(config, facts.validated)
        work = training_gflop(config, config.steps, validations(config), facts.validated)
        fits = facts.decoded_mb <= 1000 * config.memory_gb  # else they are read from the disk
        return Estimate(
            work / speed if speed else 0.0,
            ground,
            weights_mb(config),
            clips_mb(config),
            facts.decoded_mb if fits else 0.0,
            knows_data=self.facts is not None,
        )

    def _speed(self, config: TrainConfig, validated: int) -> tuple[float, Ground]:
        if pace := self._paces.get(rate_key(config)):
            return pace.speed(validated), "measured"
        if pace := self._paces.get(config.device):
            return pace.speed(validated), "alike"
        return self.machine_rate, "machine" if self.machine_rate else "unknown"
