"""One way to write each kind of file: generators that take frames and yield once for each one written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from av.video.stream import VideoStream

from f2v_core.frames import Frame
from f2v_core.media.animated_gif import write_gif
from f2v_core.media.images import encode_png

BT709 = 1
"""AVCOL_PRI_BT709, AVCOL_TRC_BT709 and AVCOL_SPC_BT709 alike."""
CAREFUL = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INP
FINEST_RATE = 100_000
"""Rates are written as fractions with at most this denominator."""
AHEAD = 10
"""Frames that the video encoders look ahead. What they hold back when the last frame comes is encoded in one call,
which can neither show progress nor be cancelled, and their own 40 and 25 are often the whole clip."""


@dataclass(frozen=True)
class Recipe:
    """How FFmpeg writes a kind of file.

    Attributes:
        muxer, codec, pixels: FFmpeg's names of the container, the encoder and the pixel format.
        options, muxer_options: theirs.
        video: 4:2:0 in BT.709 and limited range, as players expect it; sides padded to even.
    """

    muxer: str
    codec: str
    pixels: str
    options: dict[str, str] = field(default_factory=dict)
    muxer_options: dict[str, str] = field(default_factory=dict)
    video: bool = False


X264 = {"crf": "18", "x264-params": f"rc-lookahead={AHEAD}:sync-lookahead=0"}
VP9 = {"crf": "24", "b": "0", "cpu-used": "3", "row-mt": "1", "lag-in-frames": f"{AHEAD}"}
RECIPES = {
    ".mp4": Recipe("mp4", "libx264", "yuv420p", X264, {"movflags": "+faststart"}, video=True),
    ".webm": Recipe("webm", "libvpx-vp9", "yuv420p", VP9, video=True),
    ".webp": Recipe("webp", "libwebp_anim", "bgra", {"quality": "90"}, {"loop": "0"}),
    ".png": Recipe("apng", "apng", "rgb24", {"pred": "paeth", "compression_level": "3"}, {"plays": "0"}),
    ".mkv": Recipe("matroska", "ffv1", "bgr0", {"level": "3", "slicecrc": "1", "g": "1"}),
}


def encode(frames: Iterator[Frame], fps: float, path: Path, ending: str) -> Iterator[None]:
    """Write frames to `path` as `ending`, one of `export.FORMATS`, says; yields once for each frame.

    Raises:
        OSError, av.FFmpegError: it cannot be written.
    """
    match ending:
        case "":
            return _write_folder(frames, path)
        case ".gif":
            return write_gif(frames, fps, path)
        case _:
            return _write_video(frames, fps, path, RECIPES[ending])


def _write_folder(frames: Iterator[Frame], folder: Path) -> Iterator[None]:
    for number, frame in enumerate(frames, start=1):
        (folder / f"frame-{number:04}.png").write_bytes(encode_png(frame))
        yield


def _write_video(frames: Iterator[Frame], fps: float, path: Path, recipe: Recipe) -> Iterator[None]:
    rate = Fraction(fps).limit_denominator(FINEST_RATE)
    stream: VideoStream | None = None
    with av.open(f"file:{path}", "w", format=recipe.muxer, options=recipe.muxer_options) as container:
        for index, frame in enumerate(frames):
            picture = _picture(frame, recipe)
            if stream is None:
                stream = cast("VideoStream", container.add_stream(recipe.codec, rate, recipe.options))
                _describe(stream, picture, recipe)
            picture.pts, picture.time_base = index, 1 / rate
            container.mux(stream.encode(picture))
            yield
        if stream is not None:
            container.mux(stream.encode(None))


def _describe(stream: VideoStream, picture: VideoFrame, recipe: Recipe) -> None:
    stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, recipe.pixels
    if recipe.video:
        stream.color_range = ColorRange.MPEG
        stream.color_primaries = stream.color_trc = stream.colorspace = BT709


def _picture(frame: Frame, recipe: Recipe) -> VideoFrame:
    if not recipe.video:
        return VideoFrame.from_ndarray(frame, "rgb24").reformat(format=recipe.pixels)
    height, width = frame.shape[:2]
    even = np.pad(frame, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return VideoFrame.from_ndarray(even, "rgb24").reformat(
        format=recipe.pixels,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation=CAREFUL,
    )
