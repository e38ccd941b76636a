"""What it takes to keep clips: size, time to write and to read, and the largest error, of several codecs.

Run it with `python tests/benchmarks/codec.py DATASET`: up to 60 clips of its training split, each codec on the same
clips in one process, one thread each. Sizes are shares of the raw values; times are means a clip.
"""

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from f2v_core.data.dataset import open_dataset
from f2v_core.media.strips import decode_strip, encode_strip

CLIPS = 60
Clip = NDArray[np.uint8]
Codec = tuple[Callable[[Clip], Any], Callable[[Any, int], Clip]]


def pictures(ending: str, *settings: int) -> Codec:
    """A picture for each frame."""

    def encode(clip: Clip) -> list[NDArray[np.uint8]]:
        return [cv2.imencode(ending, cv2.cvtColor(frame, cv2.COLOR_RGB2BGR), settings)[1] for frame in clip]

    def decode(data: list[NDArray[np.uint8]], frames: int) -> Clip:
        return np.stack([cv2.cvtColor(cv2.imdecode(each, 1), cv2.COLOR_BGR2RGB) for each in data])

    return encode, decode


def column(ending: str, *settings: int) -> Codec:
    """One picture, the frames one below the other."""
    encode, decode = pictures(ending, *settings)

    def decode_column(data: Any, frames: int) -> Clip:
        whole = decode(data, 1)[0]
        return whole.reshape(frames, -1, *whole.shape[1:])

    return lambda clip: encode(clip.reshape(1, -1, *clip.shape[2:])), decode_column


def h264(preset: str) -> Codec:
    """Lossless H.264 in RGB: the frames predict each other."""

    def encode(clip: Clip) -> bytes:
        file = io.BytesIO()
        with av.open(file, "w", format="matroska") as container:
            stream = container.add_stream("libx264rgb", rate=10, options={"qp": "0", "preset": preset})
            stream.width, stream.height, stream.pix_fmt = clip.shape[2], clip.shape[1], "rgb24"
            stream.codec_context.thread_count = 1
            for frame in clip:
                container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, "rgb24")))
            container.mux(stream.encode(None))
        return file.getvalue()

    def decode(data: bytes, frames: int) -> Clip:
        with av.open(io.BytesIO(data)) as container:
            container.streams.video[0].thread_count = 1
            return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)])

    return encode, decode


CODECS: dict[str, Codec] = {
    "PNG, rows by time (ours)": (encode_strip, decode_strip),
    "PNG, one column": column(".png", cv2.IMWRITE_PNG_COMPRESSION, 1),
    "PNG, each frame": pictures(".png", cv2.IMWRITE_PNG_COMPRESSION, 1),
    "WebP lossless, one column": column(".webp", cv2.IMWRITE_WEBP_QUALITY, 101),
    "H.264 RGB qp 0, ultrafast": h264("ultrafast"),
    "H.264 RGB qp 0, veryfast": h264("veryfast"),
    "JPEG 95 4:4:4, each frame": pictures(
        ".jpg", cv2.IMWRITE_JPEG_QUALITY, 95, cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ),
}  # fmt: skip


def size_of(data: Any) -> int:
    """Bytes of one picture, or of many."""
    return len(data) if isinstance(data, bytes) else sum(each.nbytes for each in data)


def measure(codec: Codec, clips: Sequence[Clip]) -> tuple[float, float, float, int]:
    """Share of the raw size, milliseconds to write and to read a clip, largest error in levels."""
    encode, decode = codec
    start = perf_counter()
    kept = [encode(clip) for clip in clips]
    written = perf_counter()
    read = [decode(data, len(clip)) for data, clip in zip(kept, clips, strict=True)]
    end = perf_counter()
    share = sum(map(size_of, kept)) / sum(clip.nbytes for clip in clips)
    error = max(int(cv2.absdiff(a, b).max()) for a, b in zip(read, clips, strict=True))
    return share, (written - start) / len(clips) * 1e3, (end - written) / len(clips) * 1e3, error


def main(folder: str) -> None:
    """Print a row for each codec."""
    cv2.setNumThreads(1)
    dataset = open_dataset(Path(folder))
    entries = list(dataset.entries("train"))
    chosen = entries[:: max(1, len(entries) // CLIPS)][:CLIPS]
    clips = [dataset.read(entry) for entry in chosen]
    print(f"{len(clips)} clips of {clips[0].shape} and the like")
    print(f"{'codec':28} {'size':>6} {'write':>9} {'read':>9} {'error':>6}")
    for name, codec in CODECS.items():
        share, write_ms, read_ms, error = measure(codec, clips)
        print(f"{name:28} {share:6.3f} {write_ms:6.1f} ms {read_ms:6.1f} ms {error:6}")


if __name__ == "__main__":
    main(*sys.argv[1:])
