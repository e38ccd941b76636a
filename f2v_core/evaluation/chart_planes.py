"""Charts in a plane: the error of each frame, and L2 against sharpness."""

from collections.abc import Mapping, Sequence
from math import ceil, isfinite, log10

import numpy as np

from f2v_core.evaluation.records import ModelRow
from f2v_core.evaluation.svg import (
    SMALL,
    Board,
    Palette,
    Rect,
    Scale,
    Style,
    fitted,
    nice_step,
    place_label,
    spanning,
    width_of,
)
from f2v_core.evaluation.wording import SHARP_FROM, SHARP_TO, number

WIDTH, HEIGHT = 680, 400
WIDEST_NAME = 160
LARGEST_RATIO, LARGEST_SHARPNESS = 1.3, 1.5
"""Axes end here, so that what is near 1 has room; what lies beyond is drawn at the edge with its figures."""


def _axes(board: Board, x: Scale, y: Scale, names: tuple[str, str], digits: int = 1) -> None:
    """A grid with figures at both axes; the upright axis is named above it, in the reading direction."""
    ink = board.palette
    for tick in y.ticks(8):
        board.line((x.start, y(tick)), (x.end, y(tick)), ink.line)
        board.text((x.start - 8, y(tick)), number(tick, digits), ink.muted, "end")
    board.text((0, y.end - 18), names[1], ink.muted)
    board.text(((x.start + x.end) / 2, y.start + 40), names[0], ink.muted, "middle")
    board.line((x.start, y.start), (x.end, y.start), ink.muted)


def draw_curves(rows: Sequence[ModelRow], styles: Mapping[str, Style], palette: Palette) -> Board:
    """The root mean square error of each frame, a curve for each method; names in the order of the curves."""
    frames = max(len(row.curve) for row in rows)
    gutter = min(WIDEST_NAME, max(width_of(row.name) for row in rows))
    board = Board(WIDTH, max(HEIGHT, 60 + 20 * len(rows)), palette)
    top = max((value for row in rows for value in row.curve if isfinite(value)), default=0) or 1
    step = nice_step(top / 8)
    x = Scale(1, max(2, frames), 44, WIDTH - gutter - 50)
    y = Scale(0, step * ceil(top / step), board.height - 54, 34)
    _axes(board, x, y, ("Frame", "Root mean square error, of 1"), max(1, ceil(-log10(step))))
    for frame in (1, *range(5, frames, 5), frames):
        if frame == frames or frames - frame > 1:
            board.text((x(frame), y.start + 18), str(frame), palette.muted, "middle")
    for row in rows:
        style = styles[row.name]
        points = [(x(i + 1), y(value)) for i, value in enumerate(row.curve) if isfinite(value)]
        board.polyline(points, palette.hues[style.hue], 2.2, style.dashes)
    _legend(board, sorted(rows, key=lambda row: -float(np.mean(row.curve or 0))), styles, x.end + 14)
    return board


def _legend(board: Board, rows: Sequence[ModelRow], styles: Mapping[str, Style], left: float) -> None:
    """Names beside samples of their lines, in the order of the curves from the top."""
    for place, row in enumerate(rows):
        style, y = styles[row.name], 44 + 20 * place
        board.line((left, y), (left + 26, y), board.palette.hues[style.hue], 2.6, style.dashes)
        board.text((left + 33, y), fitted(row.name, board.width - left - 33), board.palette.ink)


def draw_scatter(rows: Sequence[ModelRow], styles: Mapping[str, Style], palette: Palette) -> Board:
    """A point for each method, its intervals as bars, the corner where a method wins honestly shaded."""
    board = Board(WIDTH, HEIGHT + 60, palette)
    ratios = [end for row in rows for end in (row.ratio.low, row.ratio.high)]
    sharps = [end for row in rows for end in (row.sharpness.low, row.sharpness.high)]
    x = Scale(*spanning(ratios, 0.85, 1.1, 0, LARGEST_RATIO), 44, WIDTH - 14)
    y = Scale(*spanning(sharps, 0.5, 1.2, 0, LARGEST_SHARPNESS), board.height - 54, 34)
    taken = [
        _honest_corner(board, x, y),
        (x(1) - 2, y.end, 4, y.start - y.end),
        (x.start, y(1) - 2, x.end - x.start, 4),
    ]
    _axes(
        board,
        x,
        y,
        ("L2 ratio to linear interpolation (left is closer)", "Sharpness over the real clips'"),
        2,
    )
    for tick in x.ticks(8):
        board.text((x(tick), y.start + 18), number(tick, 2), palette.muted, "middle")
    for level, scale in ((1, x), (1, y)):
        ends = (
            ((x(level), y.start), (x(level), y.end))
            if scale is x
            else ((x.start, y(level)), (x.end, y(level)))
        )
        board.line(*ends, palette.muted, 1, "3 3")
    for row in rows:
        taken += _cross(board, row, x, y, palette.hues[styles[row.name].hue])
    for row in rows:
        board.mark(
            (x(row.ratio.value), y(row.sharpness.value)),
            palette.hues[styles[row.name].hue],
            5.5,
            styles[row.name].mark,
        )
    _name_points(board, rows, (x, y), taken)
    return board


def _honest_corner(board: Board, x: Scale, y: Scale) -> Rect:
    """Shade the corner and name it above; the room that its name takes."""
    words = "closer, and as sharp as real clips"
    low, high = y(SHARP_FROM), y(SHARP_TO)
    board.box((x.start, high), (x(1) - x.start, low - high), board.palette.good, 0.14)
    board.text((x.start + 4, high - 10), words, board.palette.muted)
    return x.start + 4, high - 18, width_of(words), 16


def _cross(board: Board, row: ModelRow, x: Scale, y: Scale, colour: str) -> list[Rect]:
    """Both intervals as bars; the room that they and the point take."""
    at = x(row.ratio.value), y(row.sharpness.value)
    left, right = x(row.ratio.low), x(row.ratio.high)
    low, high = y(row.sharpness.low), y(row.sharpness.high)
    board.line((left, at[1]), (right, at[1]), colour, 1.6)
    board.line((at[0], low), (at[0], high), colour, 1.6)
    return [
        (at[0] - 7, at[1] - 7, 14, 14),
        (left, at[1] - 2, right - left, 4),
        (at[0] - 2, high, 4, low - high),
    ]


def _name_points(
    board: Board, rows: Sequence[ModelRow], scales: tuple[Scale, Scale], taken: list[Rect]
) -> None:
    """Each point's name where it covers least, from the most crowded point on; a thin line to names far off."""
    x, y = scales
    room = (x.start, y.end, x.end - x.start, y.start - y.end)
    for row in rows:
        at = x(row.ratio.value), y(row.sharpness.value)
        beyond = x.beyond(row.ratio.value) or y.beyond(row.sharpness.value)
        words = fitted(row.name, WIDEST_NAME)
        if beyond:
            words += f" ({number(row.ratio.value, 2)}; {number(row.sharpness.value, 2)})"
        place = place_label(at, (width_of(words), SMALL + 3), taken, room)
        taken.append(place)
        near = min(max(at[0], place[0]), place[0] + place[2]), min(max(at[1], place[1]), place[1] + place[3])
        if abs(near[0] - at[0]) + abs(near[1] - at[1]) > 14:
            board.line(at, near, board.palette.muted, 0.8)
        board.text((place[0] + width_of(words) * 0.04, place[1] + place[3] / 2), words, board.palette.ink)
