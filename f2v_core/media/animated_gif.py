"""Animated GIFs with one palette made for the whole clip, without holding the clip in memory."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

import av
import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from f2v_core.frames import Frame

Shape = tuple[int, ...]
FINEST_RATE = 100_000
FASTEST = 50
"""Frames per second: GIF counts hundredths of a second, and browsers slow down what shows a frame for just one."""
DITHER = "dither=sierra2_4a:diff_mode=rectangle"


def write_gif(frames: Iterator[Frame], fps: float, path: Path, plays: int = 0) -> Iterator[None]:
    """Write a GIF that plays so often, 0 without end; yields once for each frame.

    Above 50 frames per second frames are left out, evenly, so that it plays in its right time.
    Frames are gathered in a temporary file beside `path` while the palette's statistics are taken, then they are
    dithered to that palette. Each of the two passes makes half of the progress.

    Raises:
        OSError, av.FFmpegError: it cannot be written.
    """
    for half, _ in enumerate(_passes(frames, fps, path, plays)):
        if half % 2:
            yield


def _passes(frames: Iterator[Frame], fps: float, path: Path, plays: int) -> Iterator[None]:
    """Yields once for each frame of each pass."""
    with TemporaryFile(dir=path.parent) as store:
        statistics, shape = None, ()
        for index, frame in enumerate(frames):
            if statistics is None:
                statistics, shape = _palette_graph(frame.shape), frame.shape
            statistics.push(_picture(frame, index))
            store.write(frame.tobytes())
            yield
        if statistics is not None:
            statistics.push(None)
            palette = cast("VideoFrame", statistics.pull())
            store.seek(0)
            yield from _encode(_stored(store, shape), shape, palette, fps, path, plays)


def _stored(store: IO[bytes], shape: Shape) -> Iterator[Frame]:
    while data := store.read(int(np.prod(shape))):
        yield np.frombuffer(data, np.uint8).reshape(shape)


def _encode(
    frames: Iterator[Frame], shape: Shape, palette: VideoFrame, fps: float, path: Path, plays: int
) -> Iterator[None]:
    stride = ceil(fps / FASTEST)
    rate = Fraction(fps).limit_denominator(FINEST_RATE) / stride
    graph, source = _dither_graph(shape, palette)
    repeats = plays - 1 if plays else 0  # after the first time; 0: for ever, and -1 writes nothing about it
    loop = {"loop": "-1" if plays == 1 else str(repeats)}
    with av.open(f"file:{path}", "w", format="gif", options=loop) as container:
        stream = container.add_stream("gif", rate=rate)
        stream.width, stream.height, stream.pix_fmt = shape[1], shape[0], "pal8"
        for index, frame in enumerate(frames):
            if index % stride == 0:
                source.push(_picture(frame, index))
                picture = cast("VideoFrame", graph.pull())
                picture.pts, picture.time_base = index // stride, 1 / rate
                container.mux(stream.encode(picture))
            yield
        container.mux(stream.encode(None))


def _palette_graph(shape: Shape) -> Graph:
    graph = Graph()
    graph.link_nodes(_frames_in(graph, shape), graph.add("palettegen"), graph.add("buffersink")).configure()
    return graph


def _dither_graph(shape: Shape, palette: VideoFrame) -> tuple[Graph, FilterContext]:
    """The graph and where its frames go in; the palette is in already."""
    graph = Graph()
    frames, colours = _frames_in(graph, shape), _frames_in(graph, (palette.height, palette.width), "bgra")
    dither, out = graph.add("paletteuse", DITHER), graph.add("buffersink")
    frames.link_to(dither, 0, 0)
    colours.link_to(dither, 0, 1)
    dither.link_to(out)
    graph.configure()
    colours.push(palette)
    colours.push(None)
    return graph, frames


def _frames_in(graph: Graph, shape: Shape, pixels: str = "rgb24") -> FilterContext:
    return graph.add_buffer(
        width=shape[1], height=shape[0], format=VideoFormat(pixels), time_base=Fraction(1)
    )


def _picture(frame: Frame, index: int) -> VideoFrame:
    picture = VideoFrame.from_ndarray(frame, "rgb24")
    picture.pts, picture.time_base = index, Fraction(1)
    return picture
