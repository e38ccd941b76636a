"""What commands say while they work: bars on a terminal, quiet elsewhere, one line a fact."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from f2v_core.cli.options import export_config
from f2v_core.frames import Frame
from f2v_core.messages import ExportProgress

TITLES = {"linear": "Linear", "flow": "Optical flow", "cvae": "CVAE", "cgan": "CGAN"}
"""Names for people; other models go by their own."""


def complain(text: str) -> None:
    """Print one line on stderr, whatever line breaks the text holds."""
    print("f2v:", " ".join(text.split()), file=sys.stderr)


@contextmanager
def progress_bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that takes how many of `total` are done; it shows nothing when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as Eta

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Eta(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)


def check_output(args: argparse.Namespace, count: int, fps: float) -> None:
    """Find out before any work whether a clip of `count` frames can be written as the user wants it.

    Raises:
        InputError, ExportError: as `export.export_clip` says.
    """
    from f2v_core.media.edits import edited_numbers
    from f2v_core.media.export import check_target
    from f2v_core.media.presets import PRESETS

    preset = check_target(args.out, args.force, args.preset)
    edited_numbers(count, fps, export_config(args), PRESETS[preset])


def write_clip(
    args: argparse.Namespace, frames: Iterable[Frame], count: int, fps: float, *, title: str, text: str
) -> None:
    """Encode `count` frames (H, W, 3) uint8 as they come, as the user wants it; interrupted, nothing is left behind.

    `title` says on the bar what takes its time; `text` goes into the file.

    Raises:
        InputError, ExportError: as `export.export_clip` says.
    """
    from f2v_core.media.export import export_clip

    config = export_config(args)
    events = export_clip(
        frames, count, fps, args.out, force=args.force, preset=args.preset, config=config, text=text
    )
    written = 0
    with progress_bar(title, count) as show, closing(events):  # type: ignore[type-var]
        for event in events:
            if isinstance(event, ExportProgress):
                show(event.done)
                written = event.total
    rate = config.rate or fps
    print(f"Wrote {args.out}: {written} frames, {written / rate:.2f} s at {rate:g} fps")
