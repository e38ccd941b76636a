"""Charts with a row for each method: ratios to linear interpolation, over all clips, by clip and by source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from f2v_core.evaluation.records import Interval, ModelRow
from f2v_core.evaluation.svg import Board, Palette, Scale, Style, fitted, fitted_end, spanning, width_of
from f2v_core.evaluation.wording import BASELINE, known, number, percent, span

WIDTH = 680
HEAD, ROW = 34, 30
"""Heights of the line above the rows and of a row."""
WIDEST_NAME, WIDEST_WORDS = 160, 220
LARGEST = 1.6
"""The axis of ratios ends here; what lies beyond is drawn at the edge, behind an arrow."""
MOST_DOTS = 250
"""More dots of a method are thinned out evenly over their sorted ratios."""


@dataclass(frozen=True)
class _Rows:
    """A chart with a row for each method: names on the left, ratios in the middle, words on the right."""

    board: Board
    x: Scale

    def y(self, place: int) -> float:
        """The middle of a row."""
        return HEAD + ROW * (place + 0.5)


def _rows(
    rows: Sequence[ModelRow],
    values: Sequence[Sequence[float]],
    words: tuple[str, Sequence[str]],
    palette: Palette,
) -> _Rows:
    """Lay out such a chart; the rows' `values` span the axis, `words` are the right column's head and lines."""
    left = min(WIDEST_NAME, max(width_of(row.name) for row in rows)) + 14
    right = min(WIDEST_WORDS, max(width_of(line) for line in (words[0], *words[1]))) + 16
    board = Board(WIDTH, HEAD + ROW * len(rows) + 54, palette)
    across = spanning([value for each in values for value in each], 0.9, 1.1, 0, LARGEST)
    chart = _Rows(board, Scale(*across, left, WIDTH - right - 10))
    bottom = chart.y(len(rows) - 1) + ROW / 2
    for tick in chart.x.ticks(8):
        board.line((chart.x(tick), HEAD), (chart.x(tick), bottom), palette.line)
        board.text((chart.x(tick), bottom + 16), number(tick, 2), palette.muted, "middle")
    board.line((chart.x(1), 28), (chart.x(1), bottom), palette.muted, 1.4)
    board.text((chart.x(1), 16), BASELINE, palette.muted, "middle")
    board.text(
        ((left + WIDTH - right) / 2, bottom + 38),
        "L2 ratio to linear interpolation (left is closer)",
        palette.muted,
        "middle",
    )
    board.text((WIDTH - right + 16, 16), words[0], palette.muted)
    for place, (row, line) in enumerate(zip(rows, words[1], strict=True)):
        board.text((left - 14, chart.y(place)), fitted(row.name, left - 14), palette.ink, "end")
        board.text((WIDTH - right + 16, chart.y(place)), fitted(line, right - 16), palette.ink)
        if any(map(chart.x.beyond, values[place])):
            tip = chart.x.end + 11, chart.y(place)
            board.polyline([(tip[0] - 4, tip[1] - 5), tip, (tip[0] - 4, tip[1] + 5)], palette.muted, 1.6)
    return chart


def draw_forest(rows: Sequence[ModelRow], styles: Mapping[str, Style], palette: Palette) -> Board:
    """The ratio of the means and its interval, a row for each method."""
    ends = [(row.ratio.low, row.ratio.high) for row in rows]
    chart = _rows(rows, ends, ("ratio, 95 % interval", [_interval(row.ratio) for row in rows]), palette)
    for place, row in enumerate(rows):
        y, colour = chart.y(place), palette.hues[styles[row.name].hue]
        low, high = chart.x(row.ratio.low), chart.x(row.ratio.high)
        chart.board.line((low, y), (high, y), colour, 2.4)
        for end in (low, high):
            chart.board.line((end, y - 5), (end, y + 5), colour, 2)
        chart.board.mark((chart.x(row.ratio.value), y), colour, 5, styles[row.name].mark)
    return chart.board


def _interval(interval: Interval) -> str:
    words = number(interval.value, 3)
    return f"{words} ({span(interval, 3)})" if known(interval) else words


def draw_spread(rows: Sequence[ModelRow], styles: Mapping[str, Style], palette: Palette) -> Board:
    """The ratios of the clips, as dots under a box, a row for each method."""
    ratios = [_sorted([clip.ratio for clip in row.clips]) for row in rows]
    wins = [percent(row.win_rate.value).rjust(5, "\N{FIGURE SPACE}") for row in rows]
    chart = _rows(rows, [each.tolist() for each in ratios], ("clips won", wins), palette)
    for place, (row, each) in enumerate(zip(rows, ratios, strict=True)):
        colour, y = palette.hues[styles[row.name].hue], chart.y(place)
        _dots(chart, each, y, colour)
        low, start, middle, end, high = (
            chart.x(float(v)) for v in np.quantile(each, (0.05, 0.25, 0.5, 0.75, 0.95))
        )
        chart.board.line((low, y), (start, y), palette.ink, 1.2)
        chart.board.line((end, y), (high, y), palette.ink, 1.2)
        chart.board.box((start, y - 7), (end - start, 14), palette.paper, 0.35, palette.ink)
        chart.board.line((middle, y - 7), (middle, y + 7), palette.ink, 2.6)
    return chart.board


def draw_sources(rows: Sequence[ModelRow], styles: Mapping[str, Style], palette: Palette) -> Board:
    """The ratios of the source videos, as dots with the worst marked and named, a row for each method."""
    ratios = [_sorted([group.ratio for group in row.sources.values()]) for row in rows]
    words = [_worst(row) for row in rows]
    chart = _rows(rows, [each.tolist() for each in ratios], ("worst video", words), palette)
    for place, (row, each) in enumerate(zip(rows, ratios, strict=True)):
        colour, y = palette.hues[styles[row.name].hue], chart.y(place)
        _dots(chart, each, y, colour)
        chart.board.mark((chart.x(float(each[-1])), y), palette.ink, 4, 2)
    return chart.board


def _worst(row: ModelRow) -> str:
    """The source with the highest ratio, behind it."""
    ratios = {name: group.ratio for name, group in row.sources.items()}
    name = max(ratios, key=lambda source: ratios[source], default="")
    figure = f"{number(ratios[name], 2)} " if ratios else ""
    return figure + fitted_end(name, WIDEST_WORDS - width_of(figure))


def _sorted(values: Sequence[float]) -> NDArray[np.float64]:
    """The finite values in order; 1 where there are none."""
    return np.sort([value for value in values if isfinite(value)] or [1.0])


def _dots(chart: _Rows, values: NDArray[np.float64], y: float, colour: str) -> None:
    """One dot for each value, scattered over the row's height by the golden ratio, so that equal ones can be seen."""
    thin = values if len(values) <= MOST_DOTS else np.quantile(values, np.linspace(0, 1, MOST_DOTS))
    for place, value in enumerate(thin):
        up = (place * 0.618034) % 1 - 0.5
        chart.board.mark((chart.x(float(value)), y + up * (ROW - 12)), colour, 2.6, opacity=0.5)
