"""Where the window starts: `f2v-studio [FIRST [LAST]]` or `python -m f2v_app`.

The spawned worker imports this module again, so nothing heavy is imported before `main` runs.
"""

import argparse
import sys
from collections.abc import Sequence
from multiprocessing import freeze_support
from pathlib import Path

PAIR = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code."""
    freeze_support()
    parser = argparse.ArgumentParser(
        prog="f2v-studio", description="Frames to video: two pictures in, the videos of all generators out."
    )
    parser.add_argument(
        "pictures",
        metavar="FIRST LAST",
        nargs="*",
        type=Path,
        help="the pair to open; a window that is open takes it",
    )
    pictures = parser.parse_args(argv).pictures
    if len(pictures) > PAIR:
        parser.error("give two pictures, the first and the last, or one, or none")

    from f2v_app.app import run  # noqa: PLC0415 - the worker must not load Qt

    return run(pictures)


if __name__ == "__main__":
    sys.exit(main())
