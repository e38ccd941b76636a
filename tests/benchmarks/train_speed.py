"""What a training loses to being watched, logged, sampled and saved: steps a second against a bare loop over the step.

Run it with `python tests/benchmarks/train_speed.py DATASET [--model cgan] [--precision bf16] ...`: some five minutes,
without what compiling takes. A trainer in a process of its own, as the window starts it, and a bare loop over the same
step with its batches in memory take turns; the one that waits stands still. The trainer's losses are read and written
after every step, more often than usual, so that its pace is known to the millisecond; a validation and a checkpoint are
asked for on their own, and counted as often as the settings have them. Where other programs use the machine all get
slower, so read the ratios.
"""

import argparse
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, pairwise
from pathlib import Path
from shutil import which
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep
from typing import Any

import psutil
import torch
from torch.utils.flop_counter import FlopCounterMode

from f2v_core.cli.options import add_knobs, given_knobs
from f2v_core.config import TrainConfig, train_preset
from f2v_core.models.networks import build_networks, choose_device
from f2v_core.runs import Run, create_run
from f2v_core.runs.launch import start_training
from f2v_core.runs.requests import RequestKind, send_request
from f2v_core.runs.state import read_state
from f2v_core.runs.watch import RunWatch
from f2v_core.training.material import Material, load_material
from f2v_core.training.shares import Share, divide
from f2v_core.training.step_kinds import make_step

TARGET = 0.95
LOOK_S = 0.25
"""Between two looks of who watches."""
ENDLESS = 50_000
"""Steps: more than are made."""
HELD = 4
"""Batches that the bare loop has in memory."""
MOST_S = 300.0
"""For anything that is waited for."""


class Bare:
    """A loop over a step, and nothing else.

    Attributes:
        data_s: what a batch of data takes where it is not in memory.
        busy_s: processor time of a step, of each call of `rate`.
    """

    def __init__(self, config: TrainConfig) -> None:
        self.config, self.device = config, choose_device(config.device)
        torch.manual_seed(config.seed)
        self.step = make_step(build_networks(config).to(self.device), config)
        material = _last(load_material(config, self.device))
        self.data_s = median(timed(material.batch, self.device) for _ in range(2 * HELD))
        self._held = cycle([material.batch() for _ in range(HELD)])
        self._number = 0
        self.busy_s: list[float] = []
        material.close()

    def once(self) -> None:
        """One step."""
        self.step.run(self._shares, 1.0, 0.5)

    def rate(self, seconds: float) -> float:
        """Steps a second over so many seconds."""
        start, busy, count = perf_counter(), process_time(), 0
        while perf_counter() - start < seconds:
            self.once()
            count += 1
        wait(self.device)
        self.busy_s.append((process_time() - busy) / count)
        return count / (perf_counter() - start)

    def arithmetic(self) -> float:
        """Floating-point operations of a step's convolutions and products, 2 for each multiply-add."""
        with FlopCounterMode(display=False) as counter:
            self.once()
        return float(counter.get_total_flops())

    def _shares(self) -> list[Share]:
        self._number += 1
        return divide(next(self._held), self.config.accumulate, self.config.seed, self._number)


