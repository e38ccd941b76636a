"""Video files as streams of decoded frames: in order, with their times, with errors in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, cast

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from f2v_core.errors import MediaError
from f2v_core.frames import Frame

CONVERT = "Open it in a video player; if it plays there, convert it to MP4 (H.264)."
AGAIN = "Copy or download it again."
LISTS = (b"#EXTM3U", b"ffconcat", b"<?xml", b"<MPD", b"v=0")
"""How playlists begin; FFmpeg would wait for their files, on the network too, for ever."""
SCALING = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
"""True averages when shrinking, and without swscale's fast paths, which darken 4:2:0 by 1 to 2 of 255."""
UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED
ALMOST_SQUARE = 0.02
FALLBACK_RATE = 25
Matrix: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True)
class Video:
    """An open video file.

    Attributes:
        path: where it lies.
        container, stream: the file and its first true video stream.
        rate: frames per second: the average, or what the codec says where the file has no times.
        aspect: width over height of a pixel; 1 where that is nearly so: 427/426 and the like are rounding, not intent.
        is_raw: a bare stream (.264, .mjpeg) without length or index: times are counted, seeking is a guess.
        scaler: converts its frames; keeping it spares its tables, which cost more than a small frame's pixels.
    """

    path: Path
    container: InputContainer
    stream: VideoStream
    rate: float
    aspect: float
    is_raw: bool
    scaler: VideoReformatter = field(default_factory=VideoReformatter)
    _matrices: list[Matrix | None] = field(default_factory=list)

    def matrix(self, frame: VideoFrame) -> Matrix | None:
        """((a, b), (c, d)): a pixel at (x, y) is shown at (a x + c y, b x + d y), but for scale and shift; None: as is.

        All frames of a stream have the same, so it is read from one: PyAV ties a frame whose side data is read into a
        reference cycle, and pictures of many megabytes would wait for the garbage collector.
        """
        if not self._matrices:
            data: Any = frame.side_data.get("DISPLAYMATRIX")
            turned = None if data is None else np.frombuffer(bytes(data), np.int32).reshape(3, 3)[:2, :2]
            self._matrices.append(turned)
        return self._matrices[0]


