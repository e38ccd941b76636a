"""Kill a training over and over at random moments: it must always go on, and end as if nothing had happened.

Run it with `python tests/benchmarks/kill_runs.py [KILLS]`, 100 by default: some four minutes.
"""

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import torch

from f2v_core.config import LearnedKind, TrainConfig, train_preset
from f2v_core.knobs import Value
from f2v_core.runs import Run, create_run
from f2v_core.runs.history import read_history
from f2v_core.runs.state import read_state

sys.path.insert(0, str(Path(__file__).parents[2]))  # for the tests' own datasets, from wherever this is run
from tests.datasets import squares, write_dataset
from tests.killable import Victim

STEPS_A_KILL = 7
"""More than are kept between two kills, so that the run does not end before the last one."""


@dataclass
class Tally:
    """What the kills met with: how many there were, how many of them before the first step of a trainer."""

    kills: int = 0
    early: int = 0


def small_config(model: LearnedKind, data: Path, steps: int, **changes: Value) -> TrainConfig:
    """Quick steps; a CGAN's with a gradient penalty now and then; it saves and samples all the time."""
    penalty: dict[str, Value] = {"gradient_penalty": 1.0, "penalty_every": 8} if model == "cgan" else {}
    small: dict[str, Value] = {
        "data": str(data), "steps": steps, "size": 16, "frames": 4, "frames_per_step": 3, "width": 8, "z_first": 16,
        "z_last": 16, "z_video": 592, "batch": 1, "log_every": 3, "sample_every": 6, "checkpoint_every": 3,
    }  # fmt: skip
    return train_preset(model, "motion", **{**small, **penalty, **changes})


def kill_often(run: Run, kills: int, seed: int) -> Tally:
    """Kill the run's trainers at random moments: some while they begin, most after a few steps; until it has ended.

    Raises:
        AssertionError: a trainer could not go on, or the run's state is not what it is.
    """
    draw, tally, saved, begins_s = random.Random(seed), Tally(), 0, 1.0
    while tally.kills < kills and saved < run.config.steps:
        start, victim = monotonic(), Victim(run.folder)
        if draw.random() < 0.25:
            sleep(draw.uniform(0.0, begins_s))
            tally.early += 1
        else:
            begun = victim.reaches(saved + 1)
            assert begun or victim.end() == 0, f"after {tally.kills} kills it could not go on"
            begins_s = monotonic() - start
            victim.reaches(saved + draw.randint(1, 7))
            sleep(draw.uniform(0.0, 0.3))
        tally.kills += victim.kill()
        state = read_state(run)
        assert state.phase in {"interrupted", "finished", "stopped"}, state
        assert state.saved >= saved, f"step {saved} was lost: {state}"
        saved = state.saved
    return tally


def states_equal(one: Run, other: Run) -> bool:
    """Whether both end with the same weights, averages, optimisers, random numbers and history, bit for bit."""
    states = [torch.load(run.checkpoints()[-1] / "state.pt", weights_only=True) for run in (one, other)]
    histories = [read_history(run) for run in (one, other)]
    for each in (*states, *histories):
        each.pop("seconds", None)
    return same(*states) and repr(histories[0]) == repr(histories[1])


def same(one: object, other: object) -> bool:
    """Whether two nested values are the same to the last bit."""
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and torch.equal(one, other)
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same(one[k], other[k]) for k in one)
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return one == other


def main(kills: int, seed: int = 0) -> None:
    """Kill `kills` times, let the run end, and compare it with one that nobody disturbed."""
    with TemporaryDirectory() as place:
        data = write_dataset(Path(place) / "set", squares(8, 2)).folder
        config = small_config("cgan", data, STEPS_A_KILL * kills)
        calm, disturbed = (create_run(Path(place) / name, config) for name in ("calm", "disturbed"))
        start = monotonic()
        assert Victim(calm.folder).end() == 0
        print(f"undisturbed: {config.steps} steps in {monotonic() - start:.0f} s", flush=True)
        start = monotonic()
        tally = kill_often(disturbed, kills, seed)
        print(
            f"{tally.kills} kills in {monotonic() - start:.0f} s, {tally.early} while a trainer began",
            flush=True,
        )
        print(f"the run stands at step {read_state(disturbed).step} of {config.steps}", flush=True)
        assert Victim(disturbed.folder).end() == 0
        words = "the same to the last bit" if states_equal(calm, disturbed) else "DIFFERENT"
        print(f"it went on to its end; weights, averages, optimisers, random numbers, history: {words}")
        sys.exit(words == "DIFFERENT")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
