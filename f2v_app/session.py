"""What the user works on: the pair of pictures, the settings, the clips; pages meet here."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from f2v_app.clip_state import ClipState
from f2v_core.assets import resource_folder
from f2v_core.config import Fit, GenerateConfig
from f2v_core.errors import InputError
from f2v_core.frames import Clip, Frame, FramePair
from f2v_core.messages import (
    ClipDone,
    ClipFailed,
    ClipStarted,
    Event,
    FrameReady,
    JobCancelled,
    JobDone,
    JobFailed,
)

Slot = Literal["first", "last"]
SLOTS: tuple[Slot, Slot] = ("first", "last")


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture in a well.

    Attributes:
        name: what to call it: the file's name, or how it came.
        frame: (H, W, 3) uint8 RGB.
        path: the file; None when it came as data.
    """

    name: str
    frame: Frame
    path: Path | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.frame.shape[1], self.frame.shape[0]


@dataclass(frozen=True)
class Sample:
    """A pair of pictures that ships with f2v."""

    first: Path
    last: Path
    title: str
    credit: str
    licence: str


def list_samples(root: Path | None = None) -> list[Sample]:
    """All sample pairs, by folder name; none where the folder is empty or a card cannot be read."""
    found = []
    for card in sorted((root or resource_folder() / "samples").glob("*/sample.json")):
        try:
            values = json.loads(card.read_text(encoding="utf-8"))
            texts = [str(values[name]) for name in ("title", "credit", "licence")]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        found.append(Sample(card.parent / "first.jpg", card.parent / "last.jpg", *texts))
    return found


class Session(QObject):
    """The one state that the pages share.

    Attributes:
        fit: how a last picture of another size is brought to the first one's.
        longest: the longest side of what is made, in pixels; 0: as the first picture.
        config: seconds, frames per second, seed, variation.
        clips: by the worker's name, in the order of the panes.
        clips_name: what a file made of them may be called.
        running: whether clips are being made.

    Signals:
        picture_changed: "first" or "last" holds another picture, or none.
        clips_reset: `clips` holds other clips.
        clip_changed: the model whose clip went on.
        running_changed: whether clips are being made.
    """

    picture_changed = Signal(str)
    clips_reset = Signal()
    clip_changed = Signal(str)
    running_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fit: Fit = "fill"
        self.longest = 0
        self.config = GenerateConfig()
        self.clips: dict[str, ClipState] = {}
        self.running = False
        self.clips_name = ""
        self._pictures: dict[Slot, Picture] = {}
        self._made_from: dict[Slot, Picture] = {}

    def picture(self, slot: Slot) -> Picture | None:
        """What lies in a well."""
        return self._pictures.get(slot)

    def set_picture(self, slot: Slot, picture: Picture | None) -> None:
        """Lay a picture into a well, or take it out."""
        if picture is None:
            self._pictures.pop(slot, None)
        else:
            self._pictures[slot] = picture
        self.picture_changed.emit(slot)

    def swap(self) -> None:
        """Exchange first and last."""
        first, last = (self._pictures.pop(slot, None) for slot in SLOTS)
        self.set_picture("first", last)
        self.set_picture("last", first)

    def sample(self) -> Sample | None:
        """The sample that the two pictures are, if they are one."""
        paths = {picture.path for picture in self._pictures.values()}
        return next((each for each in list_samples() if {each.first, each.last} == paths), None)

    @property
    def stale(self) -> bool:
        """Whether the clips are of other pictures than those that are there now."""
        return bool(self.clips) and self._made_from != self._pictures

    def target_size(self) -> tuple[int, int] | None:
        """(width, height) of what will be made; None without a first picture."""
        first = self._pictures.get("first")
        if first is None:
            return None
        factor = min(1.0, self.longest / max(first.size)) if self.longest else 1.0
        return max(1, round(first.size[0] * factor)), max(1, round(first.size[1] * factor))

    def pair(self) -> FramePair | None:
        """Both pictures at the target size; None while one is missing."""
        size = self.target_size()
        if size is None or len(self._pictures) < 2:
            return None
        return FramePair(*(_fitted(self._pictures[slot], size, self.fit) for slot in SLOTS))

    def finished_clips(self) -> dict[str, Clip]:
        """The clips that are complete, by model."""
        return {name: Clip(each.frames, each.fps) for name, each in self.clips.items() if each.complete}

    def made_with(self) -> dict[str, Any]:
        """How the clips were made, for the files that are written of them: `embedding.settings_text` takes it."""
        paths = [picture.path for slot in SLOTS if (picture := self._made_from.get(slot))]
        return {
            "pair": [str(path) for path in paths] if len(paths) == 2 and all(paths) else None,
            "models": list(self.clips),
            "fit": self.fit,
            "longest": self.longest,
            "generate": self.config.to_json(),
        }

    def begin(self, models: Sequence[str], size: tuple[int, int]) -> None:
        """Make room for new clips of (width, height) pixels in place of the old ones."""
        import numpy as np  # noqa: PLC0415 - the window shows before it is needed

        shape = (self.config.frames, size[1], size[0], 3)
        self.clips = {name: ClipState(name, np.empty(shape, np.uint8), self.config.fps) for name in models}
        self._made_from = dict(self._pictures)
        self.clips_name = "-".join(Path(self._pictures[slot].name).stem for slot in SLOTS)
        self.running = True
        self.clips_reset.emit()
        self.running_changed.emit(True)

    def take(self, event: Event) -> None:
        """Go on by one event of the job that makes the clips."""
        match event:
            case ClipStarted(model):
                self.clip_changed.emit(model)
            case FrameReady(model, index, _, frame):
                self.clips[model].put(index, frame)
                self.clip_changed.emit(model)
            case ClipDone(model, seconds):
                self._end_clip(model, seconds=seconds)
            case ClipFailed(model, message, remedy):
                self._end_clip(model, error=(message, remedy))
            case JobDone() | JobCancelled() | JobFailed():
                self._end_job(event)
            case _:
                pass  # events of the worker and of trainings are not about clips

    def _end_clip(
        self, model: str, seconds: float | None = None, error: tuple[str, str] | None = None
    ) -> None:
        state = self.clips[model]
        state.seconds, state.error, state.ended = seconds, error, True
        self.clip_changed.emit(model)

    def _end_job(self, event: JobDone | JobCancelled | JobFailed) -> None:
        error = (event.message, event.remedy) if isinstance(event, JobFailed) else None
        for model in [name for name, each in self.clips.items() if not each.ended]:
            self._end_clip(model, error=error)
        self.running = False
        self.running_changed.emit(False)


def _fitted(picture: Picture, size: tuple[int, int], fit: Fit) -> Frame:
    """The picture's own pixels where it has the size already."""
    if picture.size == size:
        return picture.frame
    from f2v_core.media.fitting import fit_frame  # noqa: PLC0415 - loads OpenCV, and the window shows before that

    return fit_frame(picture.frame, size, fit)


def check_memory(models: Sequence[str], config: GenerateConfig, size: tuple[int, int]) -> None:
    """Refuse clips of (width, height) pixels that half of this machine's memory could not hold.

    Raises:
        InputError: says how much it would take.
    """
    needed = len(models) * config.frames * size[0] * size[1] * 3
    if needed > os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2:
        raise InputError(
            f"{config.frames} frames of {size[0]} × {size[1]} with {len(models)} generators take"
            f" {needed / 1e9:.0f} GB of memory.",
            "Choose fewer seconds or frames per second, or a smaller size under More.",
        )
