"""f2v train: train a CVAE or a CGAN on a dataset or a folder of videos, or go on with a run."""

import argparse
import os
import shlex
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from math import ceil
from pathlib import Path
from types import FrameType
from typing import get_args

from f2v_core.cli.events_output import event_display
from f2v_core.cli.options import add_knobs, given_knobs
from f2v_core.cli.output import complain
from f2v_core.cli.runs import start_in_background
from f2v_core.cli.runs_output import how_it_stands
from f2v_core.cli.runs_queue import go_on, join_queue
from f2v_core.config import Scale, TrainConfig, train_preset
from f2v_core.errors import InputError, RunError
from f2v_core.knobs import Value
from f2v_core.runs import RUN, Run, change_run, create_run, open_run, runs_folder
from f2v_core.runs.launch import announce
from f2v_core.runs.state import RunState

NAME = "train"
HELP = "train a model on a dataset or a folder of videos"
STOPPED = 130
CHANGEABLE = (
    "data", "steps", "device", "memory_gb", "loader_workers", "log_every", "sample_every", "checkpoint_every",
    "keep_checkpoints", "learning_rate", "discriminator_rate", "accumulate", "precision", "compile",
)  # fmt: skip
"""Settings that a resumed run may take anew: the others would make it another run."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--run`, `--resume` and a flag for every setting of a training run."""
    parser.epilog = (
        "Defaults are those of the motion CVAE; --model, --architecture and --scale bring their own. "
        "Ctrl+C stops and keeps; --resume goes on; f2v runs watches and steers trainings."
    )
    parser.add_argument(
        "--run", dest="folder", type=Path, metavar="DIR", help="the run's folder (default: a new one)"
    )
    parser.add_argument(
        "--scale",
        choices=get_args(Scale),
        help="how large the networks are; brings width, batch and learning rate (default: S, which suits a CPU)",
    )
    parser.add_argument("--resume", action="store_true", help="go on with the run in DIR")
    parser.add_argument(
        "--epochs",
        type=int,
        metavar="N",
        help="in place of --steps: see each clip of a prepared dataset N times",
    )
    parser.add_argument("--background", action="store_true", help="train on when this terminal is closed")
    parser.add_argument(
        "--queue", action="store_true", help="train when the trainings of its folder are over"
    )
    add_knobs(parser, TrainConfig)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train until the last step or Ctrl+C; both leave a checkpoint."""
    from f2v_core.training.distributed import rank

    given = given_knobs(args, TrainConfig)
    if args.epochs is not None and "steps" in given:
        raise InputError("--epochs and --steps say the same thing.", "Give one of them.")
    if rank():
        return _follow(args, given)
    make = _resumed if args.resume else _fresh
    chosen = make(args.folder, given, args.scale, args.epochs)
    if args.queue:
        join_queue(chosen)
        return 0
    if args.background:
        start_in_background(chosen)
        return 0
    try:
        return _report(chosen, *_train(chosen))
    except RunError as error:
        if not error.offer:
            raise
        raise RunError(error.message, f"{error.remedy} {_command(chosen, error)}", error.offer) from error
    finally:
        go_on(chosen.folder.parent)


def _command(run: Run, error: RunError) -> str:
    """The command that resumes with what an error offers."""
    flags = " ".join(f"--{name.replace('_', '-')} {value:g}" for name, value in error.offer.items())
    return f"f2v train --run {shlex.quote(str(run.folder))} --resume {flags}"


def _follow(args: argparse.Namespace, given: dict[str, Value]) -> int:
    """Train as one of several processes of `torchrun`, of which the first writes and says all."""
    from f2v_core.training.trainer import train

    if args.folder is None:
        raise InputError("torchrun needs --run DIR.", "Name the run's folder, the same for all.")
    config = open_run(args.folder).config if args.resume else _config(given, args.scale, args.epochs)
    for _ in train(Run(args.folder, config)):
        pass
    return 0


def _config(given: dict[str, Value], scale: Scale | None, epochs: int | None) -> TrainConfig:
    if not given.get("data"):
        raise InputError("train needs --data FOLDER, a dataset or a folder of videos; or --resume --run DIR.")
    given["data"] = str(Path(str(given["data"])).absolute())  # a run may be resumed from anywhere
    kinds = given.pop("model", "cvae"), given.pop("architecture", "motion")
    return _for_epochs(train_preset(*kinds, scale or "S", **given), epochs)  # type: ignore[arg-type]


def _fresh(folder: Path | None, given: dict[str, Value], scale: Scale | None, epochs: int | None) -> Run:
    config = _config(given, scale, epochs)
    name = f"{config.model}-{config.architecture}-{datetime.now():%Y%m%d-%H%M%S}"
    return create_run(folder or runs_folder() / name, config)


def _for_epochs(config: TrainConfig, epochs: int | None) -> TrainConfig:
    """The settings with as many steps as epochs of their dataset take."""
    if epochs is None:
        return config
    from f2v_core.data.dataset import is_dataset, open_dataset
    from f2v_core.data.index import read_index
    from f2v_core.data.order import Order

    if epochs < 1:
        raise InputError(f"--epochs is {epochs}.", "It has to be 1 or more.")
    if not is_dataset(Path(config.data)):
        message = f"--epochs needs a prepared dataset, and {config.data} is none."
        raise InputError(message, "Prepare it first (f2v prepare), or give --steps.")
    index = read_index(open_dataset(Path(config.data)), "train")
    clips = Order(index, config.seed, config.source_clips).epoch_clips
    batches = config.discriminator_steps if config.model == "cgan" else 1
    return replace(config, steps=ceil(epochs * clips / (config.batch * batches)))


def _resumed(folder: Path | None, given: dict[str, Value], scale: Scale | None, epochs: int | None) -> Run:
    if folder is None:
        raise InputError("--resume needs --run DIR.", "Name the run to go on with.")
    run = open_run(folder)
    fixed = [
        name for name, value in given.items() if name not in CHANGEABLE and value != getattr(run.config, name)
    ]
    if scale:
        fixed.insert(0, "scale")
    if fixed:
        flags = ", ".join("--" + name.replace("_", "-") for name in fixed)
        raise InputError(f"{flags} cannot change in a run that is resumed.", "Start a new run for that.")
    config = _for_epochs(TrainConfig.from_json({**run.config.to_json(), **given}), epochs)
    return run if config == run.config else change_run(run, config)


def _train(run: Run) -> tuple[RunState, bool]:
    """Train; returns how it ended, and whether Ctrl+C ended it."""
    announce(run)
    print(f"Run: {run.folder}", flush=True)
    with _gentle_interrupt() as pressed:
        from f2v_core.training.session import Session

        session, asked = Session(run), False
        with closing(session.events()) as events, event_display() as show:  # type: ignore[type-var]
            for event in events:
                show(event)
                if pressed() and not asked:
                    session.ask("stop")
                    asked = True
        return session.state, asked


@contextmanager
def _gentle_interrupt() -> Iterator[Callable[[], bool]]:
    """Yield a function that says whether to stop: the first Ctrl+C stops between two steps, the second at once."""
    presses = 0

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            raise KeyboardInterrupt
        os.write(
            2, b"f2v: stopping and saving; Ctrl+C again stops at once\n"
        )  # print is not safe in a handler

    before = {each: signal.signal(each, note) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: presses > 0
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _report(run: Run, state: RunState, interrupted: bool) -> int:
    where = shlex.quote(str(run.folder))
    said = how_it_stands(run, state, f"f2v train --run {where} --resume")
    if (run.folder / RUN).is_file() and state.phase != "finished":
        complain(said)
    else:
        print(said)
    return STOPPED if interrupted and state.phase != "finished" else 0
