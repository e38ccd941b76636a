"""Several clips in one picture: a labelled grid that plays, and a contact sheet on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import Literal

import numpy as np

from f2v_core.errors import InputError
from f2v_core.frames import Clip, Frame
from f2v_core.media.fitting import fit_frame
from f2v_core.media.lettering import shorten, text_width, write_text

BACKGROUND = (22, 24, 29)
INK = (232, 234, 239)
FAINT = (150, 157, 170)
SIDE_BY_SIDE, WIDEST_ROW = 3, 4
"""Up to so many clips stand in one row; and no row of a larger grid is longer than this."""
SCREEN = 16 / 9
"""The shape, width over height, that a larger grid comes as near to as it can."""
EMPTY_PLACE = 0.3
"""What an empty place costs in that choice, as a difference of the logarithms of shapes."""
READABLE = 180
"""Panes with a shorter side are enlarged by a whole factor until they have this many pixels."""
WIDEST_GRID = 3840
"""Panes are shrunk until the grid has at most this many pixels in width: players' hardware ends soon after."""
THUMBNAIL = 200
"""The longest that the shorter side of a contact sheet's frames gets, in pixels; larger ones are shrunk."""
SMALLEST_TEXT, LARGEST_TEXT = 14, 64


@dataclass(frozen=True)
class _Layout:
    """Where the panes of a grid lie; all lengths in pixels."""

    count: int
    pane: tuple[int, int]

    @property
    def columns(self) -> int:
        if self.count <= SIDE_BY_SIDE:
            return self.count
        return min(range(2, WIDEST_ROW + 1), key=self._unshapely)

    def _unshapely(self, columns: int) -> float:
        rows = ceil(self.count / columns)
        shape = columns * self.pane[0] / (rows * self.pane[1])
        return abs(log(shape / SCREEN)) + EMPTY_PLACE * (rows * columns - self.count)

    @property
    def text(self) -> int:
        """Letters in proportion to the panes."""
        return max(SMALLEST_TEXT, min(LARGEST_TEXT, round(min(self.pane) * 0.07)))

    @property
    def margin(self) -> int:
        return self.text

    @property
    def strip(self) -> int:
        """Height of the label above a pane."""
        return round(self.text * 1.7)

    @property
    def shape(self) -> tuple[int, int, int]:
        rows = ceil(self.count / self.columns)
        width = self.margin + self.columns * (self.pane[0] + self.margin)
        height = round(self.margin * 0.4) + rows * (self.strip + self.pane[1]) + (rows - 1) * self.margin // 2
        return height + self.margin, width, 3

    def corner(self, index: int) -> tuple[int, int]:
        """(x, y) of a pane's upper left corner."""
        row, column = divmod(index, self.columns)
        y = round(self.margin * 0.4) + row * (self.strip + self.pane[1] + self.margin // 2) + self.strip
        return self.margin + column * (self.pane[0] + self.margin), y


def grid_frames(clips: Sequence[Clip], labels: Sequence[str], scale: int | None = None) -> Iterator[Frame]:
    """Show clips side by side, each under its label, as the frames of one video.

    Args:
        clips: at least one; those of another size are fitted into the first one's with black bars, shorter ones
            hold their last frame.
        labels: one for each clip; cut off with an ellipsis where a pane is too narrow.
        scale: a whole factor for all panes; None enlarges small panes until their labels can be read, and shrinks
            large ones until the grid can be played.

    Yields:
        (H, W, 3) uint8, as many as the longest clip has.

    Raises:
        InputError: no clips, or another number of labels.
    """
    _check(clips, labels)
    size = clips[0].size if scale is not None else _playable(clips[0].size, len(clips))
    factor = max(1, ceil(READABLE / min(size))) if scale is None else scale
    layout = _Layout(len(clips), (size[0] * factor, size[1] * factor))
    canvas = _labelled(layout, labels)
    for index in range(max(len(clip) for clip in clips)):
        for place, clip in enumerate(clips):
            frame = fit_frame(clip.frames[min(index, len(clip) - 1)], size, "fit")
            _put(canvas, _enlarged(frame, factor), layout.corner(place))
        yield canvas.copy()


def _playable(size: tuple[int, int], count: int) -> tuple[int, int]:
    layout = _Layout(count, size)
    room = WIDEST_GRID - (layout.columns + 1) * layout.margin
    shrink = min(1.0, room / (layout.columns * size[0]))
    return max(1, int(size[0] * shrink)), max(1, int(size[1] * shrink))


def _check(clips: Sequence[Clip], labels: Sequence[str]) -> None:
    if not clips or len(clips) != len(labels):
        raise InputError(
            f"{len(clips)} clips and {len(labels)} labels make no picture.", "Give one label for each clip."
        )


def _labelled(layout: _Layout, labels: Sequence[str]) -> Frame:
    canvas = np.full(layout.shape, BACKGROUND, np.uint8)
    for index, label in enumerate(labels):
        x, y = layout.corner(index)
        line = shorten(label, layout.text, layout.pane[0])
        write_text(canvas, line, (x, y - layout.strip // 2), layout.text, INK)
    return canvas


def _enlarged(frame: Frame, factor: int) -> Frame:
    """Each pixel becomes a square: what was made small is shown as it is."""
    return frame.repeat(factor, axis=0).repeat(factor, axis=1) if factor > 1 else frame


def _put(canvas: Frame, frame: Frame, corner: tuple[int, int]) -> None:
    x, y = corner
    canvas[y : y + frame.shape[0], x : x + frame.shape[1]] = frame


def contact_sheet(
    rows: Sequence[Clip],
    labels: Sequence[str],
    columns: int = 8,
    heads: Literal["times", "frames"] = "times",
) -> Frame:
    """Lay clips out on paper: a row for each, columns over time, the times or the frames' numbers above.

    Args:
        rows: at least one clip; all are fitted to the first one's size. `columns` frames are taken evenly from each,
            the first and the last among them.
        labels: one for each row, written on the left.
        columns: frames in a row, at least 2 where the clips have so many.
        heads: what stands above a column: its time in the first clip, or which of its frames it is, from 1.

    Returns:
        (H, W, 3) uint8.

    Raises:
        InputError: no clips, another number of labels, or fewer than 2 columns.
    """
    _check(rows, labels)
    if columns < 2:
        raise InputError(f"A contact sheet of {columns} columns shows no time.", "Ask for 2 or more.")
    columns = min(columns, len(rows[0]))
    pane = _thumbnail(rows[0].size)
    text = max(SMALLEST_TEXT, round(min(pane) * 0.11))
    gap, head = max(3, text // 4), round(text * 2.2)
    gutter = text + max(text_width(label, text) for label in labels) + text
    canvas = np.full(
        (head + len(rows) * (pane[1] + gap) - gap + text, gutter + columns * (pane[0] + gap) - gap + text, 3),
        BACKGROUND,
        np.uint8,
    )
    for column in range(columns):
        middle = gutter + column * (pane[0] + gap) + pane[0] // 2
        index = _index(rows[0], column, columns)
        write_text(canvas, _head(rows[0], index, heads), (middle, head // 2), text, FAINT, "centre")
    for row, (clip, label) in enumerate(zip(rows, labels, strict=True)):
        y = head + row * (pane[1] + gap)
        write_text(canvas, label, (gutter - text, y + pane[1] // 2), text, INK, "right")
        for column in range(columns):
            frame = fit_frame(clip.frames[_index(clip, column, columns)], pane, "fit")
            _put(canvas, frame, (gutter + column * (pane[0] + gap), y))
    return canvas


def _thumbnail(size: tuple[int, int]) -> tuple[int, int]:
    """Small frames grow by a whole factor, large ones shrink."""
    short = min(size)
    scale = THUMBNAIL / short if short > THUMBNAIL else max(1, (THUMBNAIL * 2 // 3) // short)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _index(clip: Clip, column: int, columns: int) -> int:
    return round(column * (len(clip) - 1) / max(1, columns - 1))


def _head(clip: Clip, index: int, heads: Literal["times", "frames"]) -> str:
    if heads == "frames":
        return f"frame {index + 1}"
    return f"{index / clip.fps:.2f} s" if clip.seconds < 2 else f"{index / clip.fps:.1f} s"