class Watched:
    """A training in a process of its own, watched as the window does.

    Attributes:
        rows: its losses after each step.
        used: how much of the time the GPU computed, 0..1, at each look.
    """

    def __init__(self, run: Run) -> None:
        start_training(run)
        self.run, self._watch = run, RunWatch(run)
        self.rows: list[dict[str, float]] = []
        self.used: list[float] = []

    def begin(self) -> None:
        """Wait for the first steps, which warm up, and let it stand still."""
        self._until(lambda: len(self.rows) >= 3)
        self.hold(still=True)
        self._begun = self._processor(), len(self.rows)

    def processor_s(self) -> float:
        """Processor time of a step since `begin`."""
        return (self._processor() - self._begun[0]) / (len(self.rows) - self._begun[1])

    def _processor(self) -> float:
        times = psutil.Process(read_state(self.run).pid).cpu_times()
        return times.user + times.system

    def rate(self, seconds: float) -> float:
        """Steps a second over so many seconds; the process stands still before and after."""
        with self._going():
            before, start = len(self.rows), perf_counter()
            while perf_counter() - start < seconds or len(self.rows) < before + 4:
                self._look()
        own = self.rows[before + 1 :]  # the first row's step may have begun before the rest
        return (own[-1]["step"] - own[0]["step"]) / (own[-1]["seconds"] - own[0]["seconds"])

    def extra(self, kind: RequestKind, event: str) -> float:
        """Seconds that something asked for takes, beyond the steps around it."""
        with self._going():
            before = len(self.rows)
            self._until(lambda: len(self.rows) >= before + 2)
            told = set(self._told(event))
            send_request(self.run, kind)
            self._until(lambda: bool(set(self._told(event)) - told))
            after = len(self.rows)
            self._until(lambda: len(self.rows) >= after + 2)
        spent = [b["seconds"] - a["seconds"] for a, b in pairwise(self.rows[before + 1 :])]
        return max(0.0, sum(spent) - len(spent) * median(spent))

    def hold(self, *, still: bool) -> None:
        """Let the trainer and what reads for it stand still, or go on."""
        trainer = psutil.Process(read_state(self.run).pid)
        for each in (trainer, *trainer.children(recursive=True)):
            each.suspend() if still else each.resume()

    def end(self) -> None:
        """Discard what was trained."""
        if read_state(self.run).active:
            self.hold(still=False)
            send_request(self.run, "discard")
            _await(lambda: not self.run.folder.exists())

    @contextmanager
    def _going(self) -> Iterator[None]:
        self.hold(still=False)
        yield
        self.hold(still=True)

    def _told(self, event: str) -> list[int]:
        return self.run.samples() if event == "sample" else [len(self.run.checkpoints())]

    def _until(self, holds: Callable[[], bool]) -> None:
        _await(lambda: self._look() and holds())

    def _look(self) -> bool:
        """Watch on; always true."""
        sleep(LOOK_S)
        news = self._watch.look()
        self.rows += news.rows
        if not news.state.active:
            raise SystemExit(f"The training ended: {news.state.phase}. {news.state.error}")
        self.used += used_share()
        return True


def _await(holds: Callable[[], bool]) -> None:
    start = perf_counter()
    while not holds():
        sleep(LOOK_S)
        if perf_counter() - start > MOST_S:
            raise SystemExit(f"It did not happen within {MOST_S:.0f} s.")


def _last(loading: Any) -> Material:
    while True:
        try:
            next(loading)
        except StopIteration as end:
            material: Material = end.value
            return material


def wait(device: torch.device) -> None:
    """Until the device has done all that it was given."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def timed(work: Callable[[], object], device: torch.device) -> float:
    """Seconds that something takes, until the device is done with it."""
    start = perf_counter()
    work()
    wait(device)
    return perf_counter() - start


def used_share() -> list[float]:
    """How much of the time the GPU computes, 0..1; nothing where no tool tells it."""
    if not torch.cuda.is_available() or not (tool := which("nvidia-smi")):
        return []
    command = [tool, "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return [float(told[0]) / 100] if told and told[0].isdecimal() else []


def matrix_rate(device: torch.device, kind: torch.dtype) -> float:
    """Floating-point operations a second of a large product in the training's precision, the best of several."""
    side = 8192 if device.type == "cuda" else 1024
    one, other = torch.rand(2, side, side, device=device).to(kind)
    return 2 * side**3 / min(timed(lambda: one @ other, device) for _ in range(8))


