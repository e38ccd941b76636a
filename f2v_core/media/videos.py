"""Reading videos: what is in a file, its frames as a stream, and the pieces that the rest of f2v needs."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

import av
import numpy as np
from av.video.frame import VideoFrame

from f2v_core.errors import InputError, MediaError
from f2v_core.frames import Clip, Frame, FramePair
from f2v_core.media.decoding import Video, open_video, shown_size, timed_frames, to_rgb
from f2v_core.media.images import fit_frame

T = TypeVar("T")
SEEK_FROM_S = 5.0
"""A clip that starts later than this is worth a seek; earlier ones are decoded from the start."""
END_OF_TIME = 2**62
"""A time stamp after every video's end; seeking there finds the last key frame."""


@dataclass(frozen=True)
class VideoInfo:
    """What a video file holds.

    Attributes:
        path: where it lies.
        seconds: how long it plays.
        fps: average frames per second.
        size: (width, height) in pixels as it is shown: upright, with square pixels.
        frames: how many frames; an estimate, seconds x fps, where the file does not say.
    """

    path: Path
    seconds: float
    fps: float
    size: tuple[int, int]
    frames: int


def probe_video(path: Path) -> VideoInfo:
    """Look into a video file; decodes its first frame only.

    Raises:
        MediaError: the file cannot be read as a video.
    """
    with open_video(path) as video:
        _, first = next(timed_frames(video))
        seconds, frames = video_length(video)
        return VideoInfo(path, seconds, video.rate, shown_size(first, video), frames)


def video_length(video: Video) -> tuple[float, int]:
    """Seconds and frames of an open video, as it says; raw streams say neither, so there the packets are counted."""
    stream, container = video.stream, video.container
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        seconds = container.duration / av.time_base
    else:
        with open_video(video.path) as again:
            packets = sum(1 for packet in again.container.demux(again.stream) if packet.size)
        return packets / video.rate, packets
    return seconds, stream.frames or max(1, round(seconds * video.rate))


def read_frames(path: Path, short_side: int | None = None) -> Iterator[tuple[float, Frame]]:
    """Stream a video's frames, upright and with square pixels.

    Args:
        path: any container and codec that FFmpeg decodes.
        short_side: shrink by area so that the shorter side has this many pixels; never enlarges. None: native.

    Yields:
        (seconds since the first frame, (H, W, 3) uint8 RGB). Times come from the file; frames without one
        follow their predecessor by 1 / rate.

    Raises:
        MediaError: the file cannot be read; when it breaks in the middle, after all that decodes.
    """
    if short_side is not None and short_side < 1:
        raise InputError(f"A short side of {short_side} pixels is no picture.", "Give 1 or more.")
    with open_video(path) as video:
        for seconds, frame in timed_frames(video):
            yield seconds, to_rgb(frame, _shrunk(shown_size(frame, video), short_side), video)


def _shrunk(size: tuple[int, int], short_side: int | None) -> tuple[int, int]:
    scale = 1.0 if short_side is None else min(1.0, short_side / min(size))
    return round(size[0] * scale), round(size[1] * scale)


def read_clip(
    path: Path, count: int = 30, fps: float = 10.0, start_s: float = 0.0, size: tuple[int, int] | None = None
) -> Clip:
    """Read `count` frames at `fps` frames per second, each the nearest in time.

    Args:
        path: a video file.
        count: how many frames, >= 1; a shorter video is filled with its last frame.
        fps: frames per second of the clip, > 0, whatever the file's own rate.
        start_s: where to start, in seconds from the first frame, >= 0.
        size: (width, height) to fill, cropping centrally; None: the first frame's own.

    Raises:
        MediaError: the file cannot be read. InputError: `count`, `fps` or `start_s` out of range.
    """
    if count < 1 or not fps > 0 or start_s < 0:
        raise InputError(
            f"{count} frames at {fps} per second from second {start_s} is no clip.",
            "Give 1 frame or more, a rate above 0 and a start of 0 or later.",
        )
    with open_video(path) as video:
        frames = _frames_from(video, start_s) if start_s > SEEK_FROM_S else timed_frames(video)
        times = [start_s + i / fps for i in range(count)]
        return _clip(video, nearest(frames, times), fps, size)


def _frames_from(video: Video, start_s: float) -> Iterator[tuple[float, VideoFrame]]:
    """The frames from a key frame before `start_s` on; all of them where the format cannot seek."""
    frames = timed_frames(video)
    head = next(frames)  # decoded before any seek: old 4:4:4 H.264 is told there how to be read
    stamp, base = head[1].pts, video.stream.time_base
    if stamp is not None and base and not video.is_raw:
        with suppress(av.FFmpegError):
            video.container.seek(stamp + int(start_s / base), stream=video.stream)
            return timed_frames(video, float(stamp * base))
    return chain([head], frames)


def _clip(video: Video, frames: Iterable[VideoFrame], fps: float, size: tuple[int, int] | None) -> Clip:
    chosen: list[Frame] = []
    for frame in frames:
        rgb = to_rgb(frame, shown_size(frame, video), video)
        chosen.append(fit_frame(rgb, size or (rgb.shape[1], rgb.shape[0]), "fill"))
        size = size or (rgb.shape[1], rgb.shape[0])
    return Clip(np.stack(chosen), fps)


def nearest(items: Iterable[tuple[float, T]], times: Sequence[float]) -> Iterator[T]:
    """For each of the ascending `times` the item nearest to it, the later one of two as near.

    Args:
        items: (seconds, item) in ascending order, at least one; read no further than needed.
    """
    stream = iter(items)
    seconds, item = next(stream)
    following = next(stream, None)
    for time in times:
        while following is not None and abs(following[0] - time) <= abs(time - seconds):
            (seconds, item), following = following, next(stream, None)
        yield item


def read_ends(path: Path) -> FramePair:
    """The first and the last frame of a video at its own size.

    Raises:
        MediaError: the file cannot be read, or breaks before its end.
    """
    with open_video(path) as video:
        _, frame = next(timed_frames(video))
        first = to_rgb(frame, shown_size(frame, video), video)
        try:
            video.container.seek(END_OF_TIME, stream=video.stream)
            last = _final(video)
        except (av.FFmpegError, MediaError):  # not every format can seek
            last = None
    if last is None:
        with open_video(path) as video:
            last = _final(video)
    return FramePair(first, fit_frame(last, (first.shape[1], first.shape[0]), "fill"))


def _final(video: Video) -> Frame:
    ((_, frame),) = deque(timed_frames(video), maxlen=1)
    return to_rgb(frame, shown_size(frame, video), video)


def read_truth(path: Path, count: int) -> Clip:
    """Take `count` frames evenly in time, from the first to the last, both included.

    The clip's rate is such that it plays as long as the video's own first to last frame.

    Raises:
        MediaError: the file cannot be read or has a single frame. InputError: `count` below 2.
    """
    if count < 2:
        raise InputError(f"A truth of {count} frames has no two ends.", "Ask for 2 frames or more.")
    with open_video(path) as video:
        length = max(seconds for seconds, _ in timed_frames(video))
    if length <= 0:
        raise MediaError(f"{path} has only one frame.", "Choose a video with two frames or more.")
    with open_video(path) as video:
        times = [length * i / (count - 1) for i in range(count)]
        return _clip(video, nearest(timed_frames(video), times), (count - 1) / length, None)
