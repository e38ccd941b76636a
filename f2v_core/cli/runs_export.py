"""f2v runs export: a run's losses for TensorBoard, once or while it trains."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from time import sleep

from f2v_core.cli.output import complain
from f2v_core.errors import InputError
from f2v_core.runs import Run
from f2v_core.runs.tensorboard import export_scalars

LOOK_S = 1.0
STOPPED = 130


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes beside the runs."""
    parser.add_argument(
        "--tensorboard",
        type=Path,
        required=True,
        metavar="DIR",
        help="write event files into DIR/RUN; an earlier export there is replaced, anything else is left alone",
    )
    parser.add_argument(
        "--follow",
        action="store_true",
        help="go on while they train; Ctrl+C ends the export, not the training",
    )


def export_runs(runs: Sequence[Run], folder: Path, *, follow: bool) -> int:
    """Write the runs' losses; returns the exit code.

    Raises:
        InputError: tensorboardX is not installed, or two runs have one name. ExportError: a folder holds something
        else, or cannot be written.
    """
    names = [run.folder.name for run in runs]
    if len(set(names)) < len(names):
        raise InputError("Two of the runs have the same name.", "Export them into folders of their own.")
    with ExitStack() as kept:
        exports = [kept.enter_context(closing(export_scalars(run, folder / run.folder.name))) for run in runs]
        try:
            while any([next(each).state.active for each in exports]) and follow:  # noqa: C419 - each is read
                sleep(LOOK_S)
        except KeyboardInterrupt:
            complain("no longer exporting; the training goes on")
            return STOPPED
    print(f"Written. Look at it with: tensorboard --logdir {folder}")
    return 0
