"""The report's tables as HTML: the poster's, all figures with intervals, models with a latent, the worst sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isnan

from f2v_core.evaluation.records import Group, Interval, ModelRow, Report, Sampled
from f2v_core.evaluation.wording import BASELINE, known, number, percent, span

WIDEST = 6
"""With more categories than this they are the rows of the poster's table, not its columns."""
WORST = 3
BEST = '<span class="best">★<span class="hidden"> best</span></span>'
NONE = '<span class="none">–</span>'


@dataclass(frozen=True)
class _Figure:
    """A column: what it shows of a row, and what is best in it, as the distance from the ideal."""

    head: str
    read: Callable[[ModelRow], Interval | None]
    write: Callable[[float], str]
    distance: Callable[[float], float]


def _digits(digits: int) -> Callable[[float], str]:
    return lambda value: number(value, digits)


def _low(value: float) -> float:
    return value


def _high(value: float) -> float:
    return -value


def _near(ideal: float) -> Callable[[float], float]:
    return lambda value: abs(value - ideal)


def _p_words(value: float) -> str:
    return "&lt; 0.001" if value < 0.001 else number(value, 3)


def _exact(value: float) -> Interval:
    return Interval(value, value, value)


def _p_value(row: ModelRow) -> Interval | None:
    return None if row.name == BASELINE else _exact(row.p_value)


def _win_rate(row: ModelRow) -> Interval | None:
    return None if row.name == BASELINE else row.win_rate


def _no_best(_: float) -> float:
    return float("nan")


_FIGURES = (
    _Figure("L2 ratio", lambda row: row.ratio, _digits(3), _low),
    _Figure("Mean of clips’ ratios", lambda row: row.mean_ratio, _digits(3), _low),
    _Figure("Median of clips’ ratios", lambda row: row.median_ratio, _digits(3), _low),
    _Figure("Clips won", _win_rate, percent, _high),
    _Figure("p", _p_value, _p_words, _no_best),
    _Figure("PSNR, dB", lambda row: row.psnr, _digits(1), _high),
    _Figure("SSIM", lambda row: row.ssim, _digits(3), _high),
    _Figure("Sharpness", lambda row: row.sharpness, _digits(2), _near(1)),
    _Figure("Change over time", lambda row: row.temporal, _digits(2), _near(1)),
    _Figure("End error", lambda row: _exact(row.endpoint), _digits(3), _low),
    _Figure("AUC", lambda row: row.auc, _digits(2), _near(0.5)),
    _Figure("ms a clip", lambda row: _exact(1000 * row.seconds), _digits(1), _no_best),
)


def figures_table(rows: Sequence[ModelRow]) -> str:
    """Every figure of every method, with its interval; columns that nothing is known of are left out."""
    figures = [figure for figure in _FIGURES if any(figure.read(row) is not None for row in rows)]
    columns = [_column(figure, rows) for figure in figures]
    body = [(escape(row.name), [column[place] for column in columns]) for place, row in enumerate(rows)]
    heads = ["Method", *(figure.head for figure in figures)]
    return _table("All figures, with 95 % intervals", heads, body, kind="numbers figures")


def _column(figure: _Figure, rows: Sequence[ModelRow]) -> list[str]:
    found = [figure.read(row) for row in rows]
    words = ["" if each is None else figure.write(each.value) for each in found]
    distances = [float("nan") if each is None else figure.distance(each.value) for each in found]
    best = _best(words, distances)
    return [
        NONE if each is None else _cell(word, _ends(each, figure), best=word in best)
        for word, each in zip(words, found, strict=True)
    ]


def _ends(interval: Interval, figure: _Figure) -> str:
    if not known(interval):
        return ""
    if figure.write is percent:
        return span(Interval(*(100 * each for each in (interval.value, interval.low, interval.high))), 0)
    return f"{figure.write(interval.low)}–{figure.write(interval.high)}"


