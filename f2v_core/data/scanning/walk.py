"""All video files below a folder, one after the other, in constant memory."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from f2v_core.data.scanning.found import Unusable

VIDEO_ENDINGS = frozenset(
    ".264 .265 .3g2 .3gp .asf .avi .dv .f4v .flv .gif .h264 .h265 .hevc .ivf .m2ts .m2v .m4v .mjpeg .mjpg .mkv .mov "
    ".mp4 .mpeg .mpg .mts .mxf .ogm .ogv .ts .vob .webm .wmv .y4m".split()
)
TICK = 1000
"""Entries looked at between two signs of life."""


@dataclass(frozen=True)
class Seen:
    """A video file: its path below the root, with slashes, and its size in bytes."""

    path: str
    nbytes: int


@dataclass(frozen=True)
class _Folder:
    """A folder that is being read.

    Attributes:
        below: its path below the root with a slash at the end; empty for the root.
        entries: what is still to be read of it.
        roots: real paths of the walk's start and of each linked folder on the way here.
    """

    below: str
    entries: "os._ScandirIterator[str]"  # what os.scandir gives; it has no public name
    roots: tuple[str, ...]


def walk(root: Path, start: str = "", skip: frozenset[str] = frozenset()) -> Iterator[Seen | Unusable | None]:
    """Look at everything below `root`/`start`, in the order of the file system.

    Holds one open folder per level, never a list of entries. None comes as a sign of life at least every thousand
    entries. Hidden files and folders and files that are no videos by their ending are passed over. Links are
    followed, unless they lead to a folder in or around one that is being walked.

    Args:
        start: a folder below `root`, with slashes.
        skip: names directly in the start to pass over.
    """
    first = _open(root / start, f"{start}/" if start else "", ())
    if isinstance(first, Unusable):
        yield first
        return
    folders, looked = [first], 0
    try:
        while folders:
            entry = _next(folders[-1])
            if not isinstance(entry, os.DirEntry):
                folders.pop().entries.close()
                if entry is not None:
                    yield entry
                continue
            looked += 1
            if looked % TICK == 0:
                yield None
            if entry.name.startswith(".") or (len(folders) == 1 and entry.name in skip):
                continue
            met = _meet(folders[-1], entry)
            if isinstance(met, _Folder):
                folders.append(met)
            elif met:
                yield met
    finally:
        for folder in folders:
            folder.entries.close()


def _meet(folder: _Folder, entry: os.DirEntry[str]) -> _Folder | Seen | Unusable | None:
    """Open a folder, look at a video, pass over anything else."""
    if is_folder(entry):
        return _enter(folder, entry)
    if not is_video(entry.name):
        return None
    path = folder.below + entry.name
    if readable(path) != path:
        return Unusable(readable(path), "Its name is not valid UTF-8. Rename it.")
    return _look_at(path, entry)


def is_video(name: str) -> bool:
    """Whether a file name has the ending of a video."""
    return os.path.splitext(name)[1].lower() in VIDEO_ENDINGS  # noqa: PTH122 - names, a million of them


def _open(path: Path, below: str, roots: tuple[str, ...]) -> _Folder | Unusable:
    try:
        return _Folder(below, os.scandir(path), roots or (os.path.realpath(path),))
    except OSError as error:
        return Unusable(readable(below or "."), f"The folder cannot be read: {error.strerror}.")


def _next(folder: _Folder) -> os.DirEntry[str] | Unusable | None:
    try:
        return next(folder.entries, None)
    except OSError as error:
        return Unusable(
            readable(folder.below or "."), f"The folder cannot be read to its end: {error.strerror}."
        )


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder or a link to one."""
    try:
        return entry.is_dir()
    except OSError:  # such as a link to itself
        return False


def _enter(folder: _Folder, entry: os.DirEntry[str]) -> _Folder | Unusable | None:
    """Open a folder inside another; None for a link that would lead to files met anyway, or in a circle."""
    roots = folder.roots
    if entry.is_symlink():
        real = os.path.realpath(entry.path)
        if any(_within(real, root) or _within(root, real) for root in roots):
            return None
        roots = (*roots, real)
    return _open(Path(entry.path), f"{folder.below}{entry.name}/", roots)


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _look_at(path: str, entry: os.DirEntry[str]) -> Seen | Unusable:
    """Say whether a video file, called `path` below the root, may be read."""
    try:
        info = entry.stat()
    except FileNotFoundError:
        return Unusable(path, "It is a link to a file that does not exist.")
    except OSError as error:
        return Unusable(path, f"It cannot be read: {error.strerror}.")
    if not stat.S_ISREG(info.st_mode):
        return Unusable(path, "It is not a regular file.")
    if not info.st_size:
        return Unusable(path, "It is empty (0 bytes).")
    if not os.access(entry.path, os.R_OK):
        return Unusable(path, "It cannot be read: permission denied.")
    return Seen(path, info.st_size)


def readable(path: str) -> str:
    """The path with backslash escapes for what cannot be written as UTF-8."""
    return path.encode(errors="backslashreplace").decode()
