"""What an export writes, in which ways and under which name; no window in here."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from f2v_core.frames import Clip, Frame
from f2v_core.media.presets import ENDINGS, PRESETS
from f2v_core.media.sheet import contact_sheet, grid_frames

COMPARISON, SHEET = "comparison", "contact sheet"
"""How a file with all clips side by side is called, and one with their frames on paper."""


@dataclass(frozen=True)
class Source:
    """Something that can be exported.

    Attributes:
        name: what its file is called after.
        frames: makes the frames, (H, W, 3) uint8 each, anew with every call.
        count: how many there are.
        fps: frames per second.
        size: (width, height) of a frame in pixels; None where it is known only once they are made.
        still: whether it is a picture, not a clip.
    """

    name: str
    frames: Callable[[], Iterable[Frame]]
    count: int
    fps: float
    size: tuple[int, int] | None
    still: bool = False

    @property
    def presets(self) -> tuple[str, ...]:
        """The names of the presets that it can be written with."""
        return tuple(name for name, each in PRESETS.items() if each.still or not self.still)


def sources(clips: Mapping[str, Clip]) -> list[Source]:
    """Every clip by itself; with more than one, first all of them in a labelled grid; at the end all on paper."""
    single = [
        Source(name, lambda clip=clip: iter(clip.frames), len(clip), clip.fps, clip.size)  # type: ignore[misc]
        for name, clip in clips.items()
    ]
    return [*([_comparison(clips)] if len(clips) > 1 else []), *single, _sheet(clips)]


def _comparison(clips: Mapping[str, Clip]) -> Source:
    every = list(clips.values())
    labels = list(clips)
    longest = max(len(clip) for clip in every)
    return Source(COMPARISON, lambda: grid_frames(every, labels), longest, every[0].fps, None)


def _sheet(clips: Mapping[str, Clip]) -> Source:
    every, labels = list(clips.values()), list(clips)
    return Source(SHEET, lambda: iter([contact_sheet(every, labels)]), 1, every[0].fps, None, still=True)


def suggested_path(folder: Path, pair_name: str, source: Source, ending: str) -> Path:
    """A name made of the pair's and the source's that nothing in `folder` has yet."""
    stem = re.sub(r"[^\w\- ]+", "-", f"{pair_name} {source.name}").strip("- ") or COMPARISON
    numbered = (folder / f"{stem} {number}{ending}" for number in count(2))
    first = folder / f"{stem}{ending}"
    return first if not first.exists() else next(path for path in numbered if not path.exists())


def with_ending(path: Path, ending: str) -> Path:
    """The path with another format's ending in place of its own; dots that are no ending stay."""
    known = path.suffix.lower() in ENDINGS and path.suffix
    return path.with_name((path.stem if known else path.name) + ending)
