"""Cutting a film into windows of one shape while it streams by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice, takewhile
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.cutting.shapes import POSTER_FRAMES, POSTER_STEP, ClipShape
from f2v_core.data.cutting.shots import number_shots
from f2v_core.frames import Frame
from f2v_core.media.pictures import Picture
from f2v_core.media.videos import video_length

TIE = 1e-6
"""Seconds by which two frames may differ and still count as equally near: of those the later one is taken."""


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

    def poster_windows(self, shape: ClipShape) -> Iterator[Window]:
        """The poster's one clip: every third of the first 90 frames, by count, filled up with the last of them.

        Raises:
            MediaError: the film breaks within them.
        """
        pictures = islice(self._pictures, POSTER_FRAMES)
        first = next(pictures, None)
        if first is None:
            return
        alike = takewhile(lambda each: each.coded_size == first.coded_size, chain([first], pictures))
        frames = list(_convert(islice(alike, 0, None, POSTER_STEP), shape))
        if self.count == POSTER_FRAMES:  # there may be more
            self.seconds = max(self.seconds, video_length(first.video)[0])
        missing = shape.frames - len(frames)
        yield Window(0, 0.0, np.stack(frames + frames[-1:] * missing), padded=missing > 0)


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
    return Window(shot, first.seconds, np.stack(frames)) if len(frames) >= shape.shortest else None


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
