"""What is looked at before a new run's first step: free disk, memory, and how long it will take."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace

import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import RunError
from f2v_core.models.networks import Networks
from f2v_core.runs import Run
from f2v_core.train_messages import TrainEstimate
from f2v_core.training.memory_guard import is_out_of_memory, too_little_memory
from f2v_core.training.trial import PAYS_FROM, Trial, let_go, portions_that_fit, try_steps
from f2v_core.training.world import World

BESIDE_KEPT = 2
"""Checkpoints beside the newest ones that are kept: the best, and the one that is being written."""


def look_ahead(
    run: Run, networks: Networks, device: torch.device, world: World, sample_bytes: int
) -> Iterator[TrainEstimate]:
    """Look whether a new run can do what it is to do; yield what it will need. `sample_bytes`: of a picture of samples.

    A run of few steps has no trial. All processes that train together must call it.

    Raises:
        RunError: the disk or the memory is too small.
    """
    if world.rank == 0:  # who writes for all
        check_disk(run, networks, sample_bytes)
    if run.config.steps < PAYS_FROM:
        return
    trial = rehearse(run.config, device, world)
    if trial is not None and world.rank == 0:
        yield estimate(trial, run.config, run_bytes(run.config, networks, sample_bytes))


def check_disk(run: Run, networks: Networks, sample_bytes: int) -> None:
    """Refuse a run whose checkpoints and samples the disk does not hold; a picture of samples has `sample_bytes`.

    Raises:
        RunError: too little is free in the run's folder.
    """
    free = shutil.disk_usage(run.folder).free
    need = run_bytes(run.config, networks, sample_bytes)
    if need > free:
        raise RunError(
            f"The run needs {need / 1e6:.0f} MB in {run.folder}, but {free / 1e6:.0f} MB are free there.",
            "Make room, choose a folder on another disk, keep fewer checkpoints or sample less often.",
        )


def rehearse(config: TrainConfig, device: torch.device, world: World) -> Trial | None:
    """Try two steps; None where that tells nothing. All processes that train together must call it.

    Raises:
        RunError: the memory of one of them is too small, and which portions of a batch would fit all.
    """
    trial, portions = None, config.accumulate
    try:
        trial = try_steps(config, device, world)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        let_go(error)
        most = -(-config.batch // world.size)
        found = portions_that_fit(
            config.accumulate, most, lambda count: try_steps(replace(config, accumulate=count), device, world)
        )
        portions = found or 0
    said = torch.zeros(world.size, device=device)
    said[world.rank] = portions
    world.add([said])
    if said.eq(config.accumulate).all():
        return trial
    raise too_little_memory(config, int(said.max()) if said.all() else None)


def estimate(trial: Trial, config: TrainConfig, disk_bytes: int) -> TrainEstimate:
    """What a run needs, from its trial and the most that it will have on the disk."""
    seconds, disk_mb = trial.step_s * config.steps, disk_bytes / 1e6
    gpu = f"{_amount(trial.gpu_memory_mb)} of GPU memory; " if trial.gpu_memory_mb else ""
    text = (
        f"About {_duration(seconds)} for {config.steps} steps; {gpu}{_amount(trial.memory_mb)} of memory; "
        f"{_amount(disk_mb)} of disk."
    )
    return TrainEstimate(config.steps, seconds, trial.memory_mb, trial.gpu_memory_mb, disk_mb, text)


def _amount(megabytes: float) -> str:
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def _duration(seconds: float) -> str:
    """In at most two units: "45 s", "23 min", "1 h 20 min", "2 d 3 h"."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    large, small, units = (minutes, 60, "h min") if minutes < 1440 else (round(minutes / 60), 24, "d h")
    first, second = units.split()
    return f"{large // small} {first} {large % small} {second}"


def run_bytes(config: TrainConfig, networks: Networks, sample_bytes: int) -> int:
    """The most bytes that a run will hold, in its checkpoints and its samples (the real clips are one more)."""
    samples = config.steps // config.sample_every + 2
    return (config.keep_checkpoints + BESIDE_KEPT) * checkpoint_bytes(networks) + samples * sample_bytes


def checkpoint_bytes(networks: Networks) -> int:
    """A checkpoint: all networks, two moments of Adam for each, and the average, once more in the model folder."""
    generator = _bytes(networks.generator.state_dict().values())
    beside = [each for each in (networks.video_encoder, networks.discriminator) if each is not None]
    others = sum(_bytes(each.state_dict().values()) for each in beside)
    moments = 2 * sum(_bytes(each.parameters()) for each in (networks.generator, *beside))
    return 3 * generator + others + moments


def _bytes(tensors: Iterable[torch.Tensor]) -> int:
    return sum(each.numel() * each.element_size() for each in tensors)
