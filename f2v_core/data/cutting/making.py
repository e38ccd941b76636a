"""Making one shard: its videos are cut, measured, flagged and written."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from hashlib import file_digest
from pathlib import Path
from time import monotonic

from f2v_core.data.cutting.hashing import hash_clip
from f2v_core.data.cutting.measures import find_flags, linear_l2, motion
from f2v_core.data.cutting.shapes import ClipShape, clip_shape
from f2v_core.data.cutting.sieve import Sieve
from f2v_core.data.cutting.windows import Film, Window
from f2v_core.data.disk import disk_errors
from f2v_core.data.plan import SCENE, Now, ShardResult, ShardTask, VideoItem, VideoOutcome
from f2v_core.data.records import ClipRecord
from f2v_core.data.shards import ShardWriter, write_shard
from f2v_core.errors import MediaError
from f2v_core.media.pictures import read_pictures
from f2v_core.media.strips import encode_strip

NOW_EVERY_S = 0.5
"""Seconds between two words about a long video."""
DAMAGED = "damaged"
"""The reason for which the window is dropped in which a file breaks."""
CRASHED = "Reading it ended the program that did, twice: it is damaged, or needs more memory than there is."


def make_shard(task: ShardTask) -> ShardResult:
    """Make the shard of a task: the same task gives the same bytes.

    A video that cannot be read or gives no clip is rejected with its reason and stops nothing; one that breaks in
    its middle gives the windows before that. `Sieve` says which windows are dropped.

    Raises:
        InputError: `keep` names an unknown flag. DataError: the shard cannot be written; nothing is left of it.
    """
    with disk_errors(Path(task.dataset)):
        try:
            with write_shard(task.shard_file) as writer:
                making = _Making(task, writer)
                for video in task.videos:
                    making.add(video)
            return making.result()
        finally:
            for file in (task.now_file, _unfinished(task.now_file)):
                file.unlink(missing_ok=True)


def _unfinished(file: Path) -> Path:
    """Where a `now_file` is written before it takes the old one's place."""
    return file.with_suffix(".new")


class _Making:
    """A shard in the making."""

    def __init__(self, task: ShardTask, writer: ShardWriter) -> None:
        self._task, self._writer = task, writer
        self._shape = clip_shape(task.config, task.split)
        self._outcomes: list[VideoOutcome] = []
        self._rejected: list[tuple[str, str]] = []
        self._dropped: Counter[str] = Counter()
        self._done, self._said_at = 0, 0.0

    def add(self, item: VideoItem) -> None:
        """Take what a video or a scene gives."""
        self._say(item)
        if item.path in self._task.crashed:
            self._rejected.append((item.path, CRASHED))
        elif self._task.config.scenes:
            self._add_scene(item)
        else:
            self._add_video(item)
        self._done += 1

    def _say(self, item: VideoItem) -> None:
        """Write what is in hand to the task's `now_file`; whoever reads it sees the old words or the new ones."""
        now, file = Now(self._done, item.path, len(self._writer.entries)), self._task.now_file
        _unfinished(file).write_text(json.dumps(asdict(now)), encoding="utf-8")
        _unfinished(file).replace(file)
        self._said_at = monotonic()

    def _add_scene(self, item: VideoItem) -> None:
        from f2v_core.data.scenes import make_scene  # noqa: PLC0415 - videos need none of it

        name, number = item.path.removeprefix(SCENE).split("/")
        shape, seed = self._shape, self._task.config.seed
        frames = make_scene(name, int(number), seed=seed, size=shape.size, frames=shape.frames, fps=shape.fps)
        self._write(item, Window(0, 0.0, frames), find_flags(frames))
        seconds = shape.frames / shape.fps
        self._outcomes.append(VideoOutcome(item, seconds, shape.size, shape.size, shape.fps, 1))

    def _add_video(self, item: VideoItem) -> None:
        path = Path(self._task.config.videos) / item.path
        before, trouble = len(self._writer.entries), ""
        with closing(read_pictures(path)) as pictures:
            film, sieve = Film(pictures), Sieve(self._task.config)
            try:
                self._take_windows(item, film, sieve)
            except MediaError as error:
                trouble = error.message.replace(str(path), item.path)
                sieve.dropped[DAMAGED] += film.count > 0
        self._dropped += sieve.dropped
        if clips := len(self._writer.entries) - before:
            self._outcomes.append(VideoOutcome(item, film.seconds, *film.size, film.fps, clips))
        else:
            self._rejected.append((item.path, trouble or _why_none(film, self._shape, sieve.dropped)))

    def _take_windows(self, item: VideoItem, film: Film, sieve: Sieve) -> None:
        for window in self._windows(film):
            flags = find_flags(window.frames)
            if sieve.takes(flags):
                self._write(item, window, flags)
            if monotonic() - self._said_at > NOW_EVERY_S:
                self._say(item)

    def _windows(self, film: Film) -> Iterator[Window]:
        poster = self._task.config.sampling == "poster"
        return film.poster_windows(self._shape) if poster else film.windows(self._shape)

    def _write(self, item: VideoItem, window: Window, flags: tuple[str, ...]) -> None:
        frames, fps = window.frames, self._shape.fps
        key = f"{self._task.name}-{len(self._writer.entries):05d}"
        record = ClipRecord(
            key, self._task.split, item.category, item.source, item.path, window.shot, round(window.start_s, 6),
            len(frames), frames.shape[2], frames.shape[1], fps, round(motion(frames, fps), 6),
            round(linear_l2(frames), 4), (*flags, *(("padded",) if window.padded else ())), hash_clip(frames),
        )  # fmt: skip
        self._writer.add(record, encode_strip(frames))

    def result(self) -> ShardResult:
        """What came of it all, once the shard lies on the disk."""
        path = self._task.shard_file
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        return ShardResult(
            self._task.name, tuple(self._writer.entries), tuple(self._outcomes), tuple(self._rejected),
            dict(sorted(self._dropped.items())), digest, path.stat().st_size,
        )  # fmt: skip


def _why_none(film: Film, shape: ClipShape, dropped: Counter[str]) -> str:
    """A sentence on a film that broke nowhere and gave no clip."""
    if not film.longest_shot_s:
        return "It has no frame that shows anything."
    if not dropped:
        longest, needed = film.longest_shot_s - 1 / film.fps, shape.needed_s
        return (
            f"It is too short: its longest shot has {longest:.3g} s from the first frame to the last, "
            f"and a clip takes {needed:.3g} s."
        )
    reasons = " and ".join(f"{count} {flag}" for flag, count in sorted(dropped.items()))
    return f"None of its windows is of use: {reasons}."
