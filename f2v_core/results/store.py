"""The folder of kept clips: raw frames in files that are mapped into memory, and a small JSON file for each result.

A mapped clip takes no memory of its own: the system reads its pages from the file and lets go of them when others need
the room, so long clips of large frames never swap. The oldest results go when the budget is used up.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from math import prod
from pathlib import Path

import appdirs
import numpy as np
from numpy.typing import NDArray

from f2v_core.errors import InputError, MediaError
from f2v_core.media.fitting import fit_frame
from f2v_core.media.strips import decode_strip, encode_strip
from f2v_core.results.records import KeptClip, Result, Shape
from f2v_core.storage import atomic_file, is_full, write_json

log = logging.getLogger(__name__)

FORMAT = 1
THUMBNAILS = 10
"""Frames in the moving thumbnail of a result."""
THUMBNAIL_HEIGHT = 96
"""Pixels: twice what the window shows, for fine screens."""


def results_folder() -> Path:
    """Where results are kept unless the user chose another folder."""
    return Path(appdirs.user_cache_dir("f2v", appauthor=False)) / "results"


class ResultStore:
    """Keeps clips and results in one folder, for one process at a time.

    Attributes:
        budget: how many bytes of clips may lie there.
    """

    def __init__(self, folder: Path, budget: int) -> None:
        self._folder, self.budget = folder, budget
        self._growing, self._found = set[str](), set[str]()

    def _path(self, key: str, suffix: str = ".rgb") -> Path:
        return self._folder / "clips" / f"{key}{suffix}"

    def find(self, key: str, shape: Shape) -> NDArray[np.uint8] | None:
        """The frames of a finished clip, (N, H, W, 3) uint8, not to be written to; None where it is not kept."""
        path = self._path(key)
        if not path.is_file() or path.stat().st_size != prod(shape):
            return None
        return np.memmap(path, np.uint8, "r", shape=shape)

    def reserve(
        self, keys: Collection[str], shape: Shape, found: Collection[str] = ()
    ) -> dict[str, NDArray[np.uint8]]:
        """Frames to be written to, all of them black, for clips that are to be made; those `found` are not let go of.

        Raises:
            InputError: they take more than the budget, the disk is full, or the folder cannot be written.
        """
        needed = len(keys) * prod(shape)
        if needed > self.budget:
            raise InputError(
                f"{shape[0]} frames of {shape[2]} × {shape[1]} with {len(keys)} generators take"
                f" {needed / 1e9:.1f} GB; results may take {self.budget / 1e9:.1f} GB.",
                "Choose fewer seconds or frames per second, a smaller size, or allow more in the settings.",
            )
        self._growing, self._found = set(), set(found)
        try:
            self._path("").parent.mkdir(parents=True, exist_ok=True)
            self._make_room(needed)
            return {key: self._new(key, shape) for key in keys}
        except OSError as error:
            self.forget()
            if is_full(error):
                raise InputError(
                    f"The disk of {self._folder} is full: {needed / 1e9:.1f} GB are needed.",
                    "Free some room, or choose another folder in the settings.",
                ) from error
            raise InputError(
                f"{self._folder} cannot be written: {error.strerror}.",
                "Choose another folder in the settings.",
            ) from error

    def _new(self, key: str, shape: Shape) -> NDArray[np.uint8]:
        path = self._path(key, ".part")
        self._growing.add(key)
        with path.open("wb") as file:
            if hasattr(os, "posix_fallocate"):
                # a mapped file without room on the disk would end the program when it is written to
                os.posix_fallocate(file.fileno(), 0, prod(shape))
            else:
                file.truncate(prod(shape))
        return np.memmap(path, np.uint8, "r+", shape=shape)

    def finish(self, key: str) -> None:
        """All frames of a reserved clip are written: from now on it is found."""
        if key in self._growing:
            self._growing.remove(key)
            self._found.add(key)
            self._path(key, ".part").replace(self._path(key))

    def forget(self) -> None:
        """Give up what is reserved and not finished."""
        for key in self._growing:
            with suppress(PermissionError):  # Windows keeps what is still mapped; it goes at the next start
                self._path(key, ".part").unlink(missing_ok=True)
        self._growing = set()

    def save(self, result: Result, preview: NDArray[np.uint8]) -> None:
        """Keep a result, with the moving thumbnail of `preview`, (N, H, W, 3) uint8, in place of an equal one."""
        size = max(1, round(THUMBNAIL_HEIGHT * preview.shape[2] / preview.shape[1])), THUMBNAIL_HEIGHT
        places = np.linspace(0, len(preview) - 1, THUMBNAILS).round().astype(int)
        small = np.stack([fit_frame(preview[place], size, "stretch") for place in places])
        with atomic_file(self._folder / f"{result.name}.png") as partial:
            partial.write_bytes(encode_strip(small))
        write_json(self._folder / f"{result.name}.json", {"format": FORMAT, **asdict(result)})
        for each in self.results():
            if each.name != result.name and _content(each) == _content(result):
                self._remove(each)

    def results(self) -> list[Result]:
        """What is kept, the newest first; files that cannot be read are logged and passed over."""
        found = []
        for path in sorted(self._folder.glob("[!.]*.json"), reverse=True):
            try:
                found.append(_read(path))
            except (OSError, ValueError, KeyError, TypeError) as error:
                log.warning("%s is no result: %s", path, error)
        return found

    def thumbnails(self, result: Result) -> NDArray[np.uint8] | None:
        """The moving thumbnail, (THUMBNAILS, h, w, 3) uint8; None where its file is gone or damaged."""
        try:
            return decode_strip((self._folder / f"{result.name}.png").read_bytes(), THUMBNAILS)
        except (OSError, MediaError) as error:
            log.warning("no thumbnail of %s: %s", result.name, error)
            return None

    def delete(self, result: Result) -> None:
        """Forget a result, and the clips that no other one has; those of the newest work stay until the next."""
        self._remove(result)
        self._sweep(self.results())

    def _remove(self, result: Result) -> None:
        for suffix in (".json", ".png"):
            (self._folder / f"{result.name}{suffix}").unlink(missing_ok=True)

    def _make_room(self, needed: int) -> None:
        """Let the oldest results go until so many bytes more are within the budget."""
        kept = self.results()
        self._sweep(kept)
        while kept and needed + self.size() > self.budget:
            self.delete(kept.pop())

    def size(self) -> int:
        """Bytes of all clips."""
        return sum(path.stat().st_size for path in self._folder.glob("clips/*.rgb"))

    def _sweep(self, kept: list[Result]) -> None:
        """Remove clips that no result has and that are not being made."""
        wanted = {clip.key for result in kept for clip in result.clips} | self._growing | self._found
        for path in self._folder.glob("clips/*"):
            if path.stem not in wanted:
                with suppress(PermissionError):  # as above
                    path.unlink(missing_ok=True)


def _content(result: Result) -> tuple[object, ...]:
    """What makes two results the same."""
    return tuple(clip.key for clip in result.clips), result.fps, result.pictures


def _read(path: Path) -> Result:
    values = json.loads(path.read_text(encoding="utf-8"))
    if values.pop("format") != FORMAT:
        raise ValueError("it was written by another version")
    first, last = values.pop("pictures")
    frames, height, width, channels = values.pop("shape")
    clips = tuple(KeptClip(**clip) for clip in values.pop("clips"))
    return Result(
        pictures=((first[0], first[1]), (last[0], last[1])),
        clips=clips,
        shape=(frames, height, width, channels),
        **values,
    )
