"""A trial of two steps: how long a run will take and how much memory it needs, or in which portions it would fit.

The steps are made on a synthetic batch at a learning rate of 0, with networks of their own and with the random state
put back: a run with a trial is to the last bit the run without.
"""

import gc
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event as Flag
from threading import Thread
from time import perf_counter

import psutil
import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import NotFiniteError
from f2v_core.models.networks import build_networks
from f2v_core.training.memory_guard import is_out_of_memory
from f2v_core.training.shares import Share, divide
from f2v_core.training.step_kinds import make_step
from f2v_core.training.steps import Step
from f2v_core.training.world import World

PAYS_FROM = 50
"""Steps: a shorter run is over before its trial would tell much."""
_LOOK_S = 0.005


@dataclass(frozen=True)
class Trial:
    """What two steps have shown.

    Attributes:
        step_s: seconds of a step.
        memory_mb, gpu_memory_mb: the most that this process held, and of it on the GPU; 0 without one.
    """

    step_s: float
    memory_mb: float
    gpu_memory_mb: float


def try_steps(config: TrainConfig, device: torch.device, world: World) -> Trial | None:
    """Make two steps on networks that are thrown away; None where their numbers are not finite.

    Raises:
        MemoryError, RuntimeError: as torch tells that memory is lacking (`is_out_of_memory`).
    """
    config = replace(config, compile="off")  # that takes longer than it could spare here
    with torch.random.fork_rng([device] if device.type == "cuda" else []):
        stepper = make_step(build_networks(config).to(device), config)
        try:
            with _peak(device) as peak:
                try_step(stepper, config, world, config.accumulate)
                began = perf_counter()
                try_step(stepper, config, world, config.accumulate, after=1)
                step_s = perf_counter() - began
        except NotFiniteError:  # the run will tell, of its own clips
            return None
        finally:
            del stepper
            _free()
    return Trial(step_s, *peak)


def try_step(stepper: Step, config: TrainConfig, world: World, portions: int, after: int = 0) -> None:
    """Make a step at a learning rate of 0 with this process's part of a batch, in so many portions.

    `after` counts steps from the heaviest one, which has a gradient penalty if any has.
    """
    device = next(stepper.networks.generator.parameters()).device
    done = (_heaviest(config) + after) / config.steps
    stepper.run(lambda: _shares(config, device, world, portions), 0.0, done)
    stepper.settle()
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def portions_that_fit(now: int, most: int, attempt: Callable[[int], object]) -> int | None:
    """The smallest doubling of `now` portions, up to `most`, whose `attempt` finds memory; None: not even `most`."""
    portions = min(now, most)
    while portions < most:
        portions = min(2 * portions, most)
        try:
            attempt(portions)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            let_go(error)
        else:
            return portions
    return None


def let_go(error: BaseException) -> None:
    """Free what the frames in which an error came up hold: the failed step's tensors."""
    traceback.clear_frames(error.__traceback__)
    _free()


def _free() -> None:
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _heaviest(config: TrainConfig) -> int:
    """The number of the first step in which the discriminator has its gradient penalty."""
    if config.model == "cvae" or not config.gradient_penalty:
        return 0
    return (config.penalty_every - 1) // config.discriminator_steps


def _shares(config: TrainConfig, device: torch.device, world: World, portions: int) -> list[Share]:
    first, end = (rank * config.batch // world.size for rank in (world.rank, world.rank + 1))
    shape = (end - first, config.frames, 3, config.size, config.size)
    video = torch.rand(shape, generator=torch.Generator().manual_seed(config.seed)).to(device)
    return divide(video, portions, config.seed, 0, first=first, whole=config.batch)


@contextmanager
def _peak(device: torch.device) -> Iterator[list[float]]:
    """Yield a list that holds, afterwards, the most MB of this process and of its GPU that were in use."""
    peak: list[float] = []
    over, process, seen = Flag(), psutil.Process(), [0]

    def look() -> None:
        while not over.wait(_LOOK_S):
            seen[0] = max(seen[0], process.memory_info().rss)

    on_gpu = device.type == "cuda"
    if on_gpu:
        torch.cuda.reset_peak_memory_stats(device)
    thread = Thread(target=look, name="memory", daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()
    seen[0] = max(seen[0], process.memory_info().rss)
    peak += [seen[0] / 1e6, torch.cuda.max_memory_allocated(device) / 1e6 if on_gpu else 0.0]
