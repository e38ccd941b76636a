"""A report as one HTML file that needs nothing beside it: words, tables, charts, contact sheets, definitions."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template

from f2v_core.assets import resource_folder
from f2v_core.errors import ExportError, MediaError
from f2v_core.evaluation.charts import Chart, draw_charts
from f2v_core.evaluation.html_tables import figures_table, poster_table, sampled_table, worst_table
from f2v_core.evaluation.records import ClipFigures, Report
from f2v_core.evaluation.sheets import RANKS, choose_clips, sheet_captions, sheet_name
from f2v_core.evaluation.svg import DARK, LIGHT, PAGE, variables
from f2v_core.evaluation.wording import counted, number, verdict
from f2v_core.media.images import encode_webp, read_image
from f2v_core.storage import atomic_file

ROOM = 5_400_000
"""Bytes that all sheets together may take in the page; base64 has four for three of a file's."""
QUALITIES = (92, 80, 65)
"""Sheets that are too large as PNG are put in as WebP, in the best of these qualities that fits."""


def write_html(report: Report, folder: Path, path: Path) -> None:
    """Write the report as one file, whole or not at all; an existing one is replaced.

    Args:
        folder: where the sheets lie, by the names in `report.sheets`; those that are not there are left out.
        path: the file to write.

    Raises:
        ExportError: the file cannot be written.
        MediaError: a sheet is there and cannot be read.
    """
    page = make_page(report, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as partial:
            partial.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.", "Choose another folder.") from error


def make_page(report: Report, folder: Path) -> str:
    """The page that `write_html` writes."""
    template = (resource_folder() / "report" / "page.html").read_text(encoding="utf-8")
    charts = {chart.name: chart for chart in draw_charts(report, PAGE)}
    sampled, worst = sampled_table(report.rows), worst_table(report)
    page = Template(template).substitute(
        title=escape(f"Evaluation on {report.dataset} ({report.split})"),
        light=variables(LIGHT),
        dark=variables(DARK),
        about=_about(report),
        verdict="".join(f"<li>{escape(sentence)}</li>" for sentence in verdict(report)),
        poster=poster_table(report.rows),
        figures=figures_table(report.rows),
        sampled=_section("sampled", "Models with a latent", SAMPLED, sampled),
        charts="".join(_figure(chart) for chart in charts.values()),
        sheets=_section("sheets", "Contact sheets", SHEETS, _sheets(report, folder)),
        worst=_section("worst", "Worst source videos", WORST, worst),
    )
    return page.replace(" %", "\N{NO-BREAK SPACE}%")


SAMPLED = (
    "The four numbers belong together: the best of several samples falls with their count, the mean of them is a "
    "blurred video, and only one sample or the latent’s mean is what a user gets."
)
SHEETS = "Beside each name stands its L2 ratio on that clip. The clips were chosen by the ratio of the named model."
WORST = "Where a method does most harm: its L2 over linear interpolation’s, over all clips of a video."


def _section(name: str, title: str, words: str, content: str) -> str:
    if not content:
        return ""
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2><p>{words}</p>{content}</section>'


def _about(report: Report) -> str:
    """What was compared, in one sentence."""
    return (
        f"{counted(len(report.rows), 'method')} on {counted(report.clips, 'clip')} of "
        f"{counted(report.videos, 'source video')} from the split <b>{escape(report.split)}</b> of the dataset "
        f"<b>{escape(report.dataset)}</b> (sha256 <code>{escape(report.digest[:12])}</code>), by f2v "
        f"{escape(report.version)} on {escape(_date(report.created))}."
    )


def _date(created: str) -> str:
    """Such as 23 November 2026, 18:22 UTC; the text itself where it is no ISO date."""
    try:
        return datetime.fromisoformat(created).strftime("%d %B %Y, %H:%M %Z").strip(" ,").lstrip("0")
    except ValueError:
        return created


def _figure(chart: Chart) -> str:
    name = escape(chart.name)
    return (
        f'<figure aria-labelledby="chart-{name}"><h3 id="chart-{name}">{escape(chart.title)}</h3>'
        f'<div class="wide chart" role="region" tabindex="0" aria-label="{escape(chart.title)}">{chart.svg}</div>'
        f"<figcaption>{escape(chart.caption)}</figcaption></figure>"
    )


def _sheets(report: Report, folder: Path) -> str:
    """The sheets that are there, each model's together, as pictures inside the page."""
    found = {
        (row.name, rank): folder / report.sheets[sheet_name(rank, row.name)]
        for row in report.rows
        for rank in RANKS
        if sheet_name(rank, row.name) in report.sheets
    }
    inside = folder.resolve()
    files = {
        key: path for key, path in found.items() if path.is_file() and path.resolve().is_relative_to(inside)
    }
    pictures = dict(zip(files, _pictures(list(files.values())), strict=True))
    parts = []
    for model in dict.fromkeys(model for model, _ in pictures):
        chosen = choose_clips(report.row(model))._asdict()
        shown = "".join(
            _sheet(report, model, rank, chosen[rank], pictures[model, rank])
            for rank in RANKS
            if (model, rank) in pictures
        )
        parts.append(f"<h3>{escape(model)}</h3>{shown}")
    return "".join(parts)


def _sheet(report: Report, model: str, rank: str, clip: ClipFigures, picture: str) -> str:
    ratios = ", ".join(sheet_captions(report, clip.key).values())
    place = ", ".join(filter(None, (clip.key, clip.source, clip.category)))
    head = f"{rank.capitalize()} clip of {model}: {place}"
    alt = f"{head}. The real clip above each method's, frames in columns. L2 ratios: {ratios}."
    return (
        f'<figure><div class="wide" role="region" tabindex="0" aria-label="{escape(head)}">'
        f'<img src="{picture}" alt="{escape(alt)}"></div>'
        f"<figcaption><b>{escape(rank.capitalize())}</b>, ratio {number(clip.ratio, 3)}: {escape(place)}</figcaption>"
        "</figure>"
    )


def _pictures(files: Sequence[Path]) -> list[str]:
    """Data URIs of PNG files: as they are where all have room in the page, otherwise as WebP."""
    uris = [_uri("png", _bytes(file)) for file in files]
    for quality in QUALITIES:
        if sum(map(len, uris)) <= ROOM:
            break
        uris = [_uri("webp", encode_webp(read_image(file), quality)) for file in files]
    return uris


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise MediaError(f"{file} cannot be read: {error.strerror}.", "Check its permissions.") from error


def _uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"
