"""The kinds of files that a clip can be written to, by the names that `--preset` and the window know."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from f2v_core.errors import InputError


@dataclass(frozen=True)
class Preset:
    """A kind of file.

    Attributes:
        title: a few words for people who choose.
        description: what it is good for, a phrase.
        ending: of the file's name, with its dot; empty for a folder.
        lossless: whether every pixel comes out as it went in.
        loops: whether the file says by itself how often it plays.
        still: whether it holds a single frame.
        even: whether sides are padded to even numbers, with 4:2:0 colours.
        least: pixels that a side is padded to where it is shorter.
    """

    title: str
    description: str
    ending: str
    lossless: bool = False
    loops: bool = False
    still: bool = False
    even: bool = False
    least: int = 1


PRESETS: Mapping[str, Preset] = {
    "mp4": Preset("MP4 video", "H.264, plays everywhere", ".mp4", even=True),
    "webm": Preset("WebM video", "VP9, for web pages", ".webm", even=True),
    "av1": Preset("WebM video, AV1", "smallest, for browsers since 2020", ".webm", even=True, least=4),
    "gif": Preset("Animated GIF", "256 colours, for chats and issues", ".gif", loops=True),
    "webp": Preset("Animated WebP", "like GIF, smaller and in full colour", ".webp", loops=True),
    "apng": Preset("Animated PNG", "exact, shown by browsers", ".png", lossless=True, loops=True),
    "ffv1": Preset("Matroska video, FFV1", "exact, for archives and editing", ".mkv", lossless=True),
    "x264rgb": Preset(
        "Matroska video, H.264 RGB", "exact, quick to write and to play", ".mkv", lossless=True
    ),
    "frames": Preset("Folder of PNG frames", "exact, for other programs", "", lossless=True),
    "frame": Preset("PNG picture", "a single frame, exact", ".png", lossless=True, still=True),
}
"""By name, most useful first; of those with one ending the first is meant where only that is given."""
ENDINGS = tuple(dict.fromkeys(each.ending for each in PRESETS.values()))


def preset_of(path: Path, wish: str = "") -> str:
    """The name of the preset that a path's ending stands for, or the one that is wished for.

    Raises:
        InputError: no such preset; an unknown ending, or that of another preset.
    """
    if wish and wish not in PRESETS:
        raise InputError(f"There is no preset {wish}.", f"Choose one of: {', '.join(PRESETS)}.")
    ending = path.suffix.lower()
    if wish:
        if PRESETS[wish].ending == ending:
            return wish
        wanted = (
            f"ends in {PRESETS[wish].ending}" if PRESETS[wish].ending else "is a folder, without an ending"
        )
        raise InputError(f"{path} does not fit the preset {wish}.", f"Give a name that {wanted}.")
    if ending not in ENDINGS:
        known = " ".join(filter(None, ENDINGS))
        raise InputError(
            f"{path} has an ending that f2v does not write: {path.suffix}.",
            f"Choose one of: {known}, or none for a folder of frames.",
        )
    return next(name for name, each in PRESETS.items() if each.ending == ending)
