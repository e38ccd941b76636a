"""What the user works on: the pair of pictures, the settings, the clips; pages meet here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from f2v_app.clip_state import ClipState
from f2v_app.samples import Picture, Sample, list_samples
from f2v_core.config import Fit, GenerateConfig
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
from f2v_core.results.records import KeptClip, Result

if TYPE_CHECKING:
    from f2v_core.results.store import ResultStore

Slot = Literal["first", "last"]
SLOTS: tuple[Slot, Slot] = ("first", "last")


class Session(QObject):
    """The one state that the pages share.

    Attributes:
        fit: how a last picture of another size is brought to the first one's.
        longest: the longest side of what is made, in pixels; 0: as the first picture.
        config: seconds, frames per second, seed, variation.
        clips: by the worker's name, in the order of the panes.
        clips_name: what a file made of them may be called.
        running: whether clips are being made.
        results: where finished clips are kept; None: nowhere.

    Signals:
        picture_changed: "first" or "last" holds another picture, or none.
        clips_reset: `clips` holds other clips.
        clip_changed: the model whose clip went on.
        running_changed: whether clips are being made.
        result_kept: a result was kept, or kept anew.
    """

    picture_changed = Signal(str)
    clips_reset = Signal()
    clip_changed = Signal(str)
    running_changed = Signal(bool)
    result_kept = Signal()

    def __init__(self, parent: QObject | None = None, results: ResultStore | None = None) -> None:
        super().__init__(parent)
        self.results = results
        self.fit: Fit = "fill"
        self.longest = 0
        self.config = GenerateConfig()
        self.clips: dict[str, ClipState] = {}
        self.running = False
        self.clips_name = ""
        self._pictures: dict[Slot, Picture] = {}
        self._made_from: dict[Slot, Picture] = {}
        self._keys: dict[str, KeptClip] = {}

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

    def begin(self, kinds: Mapping[str, str], size: tuple[int, int], keys: Mapping[str, str]) -> list[str]:
        """Make room for new clips of (width, height) pixels in place of the old ones; those that are kept are shown.

        Args:
            kinds: the kind of generator of each model, in the order of the panes.
            size: (width, height) in pixels.
            keys: the name under which each model's clip is kept.

        Returns:
            The models whose clips are still to be made; where there are none, the work is done.

        Raises:
            InputError: there is no room for them.
        """
        shape = (self.config.frames, size[1], size[0], 3)
        self.clips = self._take_up(keys, shape)
        self._keys = {model: KeptClip(model, kinds[model], key) for model, key in keys.items()}
        self._made_from = dict(self._pictures)
        self.clips_name = "-".join(Path(self._pictures[slot].name).stem for slot in SLOTS)
        missing = [name for name, clip in self.clips.items() if not clip.complete]
        self.running = bool(missing)
        self.clips_reset.emit()
        self.running_changed.emit(self.running)
        if not missing:
            self._keep()
        return missing

    def _take_up(self, keys: Mapping[str, str], shape: tuple[int, int, int, int]) -> dict[str, ClipState]:
        """A clip for each model: a kept one, or room for one."""
        import numpy as np  # noqa: PLC0415 - the window shows before it is needed

        fps, store = self.config.fps, self.results
        if store is None:
            return {model: ClipState(model, np.empty(shape, np.uint8), fps) for model in keys}
        found = {model: store.find(key, shape) for model, key in keys.items()}
        kept = [key for model, key in keys.items() if found[model] is not None]
        room = store.reserve([key for key in keys.values() if key not in kept], shape, kept)
        return {
            model: ClipState(model, room[keys[model]], fps)
            if frames is None
            else ClipState.whole(model, frames, fps)
            for model, frames in found.items()
        }

    def show_result(self, result: Result) -> None:
        """Show the clips of a kept result, as far as they are still there, for the pictures in the wells."""
        assert self.results is not None  # noqa: S101 - it came from there
        found = {clip: self.results.find(clip.key, result.shape) for clip in result.clips}
        self._keys = {clip.model: clip for clip, frames in found.items() if frames is not None}
        self.clips = {
            clip.model: ClipState.whole(clip.model, frames, result.fps)
            for clip, frames in found.items()
            if frames is not None
        }
        self._made_from, self.clips_name = dict(self._pictures), result.title
        self.clips_reset.emit()

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of generator behind each clip."""
        return {model: clip.kind for model, clip in self._keys.items()}

    def _keep(self) -> None:
        """Keep the clips that are finished as a result."""
        clips = {name: clip for name, clip in self.clips.items() if clip.complete}
        if self.results is None or not clips:
            return
        pictures = [(each.name, str(each.path or "")) for each in map(self._made_from.__getitem__, SLOTS)]
        last = next(reversed(clips.values()))
        frames, height, width, channels = last.frames.shape
        result = Result(
            f"{datetime.now():%Y%m%d-%H%M%S-%f}",
            self.clips_name,
            (pictures[0], pictures[1]),
            tuple(replace(self._keys[name], seconds=clip.seconds) for name, clip in clips.items()),
            (frames, height, width, channels),
            last.fps,
            self.made_with(),
        )
        self.results.save(result, last.frames)
        self.result_kept.emit()

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
        if self.results is not None and state.complete:
            self.results.finish(self._keys[model].key)
        self.clip_changed.emit(model)

    def _end_job(self, event: JobDone | JobCancelled | JobFailed) -> None:
        error = (event.message, event.remedy) if isinstance(event, JobFailed) else None
        for model in [name for name, each in self.clips.items() if not each.ended]:
            self._end_clip(model, error=error)
        self.running = False
        if self.results is not None:
            self.results.forget()
        self._keep()
        self.running_changed.emit(False)


def _fitted(picture: Picture, size: tuple[int, int], fit: Fit) -> Frame:
    """The picture's own pixels where it has the size already."""
    if picture.size == size:
        return picture.frame
    from f2v_core.media.fitting import fit_frame  # noqa: PLC0415 - loads OpenCV, and the window shows before that

    return fit_frame(picture.frame, size, fit)
