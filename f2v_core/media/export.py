"""Writing clips: which files there are, what is checked before, and the export as an iterator of events."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from f2v_core.config.export import ExportConfig
from f2v_core.errors import ExportError
from f2v_core.frames import Frame, check_frame
from f2v_core.media.edits import edited_frames, edited_numbers
from f2v_core.media.presets import PRESETS, preset_of
from f2v_core.messages import ExportDone, ExportEvent, ExportProgress
from f2v_core.storage import atomic_file, atomic_folder

FRAME_FILES = "frame-*.png"
FULL = {errno.ENOSPC, errno.EDQUOT}


AS_IT_IS = ExportConfig()


def check_target(path: Path, force: bool, preset: str = "") -> str:
    """Find out before any work whether a clip can be written to `path`; returns the preset that it is written with.

    With `force` an existing file is replaced; an existing folder only if it holds nothing but earlier frames.
    Without `preset` the path's ending says it.

    Raises:
        InputError: an unknown ending or preset, or two that do not fit.
        ExportError: an existing target, or a parent folder that is missing or read-only.
    """
    found = preset_of(path, preset)
    if path.exists() or path.is_symlink():
        _check_existing(path, force)
    if not path.parent.is_dir():
        raise ExportError(f"The folder {path.parent} does not exist.", "Make it first, or choose another.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise ExportError(f"The folder {path.parent} is read-only.", "Choose another folder.")
    return found


def _check_existing(path: Path, force: bool) -> None:
    if path.is_dir() != (path.suffix == ""):
        kind = "a folder" if path.is_dir() else "a file"
        raise ExportError(f"{path} is {kind} already.", "Choose another name.")
    if not force:
        raise ExportError(f"{path} exists already.", "Choose another name, or allow overwriting (--force).")
    if path.is_dir() and any(not entry.match(FRAME_FILES) for entry in path.iterdir()):
        raise ExportError(f"The folder {path} holds more than frames.", "Choose a new or an empty folder.")


def export_clip(
    frames: Iterable[Frame],
    count: int,
    fps: float,
    path: Path,
    *,
    force: bool = False,
    preset: str = "",
    config: ExportConfig = AS_IT_IS,
    text: str = "",
) -> Iterator[ExportEvent]:
    """Write frames to a file or a folder, as they come.

    Sides are padded to even numbers where a format asks for it. Nothing is left behind when the iterator is closed or
    anything fails; an existing target stays untouched until the new one is complete.

    Args:
        frames: (H, W, 3) uint8, all of one shape; taken one at a time.
        count: how many there are.
        fps: frames per second, > 0.
        path: where to; see `check_target`.
        force: replace what is there.
        preset: how, one of `presets.PRESETS`; by the path's ending unless given.
        config: what of it, and how it plays.
        text: kept in the file's metadata; see `embedding.read_settings`.

    Yields:
        ExportProgress for each frame that is written, then ExportDone.

    Raises:
        InputError, ExportError: at once, what `check_target` finds; a range that the clip does not have.
        ExportError: later, what goes wrong, such as a full disk.
    """
    if not fps > 0:
        raise ExportError(f"A clip of {fps} frames per second cannot play.", "Give a rate above 0.")
    name = check_target(path, force, preset)
    if count < 1:
        raise ExportError(f"There are no frames to write to {path}.", "Generate a clip first.")
    numbers, rate = edited_numbers(count, fps, config, PRESETS[name])
    edited = edited_frames(_alike(frames), numbers, config.longest)
    return _export(edited, len(numbers), rate, path, name, config.plays, text)


def _export(
    frames: Iterator[Frame], count: int, fps: float, path: Path, preset: str, plays: int, text: str
) -> Iterator[ExportEvent]:
    from f2v_core.media.encoders import encode  # noqa: PLC0415 - slow to import, and this table is read early

    whole = atomic_file if path.suffix else atomic_folder
    with _in_words(path), whole(path) as partial:
        with closing(encode(frames, fps, partial, preset, plays, text)) as written:  # type: ignore[type-var]
            done = 0
            for done, _ in enumerate(written, start=1):
                yield ExportProgress(done, count)
        if done < count:
            raise ExportError(f"Only {done} of {count} frames came for {path}.", "Generate the clip anew.")
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
