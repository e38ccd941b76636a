"""What an export writes and under which name; no window in here."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from f2v_core.frames import Clip, Frame
from f2v_core.media.export import FORMATS
from f2v_core.media.sheet import grid_frames

COMPARISON = "comparison"
"""How a file with all clips side by side is called."""


@dataclass(frozen=True)
class Source:
    """Something that can be exported.

    Attributes:
        name: what its file is called after.
        frames: makes the frames, (H, W, 3) uint8 each, anew with every call.
        count: how many there are.
        fps: frames per second.
        size: (width, height) of a frame in pixels; None where it is known only once they are made.
    """

    name: str
    frames: Callable[[], Iterable[Frame]]
    count: int
    fps: float
    size: tuple[int, int] | None


def sources(clips: Mapping[str, Clip]) -> list[Source]:
    """Every clip by itself; with more than one, first all of them in a labelled grid."""
    single = [
        Source(name, lambda clip=clip: iter(clip.frames), len(clip), clip.fps, clip.size)  # type: ignore[misc]
        for name, clip in clips.items()
    ]
    return [_comparison(clips), *single] if len(clips) > 1 else single


def _comparison(clips: Mapping[str, Clip]) -> Source:
    every = list(clips.values())
    labels = list(clips)
    longest = max(len(clip) for clip in every)
    return Source(COMPARISON, lambda: grid_frames(every, labels), longest, every[0].fps, None)


def suggested_path(folder: Path, pair_name: str, source: Source, ending: str) -> Path:
    """A name made of the pair's and the source's that nothing in `folder` has yet."""
    stem = re.sub(r"[^\w\- ]+", "-", f"{pair_name} {source.name}").strip("- ") or COMPARISON
    numbered = (folder / f"{stem} {number}{ending}" for number in count(2))
    first = folder / f"{stem}{ending}"
    return first if not first.exists() else next(path for path in numbered if not path.exists())


def with_ending(path: Path, ending: str) -> Path:
    """The path with another format's ending in place of its own; dots that are no ending stay."""
    known = path.suffix.lower() in FORMATS and path.suffix
    return path.with_name((path.stem if known else path.name) + ending)
