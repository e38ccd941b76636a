"""An evaluation as plain text for a terminal: the poster's table, the comparison, the latents, the worst sources."""

from collections.abc import Iterator, Sequence

from f2v_core.evaluation.records import Group, Interval, ModelRow, Report

WIDTH = 120
"""No line is longer, in characters."""
NAME, CATEGORY, SOURCE = 18, 14, 70
"""Names of models, categories and source videos are cut to these lengths."""
BESIDE = 6
"""Columns of the poster's table that stand side by side."""
MOST_CATEGORIES = 2 * BESIDE - 1
"""So many categories are shown, those with the most clips; with that of all clips they fill two blocks."""
GAP = "  "
NONE = "-"

Cells = Sequence[str]


def summary_lines(report: Report) -> list[str]:
    """The lines of a text, at most 120 characters each, without line ends; an empty one before each of its tables."""
    about = f"{report.clips} {report.split} clips of {report.videos} source videos, {report.dataset}"
    return [
        _cut(about, WIDTH),
        *_poster_lines(report),
        *_comparison_lines(report),
        *_sampled_lines(report),
        *_worst_lines(report),
    ]


def _poster_lines(report: Report) -> Iterator[str]:
    """Mean and standard deviation of the L2 distance, over all clips and by category."""
    names = _categories(report)
    shown: list[str | None] = [None, *names[:MOST_CATEGORIES]]  # None: all clips
    for start in range(0, len(shown), BESIDE):
        block = shown[start : start + BESIDE]
        heads = ["all clips" if name is None else _cut(name or "(none)", CATEGORY) for name in block]
        rows = [[row.name, *(_poster_cell(row, name) for name in block)] for row in report.rows]
        yield ""
        yield from _aligned(["L2 mean ± std", *heads], rows)
    if len(names) > MOST_CATEGORIES:
        yield f"The {len(names) - MOST_CATEGORIES} categories with fewer clips stand in the report."


def _categories(report: Report) -> list[str]:
    """All categories, those with the most clips first; none where all clips are of one."""
    groups = report.rows[0].categories if report.rows else {}
    return sorted(groups, key=lambda name: (-groups[name].clips, name)) if len(groups) > 1 else []


def _poster_cell(row: ModelRow, category: str | None) -> str:
    group = row.overall if category is None else row.categories[category]
    return f"{group.l2:.1f} ± {group.std:.1f}"


def _comparison_lines(report: Report) -> Iterator[str]:
    """The same distance over linear interpolation's, and what it does not see."""
    heads = "ratio [95 %]", "median", "won", "p", "PSNR", "SSIM", "sharp", "motion", "AUC", "ms"
    rows = [
        [
            row.name,
            _interval(row.ratio),
            _number(row.median_ratio.value),
            f"{row.win_rate.value:.0%}",
            "<0.001" if row.p_value < 0.001 else f"{row.p_value:.3f}",
            f"{row.psnr.value:.1f}",
            f"{row.ssim.value:.3f}",
            f"{row.sharpness.value:.2f}",
            f"{row.temporal.value:.2f}",
            NONE if row.auc is None else f"{row.auc.value:.2f}",
            f"{row.seconds * 1000:.1f}",
        ]
        for row in report.rows
    ]
    yield ""
    yield from _aligned(["Against linear", *heads], rows)


def _sampled_lines(report: Report) -> Iterator[str]:
    """The four numbers of the models with a latent."""
    found = [(row.name, row.sampled) for row in report.rows if row.sampled is not None]
    if not found:
        return
    count = max(each.draws for _, each in found)
    heads = "latent at mean", "one sample", f"mean of {count}", f"best of {count}", "diversity"
    rows = [
        [
            name,
            *(_interval(each) for each in (four.at_mean, four.one, four.mean_of, four.best_of)),
            f"{four.diversity:.4f}",
        ]
        for name, four in found
    ]
    yield ""
    yield from _aligned(["Ratios of samples", *heads], rows)


def _worst_lines(report: Report) -> Iterator[str]:
    """The source video on which each model does worst against linear interpolation."""
    worst = [(row.name, *max(row.sources.items(), key=_ratio_of)) for row in report.rows if row.sources]
    rows = [
        [name, _number(group.ratio), str(group.clips), _cut(source, SOURCE)] for name, source, group in worst
    ]
    yield ""
    yield from _aligned(["Worst source", "ratio", "clips", "source"], rows, last="<")


def _ratio_of(source: tuple[str, Group]) -> float:
    return source[1].ratio


def _interval(figure: Interval) -> str:
    return f"{_number(figure.value)} [{_number(figure.low)}, {_number(figure.high)}]"


def _number(value: float) -> str:
    """Five characters for everything that a ratio may be."""
    digits = next((digits for limit, digits in ((10, 3), (100, 2), (1000, 1)) if value < limit), 0)
    return f"{value:.{digits}f}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _aligned(heads: Cells, rows: Sequence[Cells], last: str = ">") -> Iterator[str]:
    """Columns as wide as their widest cell: the first flush left, the last as told, the others flush right."""
    lines = [heads, *([_cut(name, NAME), *cells] for name, *cells in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    sides = ["<", *[">"] * (len(heads) - 2), last]
    for line in lines:
        cells = (f"{cell:{side}{width}}" for cell, side, width in zip(line, sides, widths, strict=True))
        yield GAP.join(cells).rstrip()
