"""What a training costs in memory and arithmetic, from figures measured once for each kind of networks."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, exp, log

from f2v_core.config import TrainConfig

PROGRAM_MB = 450.0
"""What a process that trains takes before it has networks: measured, a step of the smallest less its row below."""
VALUES = 4
"""For each weight: its value, its gradient and Adam's two moments."""
BYTES = 4
VALIDATED = 2.3
"""A validation's work for each clip, in trained clips: all frames are made, and compared; measured in a short run."""
MOST_VALIDATED = 48
"""So many clips of a dataset are looked at in a validation, at most."""


@dataclass(frozen=True)
class Cost:
    """One row: what a step of some networks takes with clips of 64x64.

    Attributes:
        trained_m, averaged_m: millions of weights that are trained, and of those the generator's, which are averaged.
        clip_mb, frame_mb: memory for each clip at once, and more for each rendered frame of it.
        step_gflop: arithmetic of a step, whatever the batch.
        clip_gflop, frame_gflop, critic_gflop: for each clip; for each rendered frame of it; for that frame in each
            step of the discriminator.
    """

    trained_m: float
    averaged_m: float
    clip_mb: float
    frame_mb: float
    step_gflop: float
    clip_gflop: float
    frame_gflop: float
    critic_gflop: float


COSTS: dict[tuple[str, str, int], Cost] = {
    ("cvae", "motion", 16): Cost(1.45, 1.29, 8.29, 0.37, 2.48, 5.52, 0.0959, 0),
    ("cvae", "motion", 32): Cost(3.97, 3.81, 12.3, 0.378, 6.36, 8.35, 0.0911, 0),
    ("cvae", "motion", 64): Cost(13.7, 13.5, 21.1, 0.375, 5.17, 21.8, 0.0458, 0),
    ("cgan", "motion", 16): Cost(1.62, 1.37, 11.4, 0.853, 7, 10.8, 0.121, 0.909),
    ("cgan", "motion", 32): Cost(4.29, 4.05, 18, 0.857, 17.8, 15.5, 0, 1.06),
    ("cgan", "motion", 64): Cost(14.6, 14.3, 30.8, 0.854, 22.5, 28.2, 0, 1.77),
    ("cvae", "recurrent", 16): Cost(1.88, 1.72, 16.3, 0.344, 8.85, 7.55, 0.103, 0),
    ("cvae", "recurrent", 32): Cost(5.67, 5.52, 27, 0.334, 12.2, 16.6, 0.0563, 0),
    ("cvae", "recurrent", 64): Cost(20.5, 20.3, 53.8, 0.163, 26.6, 53.4, 0, 0),
    ("cgan", "recurrent", 16): Cost(2.05, 1.8, 17.9, 0.848, 8.08, 13.6, 0.412, 0.725),
    ("cgan", "recurrent", 32): Cost(6, 5.76, 31.2, 0.862, 21.8, 22.5, 0, 1.35),
    ("cgan", "recurrent", 64): Cost(21.4, 21.1, 57.7, 0.845, 32.9, 55.6, 0, 2.94),
    ("cvae", "poster", 16): Cost(223, 222, 3.25, 0, 152, 20.9, 0, 0),
    ("cgan", "poster", 16): Cost(238, 222, 13.4, 0, 168, 34.6, 0, 0.421),
}
"""By model, architecture and width, by `OMP_NUM_THREADS=1 python tests/benchmarks/train_cost.py`.

Arithmetic is what a processor could multiply in matrices in the time that it took: several times what the networks
have, as much of a step waits for memory. It was measured while others worked on the machine too, and errs towards more.
"""


def cost_of(config: TrainConfig) -> Cost:
    """The row for a configuration; between and beyond the measured widths along straight lines in logarithms."""
    kind = config.model, config.architecture
    rows = sorted((width, row) for (*each, width), row in COSTS.items() if tuple(each) == kind)
    if config.architecture == "poster":
        return rows[0][1]
    lower, upper = next(((a, b) for a, b in pairwise(rows) if config.width <= b[0]), (rows[-2], rows[-1]))
    place = log(config.width / lower[0]) / log(upper[0] / lower[0])
    values = (_between(a, b, place) for a, b in zip(_values(lower[1]), _values(upper[1]), strict=True))
    return Cost(*values)


def _values(row: Cost) -> tuple[float, ...]:
    return tuple(vars(row).values())


def _between(one: float, other: float, place: float) -> float:
    if min(one, other) <= 0:
        return max(0.0, one + place * (other - one))
    return exp(log(one) + place * log(other / one))


def weights_mb(config: TrainConfig) -> float:
    """Memory that the networks take whatever the batch: weights, gradients, moments, averages."""
    row = cost_of(config)
    return (VALUES * row.trained_m + row.averaged_m) * BYTES


def clips_mb(config: TrainConfig) -> float:
    """Memory of the clips that a step works on at once."""
    row = cost_of(config)
    at_once = ceil(config.batch / min(config.accumulate, config.batch))
    return at_once * (row.clip_mb + _rendered(config) * row.frame_mb) * _area(config)


def step_gflop(config: TrainConfig) -> float:
    """Arithmetic of a step, as `COSTS` counts it."""
    row, frames = cost_of(config), _rendered(config)
    critic = config.discriminator_steps * row.critic_gflop if config.model == "cgan" else 0.0
    clip = row.clip_gflop + frames * (row.frame_gflop + critic)
    return row.step_gflop + config.batch * clip * _area(config)


def validations(config: TrainConfig) -> int:
    """How often a whole training validates: the last time at its end."""
    return ceil(config.steps / config.sample_every)


def training_gflop(config: TrainConfig, steps: int, times: int, clips: int) -> float:
    """Arithmetic of so many steps, and of validating so many `times`; `clips` there are to validate on."""
    validated = times * VALIDATED * min(clips, MOST_VALIDATED) / config.batch
    return (steps + validated) * step_gflop(config)


def _rendered(config: TrainConfig) -> int:
    return min(config.frames_per_step or config.frames, config.frames)


def _area(config: TrainConfig) -> float:
    """How much larger than 64x64."""
    return (config.size / 64) ** 2
