"""What is said about a model: its kind, its figures, its data."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from f2v_app.widgets.data_words import size_words
from f2v_app.widgets.model_files import ModelRow
from f2v_app.widgets.run_state import count
from f2v_core.library import ModelCard

ARCHITECTURES = {"motion": "Motion", "recurrent": "Recurrent", "poster": "Poster"}


def kind_words(card: ModelCard) -> str:
    """What it is: "Recurrent CVAE"."""
    architecture = ARCHITECTURES.get(card.architecture, card.architecture)
    return f"{_tr(architecture)} {card.kind.upper()}"


def row_words(row: ModelRow) -> str:
    """Its second line in the list."""
    parts = [kind_words(row.card)]
    if row.card.embedded:
        parts.append(_tr("built in"))
    if row.default:
        parts.append(_tr("default"))
    return " · ".join(parts)


def facts(row: ModelRow) -> list[tuple[str, str]]:
    """Names and values of what is known about it."""
    card = row.card
    found = [
        (_tr("Kind"), kind_words(card)),
        (_tr("Training"), _tr("{0} steps").format(count(card.steps)) if card.steps else ""),
        (_tr("Made"), _day(card.created)),
        (_tr("Size"), size_words(row.nbytes)),
        (_tr("Licence"), card.licence or _tr("none given")),
    ]
    return [(name, value) for name, value in found if value]


def _day(created: str) -> str:
    """The day of an ISO time in the user's way of writing; as it stands where it is no such time."""
    try:
        made = datetime.fromisoformat(created)
    except ValueError:
        return created
    return QLocale().toString(QDate(made.year, made.month, made.day), "d MMMM yyyy")


def figure_table(card: ModelCard) -> tuple[str, list[tuple[str, str, str]]]:
    """On what it was measured, where that is the same for all; and name, value and interval of each figure."""
    split = [_parted(name) for name in card.metrics]
    places = {place for _name, place in split}
    common = next(iter(places)) if len(places) == 1 else ""
    names = [name for name, _place in split] if common else list(card.metrics)
    rows = []
    for name, figure in zip(names, card.metrics.values(), strict=True):
        known = figure.low is not None and figure.high is not None
        interval = f"{_number(figure.low)} – {_number(figure.high)}" if known else ""
        rows.append((_capital(name), _number(figure.value), interval))
    return common, rows


def _number(value: float | None) -> str:
    """Three digits after the point tell models apart; large ones need none."""
    return "" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def _parted(name: str) -> tuple[str, str]:
    """A figure's name, and in what clips it was measured: "median ratio (test, 96 clips)"."""
    head, bracket, rest = name.partition(" (")
    return (head, rest.removesuffix(")")) if bracket else (name, "")


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def data_rows(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """What it was trained on: video, licence and credit of each."""
    rows = []
    for line in lines:
        parts = [part.strip() for part in line.split("|", 2)]
        rows.append(tuple(parts + [""] * (3 - len(parts))))
    return rows


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelWords", text)
