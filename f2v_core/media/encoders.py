"""One way to write each kind of file: generators that take frames and yield once for each one written."""

import os
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
from f2v_core.media.embedding import embed
from f2v_core.media.images import encode_png
from f2v_core.media.presets import PRESETS, Preset

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
        plays: the muxer's option for how often it plays, 0 without end.
        comment: whether the container has a place for a text.
    """

    muxer: str
    codec: str
    pixels: str
    options: dict[str, str] = field(default_factory=dict)
    muxer_options: dict[str, str] = field(default_factory=dict)
    plays: str = ""
    comment: bool = True


X264_AHEAD = {"x264-params": f"rc-lookahead={AHEAD}:sync-lookahead=0"}
X264 = {"crf": "18", **X264_AHEAD}
VP9 = {"crf": "24", "b": "0", "cpu-used": "3", "row-mt": "1", "lag-in-frames": f"{AHEAD}"}
AV1 = {"crf": "30", "preset": "8", "svtav1-params": "lookahead=0:hierarchical-levels=2"}
RECIPES = {
    "mp4": Recipe("mp4", "libx264", "yuv420p", X264, {"movflags": "+faststart"}),
    "webm": Recipe("webm", "libvpx-vp9", "yuv420p", VP9),
    "av1": Recipe("webm", "libsvtav1", "yuv420p", AV1),
    "webp": Recipe("webp", "libwebp_anim", "bgra", {"quality": "90"}, plays="loop", comment=False),
    "apng": Recipe(
        "apng", "apng", "rgb24", {"pred": "paeth", "compression_level": "3"}, plays="plays", comment=False
    ),
    "ffv1": Recipe("matroska", "ffv1", "bgr0", {"level": "3", "slicecrc": "1", "g": "1"}),
    "x264rgb": Recipe("matroska", "libx264rgb", "bgr24", {"qp": "0", **X264_AHEAD}),
}


os.environ.setdefault("SVT_LOG", "1")
"""The AV1 encoder is to tell errors only, on stderr."""


def encode(
    frames: Iterator[Frame], fps: float, path: Path, preset: str, plays: int = 0, text: str = ""
) -> Iterator[None]:
    """Write frames to `path` as one of `presets.PRESETS`; yields once for each frame.

    Args:
        frames: (H, W, 3) uint8.
        fps: frames per second.
        path: a file, or a folder that is there.
        preset: its name.
        plays: how often an animated picture plays, 0 without end.
        text: goes with the pixels where the file has a place for it.

    Raises:
        OSError, av.FFmpegError: it cannot be written.
    """
    match preset:
        case "frames":
            yield from _write_folder(frames, path)
        case "frame":
            yield from _write_picture(frames, path)
        case "gif":
            yield from write_gif(frames, fps, path, plays)
        case _:
            yield from _write_video(frames, fps, path, preset, plays, text)
    if text and not (preset in RECIPES and RECIPES[preset].comment):
        embed(path, text)


def _write_picture(frames: Iterator[Frame], path: Path) -> Iterator[None]:
    for frame in frames:
        path.write_bytes(encode_png(frame))
        yield


def _write_folder(frames: Iterator[Frame], folder: Path) -> Iterator[None]:
    for number, frame in enumerate(frames, start=1):
        (folder / f"frame-{number:04}.png").write_bytes(encode_png(frame))
        yield


def _write_video(
    frames: Iterator[Frame], fps: float, path: Path, preset: str, plays: int, text: str
) -> Iterator[None]:
    recipe, kind = RECIPES[preset], PRESETS[preset]
    options = {**recipe.muxer_options, **({recipe.plays: str(plays)} if recipe.plays else {})}
    rate = Fraction(fps).limit_denominator(FINEST_RATE)
    stream: VideoStream | None = None
    with av.open(f"file:{path}", "w", format=recipe.muxer, options=options) as container:
        if text and recipe.comment:
            container.metadata["comment"] = text
        for index, frame in enumerate(frames):
            picture = _picture(frame, recipe, kind)
            if stream is None:
                stream = cast("VideoStream", container.add_stream(recipe.codec, rate, recipe.options))
                _describe(stream, picture, recipe, kind)
            picture.pts, picture.time_base = index, 1 / rate
            container.mux(stream.encode(picture))
            yield
        if stream is not None:
            container.mux(stream.encode(None))


def _describe(stream: VideoStream, picture: VideoFrame, recipe: Recipe, kind: Preset) -> None:
    stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, recipe.pixels
    if kind.even:
        stream.color_range = ColorRange.MPEG
        stream.color_primaries = stream.color_trc = stream.colorspace = BT709


def _picture(frame: Frame, recipe: Recipe, kind: Preset) -> VideoFrame:
    """In BT.709 and limited range where colours are 4:2:0, as players expect it."""
    if not kind.even:
        return VideoFrame.from_ndarray(frame, "rgb24").reformat(format=recipe.pixels)
    more = [max(side + side % 2, kind.least) - side for side in frame.shape[:2]]
    padded = np.pad(frame, ((0, more[0]), (0, more[1]), (0, 0)), mode="edge")
    return VideoFrame.from_ndarray(padded, "rgb24").reformat(
        format=recipe.pixels,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation=CAREFUL,
    )
