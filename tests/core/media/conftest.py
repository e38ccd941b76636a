"""Small videos and pictures, made on the spot."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

WriteVideo = Callable[..., Path]
Frames = NDArray[np.uint8]


@pytest.fixture
def moving_square() -> Callable[..., Frames]:
    """A function that makes (count, H, W, 3): a red square moves right over a smooth backdrop."""

    def make(count: int, size: tuple[int, int] = (64, 48)) -> Frames:
        width, height = size
        rows, columns = np.mgrid[0:height, 0:width]
        backdrop = np.stack([columns * 255 // width, rows * 255 // height, np.full_like(rows, 90)], axis=-1)
        frames = np.repeat(backdrop[None].astype(np.uint8), count, axis=0)
        for index in range(count):
            left = 2 + index * (width - 20) // max(1, count - 1)
            frames[index, height // 3 : height // 3 + 14, left : left + 14] = (230, 30, 40)
        return frames

    return make


@pytest.fixture
def write_video(tmp_path: Path) -> WriteVideo:
    """A function that writes frames to a new video file: exact (FFV1) unless told otherwise."""

    def write(
        frames: Iterable[Frames],
        name: str = "video.mkv",
        codec: str = "ffv1",
        pixels: str = "bgr0",
        rate: int = 10,
        times_ms: Sequence[int] | None = None,
        prepare: Callable[[av.VideoStream], None] | None = None,
        source: str = "rgb24",
        **options: str,
    ) -> Path:
        path = tmp_path / name
        stream = None
        with av.open(str(path), "w") as container:
            for index, frame in enumerate(frames):
                picture = av.VideoFrame.from_ndarray(frame, source)
                if stream is None:
                    stream = container.add_stream(codec, rate=rate, options=options)
                    stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, pixels
                    if times_ms is not None:
                        stream.codec_context.time_base = Fraction(1, 1000)
                    if prepare is not None:
                        prepare(stream)
                picture.pts = index if times_ms is None else times_ms[index]
                picture.time_base = Fraction(1, rate) if times_ms is None else Fraction(1, 1000)
                container.mux(stream.encode(picture))
            container.mux(stream.encode(None))
        return path

    return write


@pytest.fixture
def write_sound(tmp_path: Path) -> Callable[[], Path]:
    """A function that writes a second of silence."""

    def write() -> Path:
        path = tmp_path / "sound.wav"
        with av.open(str(path), "w") as container:
            stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
            frame.sample_rate = 8000
            container.mux(stream.encode(frame))
        return path

    return write
