"""What commands say while they work: bars on a terminal, quiet elsewhere, one line a fact."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

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


def write_clip(
    frames: Iterable[Frame], count: int, fps: float, out: Path, *, force: bool, title: str
) -> None:
    """Encode `count` frames (H, W, 3) uint8 as they come into `out`; interrupted, it leaves nothing behind.

    `title` says on the bar what takes its time.

    Raises:
        ExportError: `out` cannot be written, or exists and `force` is off.
    """
    from f2v_core.media.export import export_clip

    events = export_clip(frames, count, fps, out, force=force)
    with progress_bar(title, count) as show, closing(events):  # type: ignore[type-var]
        for event in events:
            if isinstance(event, ExportProgress):
                show(event.done)
    print(f"Wrote {out}: {count} frames, {count / fps:.2f} s at {fps:g} fps")