@contextmanager
def open_video(path: Path, threads: int | None = None) -> Iterator[Video]:
    """Open a video file for decoding.

    Args:
        path: a file in any container and codec that FFmpeg decodes.
        threads: how many decode it; None: one a core. Where several files are read at once, one each is faster.

    Raises:
        MediaError: missing, empty, a folder, not readable, not a video, or without pictures.
    """
    _check_file(path)
    try:
        # "file:" keeps a colon in a name from being read as a protocol, the whitelist anything from the network.
        container = av.open(f"file:{path}", options={"protocol_whitelist": "file"})
    except (av.FFmpegError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MediaError(f"{path} cannot be read as a video: {reason}.", CONVERT) from error
    with container:
        stream = _picture_stream(container, path)
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = threads or 0
        is_raw = stream.duration is None and container.duration is None
        yield Video(path, container, stream, _rate(stream, is_raw), _aspect(stream), is_raw)


def _check_file(path: Path) -> None:
    """Name the plain troubles before the decoder turns them into riddles."""
    try:
        if path.is_dir():
            raise MediaError(f"{path} is a folder, not a video.", "Choose a file inside it.")
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError as error:
        raise MediaError(f"{path} does not exist.", "Check the name and the folder.") from error
    except OSError as error:
        raise MediaError(f"{path} cannot be opened: {error.strerror}.", "Check its permissions.") from error
    if not head:
        raise MediaError(f"{path} is empty: it has 0 bytes.", AGAIN)
    if head.startswith(LISTS):
        raise MediaError(f"{path} is a list of other files, not a video.", "Choose the video itself.")


def _picture_stream(container: InputContainer, path: Path) -> VideoStream:
    cover = av.stream.Disposition.attached_pic
    is_text = container.format.name == "tty"  # FFmpeg plays text files as a terminal would
    moving = [s for s in container.streams.video if not s.disposition & cover and not is_text]
    if not moving:
        kinds = "text" if is_text else ", ".join(sorted({s.type for s in container.streams})) or "nothing"
        raise MediaError(f"{path} has no pictures, only {kinds}.", "Choose a file with a video track.")
    if moving[0].codec_context is None:
        raise MediaError(f"{path} is coded in a way that f2v does not know.", CONVERT)
    return moving[0]


def _rate(stream: VideoStream, is_raw: bool) -> float:
    """A raw stream's average rate is made up by FFmpeg: there the codec knows better."""
    measured, stated = stream.average_rate, stream.codec_context.framerate
    return float((stated or measured if is_raw else measured or stated) or FALLBACK_RATE)


def _aspect(stream: VideoStream) -> float:
    ratio = float(stream.sample_aspect_ratio or 1)
    return 1.0 if abs(ratio - 1) < ALMOST_SQUARE else ratio


def timed_frames(video: Video, origin: float | None = None) -> Iterator[tuple[float, VideoFrame]]:
    """Decode from the current position on, yielding each frame with its time in seconds.

    Args:
        video: what `open_video` gave.
        origin: the file's own time, in seconds, that counts as 0; None: the time of the first frame yielded.

    Frames without a time follow their predecessor by 1 / rate; times never run backwards.

    Raises:
        MediaError: the file breaks; everything that decodes is yielded before.
    """
    step, base = 1.0 / video.rate, float(video.stream.time_base or 0)
    now = -step
    for frame in _decoded(video):
        if frame.pts is None:
            now += step
        else:
            stamp = frame.pts * base
            origin = stamp - (now + step) if origin is None else origin
            now = max(now, stamp - origin)
        yield now, frame


def _decoded(video: Video) -> Iterator[VideoFrame]:
    count = 0
    try:
        for packet in video.container.demux(video.stream):
            cut_off = packet.is_corrupt  # the demuxer's word for what reaches beyond the file's end
            for frame in video.stream.decode(None if cut_off else packet):
                count += 1
                yield frame
            if cut_off:
                raise MediaError(f"{video.path} is cut off after {count} frames.", AGAIN)
    except av.FFmpegError as error:
        raise MediaError(
            f"{video.path} is broken after {count} frames: {error.strerror}.", f"{AGAIN} {CONVERT}"
        ) from error
    if count == 0:
        raise MediaError(f"{video.path} has no frame that can be decoded.", CONVERT)


def shown_size(frame: VideoFrame, video: Video) -> tuple[int, int]:
    """(width, height) of a frame as it is shown: upright, with square pixels."""
    size = max(1, round(frame.width * video.aspect)), frame.height
    return size[::-1] if _lies(video.matrix(frame)) else size


def to_rgb(frame: VideoFrame, size: tuple[int, int], video: Video) -> Frame:
    """Convert a decoded frame to upright (H, W, 3) uint8 RGB.

    Args:
        frame: any pixel format; alpha is laid over white; untagged HD material counts as BT.709, as in players.
        size: (width, height) to scale to by area, in pixels, as it is shown.
        video: where the frame comes from; it may be closed by now.

    Raises:
        MediaError: a pixel format that cannot be converted.
    """
    matrix = video.matrix(frame)
    alpha = any(component.is_alpha for component in frame.format.components)
    untagged_hd = frame.colorspace == UNSPECIFIED and (frame.width >= 1280 or frame.height > 576)
    try:
        scaled = video.scaler.reformat(
            frame,
            *(size[::-1] if _lies(matrix) else size),
            "rgba"
            if alpha
            else "gbrp",  # the same values as rgb24, a fifth faster at the size of training clips
            src_colorspace=Colorspace.ITU709 if untagged_hd and not frame.format.is_rgb else None,
            interpolation=SCALING,
            threads=1,  # slicing the scaler only costs
        )
    except av.FFmpegError as error:
        raise MediaError(
            f"{video.path} has pixels that cannot be shown: {frame.format.name}.", CONVERT
        ) from error
    rgb = cast("Frame", scaled.to_ndarray())
    return np.ascontiguousarray(_upright(_over_white(rgb) if alpha else rgb, matrix))


def _over_white(rgba: Frame) -> Frame:
    rgb, alpha = rgba[..., :3], rgba[..., 3:].astype(np.uint16)
    if alpha.min() == 255:
        return rgb
    return ((rgb * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def _lies(matrix: Matrix | None) -> bool:
    """Whether a frame is turned by a quarter, whatever else, to stand upright."""
    if matrix is None:
        return False
    (a, b), (c, d) = matrix.tolist()
    return bool(abs(a) + abs(d) < abs(b) + abs(c))


def _upright(rgb: Frame, matrix: Matrix | None) -> Frame:
    """Turn and mirror by quarter turns, whatever the camera noted down."""
    if matrix is None:
        return rgb
    (a, b), (c, d) = matrix.tolist()
    if _lies(matrix):
        rgb, a, d = rgb.swapaxes(0, 1), c, b
    return rgb[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1]
