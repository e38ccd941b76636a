"""A video's frames one by one, converted only when somebody wants to see them."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

from f2v_core.frames import Frame
from f2v_core.media.decoding import Video, open_video, shown_size, timed_frames, to_rgb

GLIMPSE = 32
"""Rows and columns of a glimpse."""


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """A decoded frame as the decoder left it.

    Attributes:
        seconds: its time since the video's first frame.
        frame: the decoder's.
        video: where it comes from; it may be closed by now.
    """

    seconds: float
    frame: VideoFrame
    video: Video

    @property
    def coded_size(self) -> tuple[int, int]:
        """(width, height) as it is stored: for comparing, not for showing."""
        return self.frame.width, self.frame.height

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as it is shown: upright, with square pixels."""
        return shown_size(self.frame, self.video)

    def rgb(self, size: tuple[int, int]) -> Frame:
        """Convert to (H, W, 3) uint8 RGB of `size`, (width, height) as it is shown, scaled by area.

        Raises:
            MediaError: a pixel format that cannot be converted.
        """
        return to_rgb(self.frame, size, self.video)

    def glimpse(self) -> NDArray[np.uint8]:
        """A (32, 32) uint8 grey thumbnail as stored, from 32 of its rows, for about 10 microseconds.

        Its levels are the codec's own: good for comparing frames of one video and nothing else.
        """
        if not _starts_with_grey(self.frame.format.name):
            grey = self.frame.reformat(GLIMPSE, GLIMPSE, "gray", interpolation=Interpolation.FAST_BILINEAR)
            return cast("NDArray[np.uint8]", grey.to_ndarray())
        plane = self.frame.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        chosen = rows.take(_spread(plane.height), axis=0)[:, : plane.width]
        small = cv2.resize(chosen, (GLIMPSE, GLIMPSE), interpolation=cv2.INTER_AREA)
        return cast("NDArray[np.uint8]", small)


@cache
def _spread(height: int) -> NDArray[np.int64]:
    """The rows that a glimpse takes, evenly over the height."""
    return (2 * np.arange(GLIMPSE) + 1) * height // (2 * GLIMPSE)


@cache
def _starts_with_grey(pixels: str) -> bool:
    """Whether the first plane of a pixel format is its luma, a byte each, and nothing else."""
    first, *others = VideoFormat(pixels).components
    alone = all(each.plane != first.plane for each in others)
    return first.is_luma and first.bits == 8 and alone and pixels != "pal8"


def read_pictures(path: Path) -> Generator[Picture]:
    """Decode a video in one thread: for many videos in many processes.

    Yields:
        every frame, in order, but those that the decoder knows to be damaged; they may be kept and converted later.

    Raises:
        MediaError: the file cannot be read; when it breaks in the middle, after all that decodes.
    """
    with open_video(path, threads=1) as video:
        for seconds, frame in timed_frames(video):
            if not frame.is_corrupt:
                yield Picture(seconds, frame, video)