def _best(words: Sequence[str], distances: Sequence[float]) -> set[str]:
    """What the best figure reads like; none where it is that of most methods or there is nothing to choose from."""
    judged = {word: distance for word, distance in zip(words, distances, strict=True) if not isnan(distance)}
    if len(judged) < 2:
        return set()
    winner = min(judged, key=lambda word: judged[word])
    alike = {word for word in judged if judged[word] == judged[winner] or word == winner}
    return alike if 2 * sum(word in alike for word in words) <= len(words) else set()


def _cell(word: str, below: str = "", *, best: bool = False) -> str:
    value = f"<strong>{word}</strong>{BEST}" if best else word
    return f"{value}<small>{below}</small>" if below else value


def poster_table(rows: Sequence[ModelRow]) -> str:
    """Mean and standard deviation of the L2 distance: of all clips, and by category where there are several."""
    names = sorted({name for row in rows for name in row.categories})
    groups: dict[str, list[Group | None]] = {"All clips": [row.overall for row in rows]}
    if len(names) > 1:
        groups |= {name or "(none)": [row.categories.get(name) for row in rows] for name in names}
    columns = {name: _group_cells(column) for name, column in groups.items()}
    heads = [f"{escape(name)}<small>{_clips(groups[name])}</small>" for name in columns]
    caption = "L2 distance to the real clips, mean ± standard deviation"
    if len(names) > WIDEST:
        body = list(zip(heads, columns.values(), strict=True))
        return _table(caption, ["Category", *(escape(row.name) for row in rows)], body)
    lines = [(_named(row), [column[place] for column in columns.values()]) for place, row in enumerate(rows)]
    return _table(caption, ["Method", *heads], lines)


def _group_cells(column: Sequence[Group | None]) -> list[str]:
    words = [f"{number(group.l2, 1)} ± {number(group.std, 1)}" if group else "" for group in column]
    best = _best(words, [group.l2 if group else float("nan") for group in column])
    return [_cell(word, best=word in best) if word else NONE for word in words]


def _clips(column: Sequence[Group | None]) -> str:
    count = max(group.clips if group else 0 for group in column)
    return f"{count} clip{'s' * (count != 1)}"


_SAMPLED: Mapping[str, Callable[[Sampled], Interval]] = {
    "Latent at its mean": lambda sampled: sampled.at_mean,
    "One sample": lambda sampled: sampled.one,
    "Mean of the samples": lambda sampled: sampled.mean_of,
    "Best of the samples": lambda sampled: sampled.best_of,
}


def sampled_table(rows: Sequence[ModelRow]) -> str:
    """The four numbers of the models with a latent, or nothing where there is no such model."""
    found = [(row, row.sampled) for row in rows if row.sampled]
    body = [
        (
            escape(row.name),
            [
                *(_cell(number(read(four).value, 3), span(read(four), 3)) for read in _SAMPLED.values()),
                number(four.diversity, 3),
                str(four.draws),
            ],
        )
        for row, four in found
    ]
    heads = ["Method", *_SAMPLED, "Diversity", "Samples"]
    return _table("L2 ratio by how the latent is drawn, with 95 % intervals", heads, body) if body else ""


def worst_table(report: Report) -> str:
    """The source videos on which each method does worst against linear interpolation."""
    body = []
    for row in report.rows:
        if row.name != BASELINE:
            worst = sorted(row.sources.items(), key=lambda item: -item[1].ratio)[:WORST]
            cells = [
                f"{escape(name)}<small>ratio {number(group.ratio, 3)}, {_clips([group])}</small>"
                for name, group in worst
            ]
            body.append((escape(row.name), cells + [NONE] * (min(WORST, report.videos) - len(cells))))
    heads = ["Method", "Worst video", "Second", "Third"][
        : 1 + max((len(cells) for _, cells in body), default=0)
    ]
    return _table("Source videos with the highest L2 ratio", heads, body, kind="words") if body else ""


def _named(row: ModelRow) -> str:
    return f"{escape(row.name)}<small>{escape(row.title)}</small>"


def _table(
    caption: str, heads: Sequence[str], body: Sequence[tuple[str, Sequence[str]]], kind: str = "numbers"
) -> str:
    """A table that scrolls by itself where it is too wide; heads and cells are HTML."""
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    lines = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for name, cells in body
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{caption}"><table class="{kind}"><caption>{caption}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
    )
