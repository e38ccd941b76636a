"""Writing clips: which files there are, what is checked before, and the export as an iterator of events."""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from f2v_core.errors import ExportError, InputError
from f2v_core.frames import Frame, check_frame
from f2v_core.messages import ExportDone, ExportEvent, ExportProgress
from f2v_core.storage import atomic_file, atomic_folder

FRAME_FILES = "frame-*.png"
FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Format:
    """A kind of file that a clip can be written to.

    Attributes:
        description: one line for people who choose.
        lossless: whether every pixel comes out as it went in.
    """

    description: str
    lossless: bool


FORMATS: Mapping[str, Format] = {
    ".mp4": Format("MP4 video (H.264): plays everywhere", lossless=False),
    ".webm": Format("WebM video (VP9): for web pages", lossless=False),
    ".gif": Format("Animated GIF: 256 colours, for chats and issues", lossless=False),
    ".webp": Format("Animated WebP: like GIF, smaller and in full colour", lossless=False),
    ".png": Format("Animated PNG: exact, shown by browsers", lossless=True),
    ".mkv": Format("Matroska video (FFV1): exact, for archives and editing", lossless=True),
    "": Format("Folder of PNG frames: exact, for other programs", lossless=True),
}
"""By a path's ending, most useful first; no ending stands for a folder."""


def check_target(path: Path, force: bool) -> None:
    """Find out before any work whether a clip can be written to `path`.

    With `force` an existing file is replaced; an existing folder only if it holds nothing but earlier frames.

    Raises:
        InputError: an unknown ending.
        ExportError: an existing target, or a parent folder that is missing or read-only.
    """
    if path.suffix.lower() not in FORMATS:
        known = " ".join(ending for ending in FORMATS if ending)
        raise InputError(
            f"{path} has an ending that f2v does not write: {path.suffix}.",
            f"Choose one of: {known}, or none for a folder of frames.",
        )
    if path.exists() or path.is_symlink():
        _check_existing(path, force)
    if not path.parent.is_dir():
        raise ExportError(f"The folder {path.parent} does not exist.", "Make it first, or choose another.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise ExportError(f"The folder {path.parent} is read-only.", "Choose another folder.")


def _check_existing(path: Path, force: bool) -> None:
    if path.is_dir() != (path.suffix == ""):
        kind = "a folder" if path.is_dir() else "a file"
        raise ExportError(f"{path} is {kind} already.", "Choose another name.")
    if not force:
        raise ExportError(f"{path} exists already.", "Choose another name, or allow overwriting (--force).")
    if path.is_dir() and any(not entry.match(FRAME_FILES) for entry in path.iterdir()):
        raise ExportError(f"The folder {path} holds more than frames.", "Choose a new or an empty folder.")


def export_clip(
    frames: Iterable[Frame], count: int, fps: float, path: Path, *, force: bool = False
) -> Iterator[ExportEvent]:
    """Write frames to a file or a folder, as they come; `FORMATS` says what the ending makes of it.

    MP4, WebM and MKV frames are padded to even sides where their format asks for it. Nothing is left behind when
    the iterator is closed or anything fails; an existing target stays untouched until the new one is complete.

    Args:
        frames: (H, W, 3) uint8, all of one shape; taken one at a time.
        count: how many there are, for the progress.
        fps: frames per second, > 0.
        path: where to; see `check_target`.
        force: replace what is there.

    Yields:
        ExportProgress for each frame, then ExportDone.

    Raises:
        InputError, ExportError: at once, what `check_target` finds.
        ExportError: later, what goes wrong, such as a full disk.
    """
    if not fps > 0:
        raise ExportError(f"A clip of {fps} frames per second cannot play.", "Give a rate above 0.")
    check_target(path, force)
    return _export(frames, count, fps, path)


def _export(frames: Iterable[Frame], count: int, fps: float, path: Path) -> Iterator[ExportEvent]:
    from f2v_core.media.encoders import encode  # noqa: PLC0415 - slow to import, and this table is read early

    whole = atomic_file if path.suffix else atomic_folder
    with _in_words(path), whole(path) as partial:
        with closing(encode(_alike(frames), fps, partial, path.suffix.lower())) as written:  # type: ignore[type-var]
            done = 0
            for done, _ in enumerate(written, start=1):
                yield ExportProgress(done, count)
        if done == 0:
            raise ExportError(f"There are no frames to write to {path}.", "Generate a clip first.")
    yield ExportDone(str(path))


def _alike(frames: Iterable[Frame]) -> Iterator[Frame]:
    shape = None
    for frame in frames:
        check_frame(frame, "A frame to export")
        shape = shape or frame.shape
        if frame.shape != shape:
            raise ExportError(
                f"The frames differ in shape: {shape} and {frame.shape}.", "Bring them to one size."
            )
        yield frame


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turn what the operating system and FFmpeg say into an ExportError."""
    from av import FFmpegError  # noqa: PLC0415 - as above

    try:
        yield
    except (OSError, FFmpegError) as error:
        if error.errno in FULL:
            raise ExportError(
                f"The disk is full: {path} was not written.", "Free some space, or choose another folder."
            ) from error
        raise ExportError(
            f"{path} cannot be written: {error.strerror}.", "Choose another folder, format or size."
        ) from error
