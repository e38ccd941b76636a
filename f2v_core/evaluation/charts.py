"""The report's charts, drawn from its figures as SVG, for the page, the window and files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from f2v_core.errors import ExportError
from f2v_core.evaluation.chart_planes import draw_curves, draw_scatter
from f2v_core.evaluation.chart_rows import draw_forest, draw_sources, draw_spread
from f2v_core.evaluation.records import ModelRow, Report
from f2v_core.evaluation.svg import DARK, LIGHT, Board, Palette, Style, method_styles
from f2v_core.evaluation.wording import BASELINE, SHARP_FROM, SHARP_TO
from f2v_core.storage import atomic_file


@dataclass(frozen=True)
class Chart:
    """A drawn chart.

    Attributes:
        name: its file's, without ending.
        title: its heading.
        caption: how it is read, a sentence or two.
        svg: the element.
    """

    name: str
    title: str
    caption: str
    svg: str


@dataclass(frozen=True)
class _Plan:
    """A chart to be drawn; `against`: linear interpolation itself, always at 1, has no place in it."""

    name: str
    title: str
    caption: str
    draw: Callable[[Sequence[ModelRow], Mapping[str, Style], Palette], Board]
    against: bool = False


def draw_charts(report: Report, palette: Palette, *, titled: bool = False) -> tuple[Chart, ...]:
    """Draw all charts that the report has figures for.

    Args:
        palette: `LIGHT`, `DARK`, or `PAGE` for a page that defines the colours.
        titled: with the background painted and the heading written into the picture, for files that stand alone.
    """
    styles = method_styles([row.name for row in report.rows])
    others = [row for row in report.rows if row.name != BASELINE]
    charts = []
    for plan in _PLANS:
        if rows := others if plan.against else list(report.rows):
            board = plan.draw(rows, styles, palette)
            drawn = _titled(board, plan.title) if titled else board
            svg = drawn.render(f"{plan.title}. {plan.caption}")
            charts.append(Chart(plan.name, plan.title, plan.caption, svg))
    return tuple(charts)


def write_charts(report: Report, folder: Path) -> list[Path]:
    """Write every chart as `NAME.svg` on white and `NAME-dark.svg` on black, each whole or not at all.

    Raises:
        ExportError: a file cannot be written.
    """
    written = []
    for palette, ending in ((LIGHT, ".svg"), (DARK, "-dark.svg")):
        for chart in draw_charts(report, palette, titled=True):
            path = folder / f"{chart.name}{ending}"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                with atomic_file(path) as partial:
                    partial.write_text(chart.svg, encoding="utf-8")
            except OSError as error:
                raise ExportError(
                    f"{path} cannot be written: {error.strerror}.", "Choose another folder."
                ) from error
            written.append(path)
    return written


def _titled(board: Board, title: str) -> Board:
    """The board below a heading, on paper with a margin."""
    margin, head = 20, 36
    whole = Board(board.width + 2 * margin, board.height + head + 2 * margin, board.palette)
    whole.box((0, 0), (whole.width, whole.height), board.palette.paper, 1)
    whole.text((margin, margin + 10), title, board.palette.ink, size=17, weight=700)
    whole.parts += [f'<g transform="translate({margin},{margin + head})">', *board.parts, "</g>"]
    return whole


_PLANS = (
    _Plan(
        "ratios",
        "L2 ratios with 95 % intervals",
        "Left of the line at 1 is closer to the real clips than linear interpolation; an interval that reaches over "
        "the line decides nothing.",
        draw_forest,
    ),
    _Plan(
        "sharpness",
        "L2 ratio against sharpness",
        "Blur lowers L2: a method wins honestly in the shaded corner, closer than linear interpolation and with "
        f"{SHARP_FROM} to {SHARP_TO} of the real clips' sharpness. Bars are 95 % intervals.",
        draw_scatter,
    ),
    _Plan(
        "curves",
        "Error over time",
        "Mean root mean square error of each frame, where 1 is the distance from black to white. The two given "
        "frames should be met exactly, at zero.",
        draw_curves,
    ),
    _Plan(
        "clips",
        "Spread over the clips",
        "One dot a clip, its L2 over linear interpolation's; boxes hold the middle half, the thick line is the "
        "median, whiskers reach from 5 to 95 %.",
        draw_spread,
        against=True,
    ),
    _Plan(
        "sources",
        "Spread over the source videos",
        "One dot a source video, the mean L2 of its clips over linear interpolation's; the diamond is the worst.",
        draw_sources,
        against=True,
    ),
)
