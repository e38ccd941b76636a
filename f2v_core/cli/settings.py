"""f2v settings: how a file that f2v wrote was made."""

import argparse
import json
from pathlib import Path

from f2v_core.errors import DataError

NAME = "settings"
HELP = "tell how a file that f2v wrote was made"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a video or picture, or a folder of frames")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the settings as JSON."""
    from f2v_core.media.embedding import read_settings

    settings = read_settings(args.file)
    if settings is None:
        raise DataError(
            f"{args.file} says nothing of how it was made.",
            "Choose a file that f2v generate or compare wrote.",
        )
    print(json.dumps(settings, indent=2, ensure_ascii=False))
    return 0
