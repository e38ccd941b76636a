"""A report in sentences: what was compared, and what is known of one method beside its figures."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from f2v_app.widgets.run_state import count
from f2v_core.evaluation.records import Interval, ModelRow, Report, Sampled
from f2v_core.evaluation.wording import BASELINE, known, number

ISO_LETTERS = len("2026-11-23T14:05:00")
"""Of a date and time without its zone."""


def title_of(report: Report) -> str:
    """What a report is called."""
    return f"{report.dataset} · {report.split}"


def facts_of(report: Report) -> str:
    """What was compared, when, by which version."""
    clips = _tr("1 clip") if report.clips == 1 else _tr("{0} clips").format(count(report.clips))
    videos = _tr("1 video") if report.videos == 1 else _tr("{0} videos").format(count(report.videos))
    return _tr("{0} of {1}, {2}, f2v {3}").format(clips, videos, _day(report.created), report.version)


def _day(created: str) -> str:
    """An ISO date and time as people write it, by the clock of where it was made; as it is where it is none."""
    made = QDateTime.fromString(created[:ISO_LETTERS], Qt.DateFormat.ISODate)
    return QLocale().toString(made, "d MMMM yyyy, HH:mm") if made.isValid() else created


def detail_of(row: ModelRow) -> str:
    """What the table does not say of a method, in a line or two."""
    exact = round(row.endpoint, 4) == 0
    said = [
        _tr("{0}: {1}.").format(row.name, row.title.rstrip(".")),
        _tr("End frames are exact.")
        if exact
        else _tr("End frames are off by {0}.").format(number(row.endpoint, 4)),
        _tr("A clip takes {0} ms.").format(f"{1000 * row.seconds:.3g}"),
    ]
    if row.name != BASELINE:
        p = _tr("below 0.001") if row.p_value < 0.001 else number(row.p_value, 3)
        said.append(_tr("Paired test against linear interpolation: p {0}.").format(p))
    first = "  ".join(said)
    return first if row.sampled is None else f"{first}\n{_latent(row.sampled)}"


def _latent(sampled: Sampled) -> str:
    """The four numbers of a model with a latent, always together."""
    return _tr(
        "Ratio at the latent's mean {0}, of one sample {1}, mean of {4} {2}, best of {4} {3}; samples differ by {5}."
    ).format(
        _with_range(sampled.at_mean),
        _with_range(sampled.one),
        _with_range(sampled.mean_of),
        _with_range(sampled.best_of),
        sampled.draws,
        number(sampled.diversity, 3),
    )


def _with_range(interval: Interval) -> str:
    middle = number(interval.value, 3)
    if not known(interval):
        return middle
    return f"{middle} ({number(interval.low, 3)} – {number(interval.high, 3)})"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReportWords", text)
