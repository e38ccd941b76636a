"""f2v prepare: make a dataset of short clips from a folder of videos, or from procedural scenes."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from f2v_core.cli.events_output import event_display
from f2v_core.cli.options import add_knobs, given_knobs
from f2v_core.cli.output import complain
from f2v_core.config import PrepareConfig, Recipe, prepare_preset

if TYPE_CHECKING:
    from f2v_core.data.dataset import Dataset

NAME = "prepare"
HELP = "make a dataset from a folder of videos"
STOPPED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the videos, `-o`, the recipe, the engine and a flag for every setting."""
    parser.epilog = "Stopped at any moment, it goes on where it was when the same command is given again."
    parser.add_argument("videos", nargs="?", default="", metavar="VIDEOS", help="folder of videos")
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="DATASET", help="the dataset's folder"
    )
    parser.add_argument(
        "--recipe",
        choices=get_args(Recipe),
        default="windows",
        help="windows: as many clips as lie within one shot (default); poster: the recipe of 2019",
    )
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes at once (default: one for each core)"
    )
    parser.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="who works: processes of this machine (default), or a Ray cluster",
    )
    parser.add_argument(
        "--address", metavar="HOST:PORT", help="of the Ray cluster (default: a new local one)"
    )
    add_knobs(parser, PrepareConfig, without=("videos", "sampling"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepare to the end or until Ctrl+C; what is finished is kept."""
    from f2v_core.data.dataset import open_dataset
    from f2v_core.data.engines.engine import make_engine
    from f2v_core.data.prepare import prepare

    videos = str(Path(args.videos).resolve()) if args.videos else ""
    config = prepare_preset(args.recipe, **given_knobs(args, PrepareConfig) | {"videos": videos})
    events = prepare(config, args.out, make_engine(args.engine, args.workers, args.address))
    try:
        with event_display() as show, closing(events):  # type: ignore[type-var]
            for event in events:
                show(event)
    except KeyboardInterrupt:
        complain("stopped; what is finished is kept: the same command goes on from there")
        return STOPPED
    _report(open_dataset(args.out))
    return 0


def _report(dataset: "Dataset") -> None:
    """Print what came out."""
    from f2v_core.data.dataset import REJECTED

    info = dataset.info
    for split, categories in info["clips"].items():
        clips = sum(categories.values())
        print(f"{split:5} {clips:7} clips  {info['seconds'][split] / 60:6.1f} min")
    print(f"{info['videos']} videos, {info['rejected']} rejected, {info['duplicates']} duplicates dropped")
    if info["dropped"]:
        print("windows dropped: " + ", ".join(f"{n} {reason}" for reason, n in info["dropped"].items()))
    if info["rejected"]:
        print(f"reasons: {dataset.folder / REJECTED}")
    print(f"sha256 {info['sha256']}")
