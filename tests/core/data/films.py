"""Small films for tests: their pictures in memory, and files of all kinds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from f2v_core.media.fitting import resize_frame

Frames = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class FakePicture:
    """What `media.pictures.Picture` says, from an array (H, W, 3)."""

    seconds: float
    pixels: Frames
    rate: float = 25.0

    @property
    def video(self) -> SimpleNamespace:
        return SimpleNamespace(rate=self.rate)

    @property
    def size(self) -> tuple[int, int]:
        return self.pixels.shape[1], self.pixels.shape[0]

    coded_size = size

    def glimpse(self) -> Frames:
        return cv2.resize(self.pixels[..., 1], (32, 32), interpolation=cv2.INTER_AREA)

    def rgb(self, size: tuple[int, int]) -> Frames:
        return resize_frame(self.pixels, size)


def pictures(
    frames: Iterable[Frames], rate: float = 25.0, times: Sequence[float] | None = None
) -> Iterator[FakePicture]:
    """Frames as pictures at a rate, or at their own times."""
    for index, frame in enumerate(frames):
        yield FakePicture(index / rate if times is None else times[index], frame, rate)


def place(number: int, size: tuple[int, int] = (64, 48)) -> Frames:
    """A smooth backdrop (H, W, 3), each number its own, with levels from 40 to 200."""
    coarse = np.random.default_rng(number).integers(40, 201, (4, 5, 3), dtype=np.uint8)
    return cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC).clip(40, 200)


def shot(number: int, count: int, size: tuple[int, int] = (64, 48)) -> Frames:
    """(count, H, W, 3): a white square wanders over `place(number)`, a quarter of the height a second at 25 fps."""
    width, height = size
    frames = np.repeat(place(number, size)[None], count, axis=0)
    side = height // 3
    for index in range(count):
        left = abs((index * height // 100 + 7 * number) % (2 * (width - side)) - (width - side))
        frames[index, height // 3 : height // 3 + side, left : left + side] = 240
    return frames


def join(*parts: Frames) -> Frames:
    """Shots with hard cuts between them."""
    return np.concatenate(parts)


def write_film(
    path: Path,
    frames: Iterable[Frames],
    rate: int = 25,
    codec: str = "ffv1",
    pixels: str = "bgr0",
    times_ms: Sequence[int] | None = None,
    prepare: Callable[[av.VideoStream], None] | None = None,
    **options: str,
) -> Path:
    """A video file: exact (FFV1) unless told otherwise; `times_ms` are the frames' own times."""
    base = Fraction(1, 1000) if times_ms else Fraction(1, rate)
    stream = None
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        for index, frame in enumerate(frames):
            picture = av.VideoFrame.from_ndarray(frame, "rgb24")
            if stream is None:
                stream = container.add_stream(codec, rate=rate, options=options)
                stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, pixels
                stream.codec_context.time_base = base
                if prepare is not None:
                    prepare(stream)
            picture.pts, picture.time_base = times_ms[index] if times_ms else index, base
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path) -> Path:
    """A second of silence without pictures."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
    return path