def report(bare: Bare, rates: list[float], runs: list[float], sample_s: float, save_s: float) -> None:
    """Print both rates, what each part costs, and what all of it leaves of the bare loop's steps."""
    config = bare.config
    ratios = [run / mean(around) for run, around in zip(runs, pairwise(rates), strict=True)]
    ratio, rate = median(ratios), median(rates)
    parts = {
        "sample_every": sample_s / config.sample_every,
        "checkpoint_every": save_s / config.checkpoint_every,
    }
    whole = 1 / (1 / ratio + rate * sum(parts.values()))
    print(f"steps/s: bare {rate:.3f} ({', '.join(f'{each:.3f}' for each in rates)}), "
          f"run {median(runs):.3f} ({', '.join(f'{each:.3f}' for each in runs)})")  # fmt: skip
    print(f"ratio between validations: {ratio:.3f} ({', '.join(f'{each:.3f}' for each in ratios)})")
    print(f"  a batch of data {1000 * bare.data_s:13.1f} ms, {100 * bare.data_s * rate:.2f} % of a bare step")
    print(f"  a validation         {sample_s:8.2f} s, every {config.sample_every} steps: "
          f"{100 * rate * parts['sample_every']:.2f} %")  # fmt: skip
    print(f"  a checkpoint         {save_s:8.2f} s, every {config.checkpoint_every} steps: "
          f"{100 * rate * parts['checkpoint_every']:.2f} %")  # fmt: skip
    words = "met" if whole >= TARGET else "MISSED"
    print(f"RATIO WITH ALL OF IT {whole:.3f}, target {TARGET}: {words}")
    print(f"  to a bare loop that makes its batches between steps: {whole * (1 + rate * bare.data_s):.3f}")


def report_machine(bare: Bare, rate: float, used: list[float]) -> None:
    """Print what the machine could do, and what of it is done."""
    kind = bare.step.precision.kind
    arithmetic, peak = bare.arithmetic(), matrix_rate(bare.device, kind)
    name = (
        torch.cuda.get_device_name() if bare.device.type == "cuda" else f"{torch.get_num_threads()} threads"
    )
    print(f"{bare.device.type} ({name}), {str(kind).removeprefix('torch.')}: matrix rate {peak / 1e9:.1f} GFLOP/s; "
          f"a step {arithmetic / 1e9:.2f} GFLOP; achieved {arithmetic * rate / 1e9:.1f} GFLOP/s, "
          f"{arithmetic * rate / peak:.3f} of it")  # fmt: skip
    print(f"GPU utilisation of the run: {mean(used):.0%}" if used else "no GPU's utilisation could be read")


def main() -> None:
    """Let both take turns, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--blocks", type=int, default=24, help="turns of the run (default: 24)")
    parser.add_argument("--block-s", type=float, default=3.5, help="seconds of a turn (default: 3.5)")
    add_knobs(parser, TrainConfig, without=("data", "log_every"))
    args = parser.parse_args()
    given = given_knobs(args, TrainConfig)
    kinds = given.pop("model", "cvae"), given.pop("architecture", "motion")
    config = train_preset(*kinds, data=str(args.dataset.absolute()), **given)  # type: ignore[arg-type]
    bare = Bare(config)
    bare.rate(args.block_s)
    with TemporaryDirectory() as place:
        run = create_run(Path(place) / "run", replace(config, steps=ENDLESS, log_every=1))
        watched = Watched(run)
        try:
            watched.begin()
            rates, runs = [bare.rate(args.block_s)], []
            for _ in range(args.blocks):
                runs.append(watched.rate(args.block_s))
                rates.append(bare.rate(args.block_s))
            busy_s = watched.processor_s()
            sample_s, save_s = watched.extra("sample", "sample"), watched.extra("save", "checkpoint")
        finally:
            watched.end()
    report(bare, rates, runs, sample_s, save_s)
    ours = mean(bare.busy_s[1:])
    print(f"processor time of a step: bare {ours:.3f} s, run {busy_s:.3f} s, ratio {ours / busy_s:.3f}")
    report_machine(bare, median(rates), watched.used)


if __name__ == "__main__":
    main()
