"""Cutting a film into windows of one shape while it streams by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice, takewhile
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import Crop, PrepareConfig
from f2v_core.data.records import Split
from f2v_core.data.shots import number_shots
from f2v_core.frames import Frame
from f2v_core.media.pictures import Picture

ROOM_TIME, ROOM_RATE, ROOM_SIZE = 1.2, 2, 1.25
"""How much longer, faster and larger training clips are stored that leave room for augmentation."""
POSTER_FRAMES, POSTER_STEP, POSTER_FPS = 90, 3, 10.0
"""The poster takes the first 90 frames of a video, every third, and calls that 10 a second, whatever their times."""
TIE = 1e-6
"""Seconds by which two frames may differ and still count as equally near: of those the later one is taken."""


@dataclass(frozen=True)
class ClipShape:
    """What every clip of a split looks like.

    Attributes:
        frames: how many.
        fps: frames per second.
        size: of the short side, in pixels.
        crop: what becomes of the long side, see `PrepareConfig.crop`.
    """

    frames: int
    fps: float
    size: int
    crop: Crop

    @property
    def seconds(self) -> float:
        """How long a clip plays."""
        return self.frames / self.fps

    def scaled(self, size: tuple[int, int]) -> tuple[int, int]:
        """What a film of this (width, height) is scaled to before it is cropped."""
        if self.crop == "stretch":
            return self.size, self.size
        scale = self.size / min(size)
        return max(self.size, round(size[0] * scale)), max(self.size, round(size[1] * scale))

    def cropped(self, frame: Frame) -> Frame:
        """What stays of a scaled frame."""
        if self.crop == "full":
            return frame
        top, left = (frame.shape[0] - self.size) // 2, (frame.shape[1] - self.size) // 2
        return frame[top : top + self.size, left : left + self.size]


def clip_shape(config: PrepareConfig, split: Split) -> ClipShape:
    """The shape of a split's clips: as the settings say, with room for augmentation where they ask for it."""
    if config.sampling == "poster":
        return ClipShape(POSTER_FRAMES // POSTER_STEP, POSTER_FPS, config.size, config.crop)
    if not (config.room and split == "train"):
        return ClipShape(config.frames, config.fps, config.size, config.crop)
    fps = config.fps * ROOM_RATE
    frames = round(config.seconds * ROOM_TIME * fps)
    return ClipShape(max(2, frames), fps, round(config.size * ROOM_SIZE), "full")


@dataclass(frozen=True, eq=False)
class Window:
    """A clip cut from a film.

    Attributes:
        shot: the number of its shot, from 0.
        start_s: the time of its first frame in the film.
        frames: (T, H, W, 3) uint8 RGB.
        padded: whether it is filled up with its last frame.
    """

    shot: int
    start_s: float
    frames: NDArray[np.uint8]
    padded: bool = False


class Film:
    """A film as it is cut.

    Attributes:
        count: frames seen so far.
        seconds: how long it plays so far.
        longest_shot_s: of its longest shot so far.
        size: (width, height) as it is shown, in pixels.
        fps: its average rate.
    """

    def __init__(self, pictures: Iterable[Picture]) -> None:
        self.count, self.seconds, self.longest_shot_s = 0, 0.0, 0.0
        self.size, self.fps = (0, 0), 0.0
        self._pictures = self._watched(pictures)

    def _watched(self, pictures: Iterable[Picture]) -> Iterator[Picture]:
        for picture in pictures:
            if self.count == 0:
                self.size, self.fps = picture.size, picture.video.rate
            self.count += 1
            self.seconds = picture.seconds + 1 / self.fps
            yield picture

    def windows(self, shape: ClipShape) -> Iterator[Window]:
        """Back to back from each shot's start, as many as fit; frames are those nearest to their times.

        Only one window is in memory at a time, and only its frames are converted.

        Raises:
            MediaError: the film breaks; every whole window before that is yielded.
        """
        for number, numbered in groupby(number_shots(self._pictures), itemgetter(0)):
            shot = self._timed(picture for _, picture in numbered)
            chosen = _sampled(shot, shape.fps, 0.5 / self.fps)
            while (window := _take(chosen, shape, number)) is not None:
                yield window

    def _timed(self, shot: Iterable[Picture]) -> Iterator[Picture]:
        start: float | None = None
        for picture in shot:
            start = picture.seconds if start is None else start
            self.longest_shot_s = max(self.longest_shot_s, picture.seconds - start + 1 / self.fps)
            yield picture

    def poster_window(self, shape: ClipShape) -> Window:
        """The poster's clip: every third of the first 90 frames, by count, filled up with the last of them.

        Raises:
            MediaError: the film breaks within them.
        """
        pictures = islice(self._pictures, POSTER_FRAMES)
        first = next(pictures)
        alike = takewhile(lambda each: each.coded_size == first.coded_size, chain([first], pictures))
        frames = list(_convert(islice(alike, 0, None, POSTER_STEP), shape))
        missing = shape.frames - len(frames)
        return Window(0, 0.0, np.stack(frames + frames[-1:] * missing), padded=missing > 0)


def _sampled(shot: Iterable[Picture], fps: float, slack_s: float) -> Iterator[Picture]:
    """The pictures nearest to 0, 1/fps, 2/fps, ... seconds after the shot's first.

    Args:
        slack_s: how long the last picture stays.
    """
    previous: Picture | None = None
    start, number = 0.0, 0
    for picture in shot:
        if previous is None:
            start = picture.seconds
        else:
            middle = (previous.seconds + picture.seconds) / 2 - start
            while number / fps < middle - TIE:
                yield previous
                number += 1
        previous = picture
    while previous is not None and number / fps <= previous.seconds - start + slack_s + TIE:
        yield previous
        number += 1


def _take(pictures: Iterator[Picture], shape: ClipShape, shot: int) -> Window | None:
    """The next window; None where the shot has too few pictures left."""
    first = next(pictures, None)
    if first is None:
        return None
    frames = list(_convert(chain([first], islice(pictures, shape.frames - 1)), shape))
    return Window(shot, first.seconds, np.stack(frames)) if len(frames) == shape.frames else None


def _convert(pictures: Iterable[Picture], shape: ClipShape) -> Iterator[Frame]:
    """The frames of pictures of one size; one that comes several times, as in a slow film, is converted once."""
    stream = iter(pictures)
    last = next(stream)
    size = shape.scaled(last.size)
    frame = shape.cropped(last.rgb(size))
    yield frame
    for picture in stream:
        if picture is not last:
            last, frame = picture, shape.cropped(picture.rgb(size))
        yield frame
