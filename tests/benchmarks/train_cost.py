"""What a training step costs, in memory and time: OMP_NUM_THREADS=1 python tests/benchmarks/train_cost.py [KIND...]

Prints rows of `COSTS` in f2v_app/widgets/train_cost.py; a KIND is such as cvae-motion-S. Every figure is a difference
between two measurements, each in a process of its own: memory is the peak of what was resident; work
is the processor's time for a step times the rate at which it multiplied matrices just before and after, so that it can
be carried to other machines, roughly; on a machine that is busy otherwise figures of work differ by a half.
"""

import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from f2v_core.config import TrainConfig, train_preset

if TYPE_CHECKING:
    from f2v_core.training.shares import Share
    from f2v_core.training.steps import Step

FEW, MORE = 4, 12
SIDE = 1024
TRIES = 5
KINDS = (
    *((model, architecture, scale) for architecture in ("motion", "recurrent") for model in ("cvae", "cgan")
      for scale in ("S", "M", "L")),
    ("cvae", "poster", "S"), ("cgan", "poster", "S"),
)  # fmt: skip
GIVE_BACK = {"MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}
"""Lets a process hold no memory that it has freed."""


def main() -> None:
    """Print a row for each kind of networks that is asked for."""
    for kind in KINDS:
        if len(sys.argv) == 1 or "-".join(kind) in sys.argv[1:]:
            print(row(train_preset(*kind)), flush=True)  # type: ignore[arg-type]


def row(preset: TrainConfig) -> str:
    """A row of the table."""
    few, more = (replace(preset, batch=batch, discriminator_steps=1) for batch in (FEW, MORE))
    all_frames, frames = replace(more, frames_per_step=0), more.frames_per_step or more.frames
    clips, others = MORE - FEW, MORE * (more.frames - frames)
    os.environ.update(GIVE_BACK)
    frame_mb = (_run(peak_mb, all_frames) - _run(peak_mb, more)) / others if others else 0.0
    clip_mb = (_run(peak_mb, more) - _run(peak_mb, few)) / clips - frames * frame_mb
    for name in GIVE_BACK:
        del os.environ[name]
    base, critic, frame = _run(work, more), 0.0, 0.0
    clip = (base - _run(work, few)) / clips
    step = max(0.0, base - MORE * clip)
    if preset.model == "cgan":
        critic = (_run(work, replace(more, discriminator_steps=2)) - base) / MORE / frames
    if others:
        frame = max(
            0.0, (_run(work, all_frames) - base) / others - critic
        )  # below the noise for large networks
    trained, made = (_run(count, preset) / 1e6 for count in (all_weights, generator_weights))
    values = trained, made, clip_mb, frame_mb, step, clip - frames * (frame + critic), frame, critic
    name = f'"{preset.model}", "{preset.architecture}", {preset.width}'
    return f"    ({name}): Cost({', '.join(f'{value:.3g}' for value in values)}),"


def _run(figure: Callable[[str], float], config: TrainConfig) -> float:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(figure, json.dumps(config.to_json())).result()


def peak_mb(settings: str) -> float:
    """Of a process that makes two steps: only the first leaves behind what the optimiser keeps."""
    step, batch = _made(settings)
    for _ in range(2):
        step.run(batch, 1.0, 0.5)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def work(settings: str) -> float:
    """GFLOP of a step, did it nothing but multiply matrices in that time: the median, as other work disturbs some."""
    step, batch = _made(settings)
    step.run(batch, 1.0, 0.0)
    found, rate = [], matrix_rate()
    for _ in range(TRIES):
        began = time.process_time()
        step.run(batch, 1.0, 0.5)
        spent, before, rate = time.process_time() - began, rate, matrix_rate()
        found.append(spent * (before + rate) / 2)
    return median(found)


def all_weights(settings: str) -> float:
    """How many are trained."""
    networks = _made(settings)[0].networks
    parts = (networks.generator, networks.video_encoder, networks.discriminator)
    return sum(p.numel() for part in parts if part is not None for p in part.parameters())


def generator_weights(settings: str) -> float:
    """How many the generator has, which are averaged."""
    return sum(p.numel() for p in _made(settings)[0].networks.generator.parameters())


def _made(settings: str) -> "tuple[Step, Callable[[], list[Share]]]":
    """A step, and batches for it."""
    import torch

    from f2v_core.models.networks import build_networks
    from f2v_core.training.draws import Draws
    from f2v_core.training.shares import Share
    from f2v_core.training.step_kinds import make_step

    config = TrainConfig.from_json(json.loads(settings))
    video = torch.rand(config.batch, config.frames, 3, config.size, config.size)
    shares = [Share(video, Draws(0, 0, range(config.batch)), 0, config.batch)]
    return make_step(build_networks(config), config), lambda: shares


def matrix_rate() -> float:
    """GFLOP a second of processor time."""
    one = np.ones((SIDE, SIDE), np.float32)
    one @ one
    began = time.process_time()
    for _ in range(3):
        one @ one
    return 3 * 2 * SIDE**3 / 1e9 / (time.process_time() - began)


if __name__ == "__main__":
    main()
