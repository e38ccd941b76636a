"""What the table of a report says of a method: a figure, a quieter one below it, and how it sorts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan
from statistics import fmean, median
from typing import Literal

from PySide6.QtCore import QCoreApplication

from f2v_core.evaluation.records import ClipFigures, Group, Interval, ModelRow
from f2v_core.evaluation.wording import BASELINE, known, number, percent

ColumnName = Literal["l2", "ratio", "median", "won", "psnr", "ssim", "sharpness", "temporal", "auc"]
COLUMNS: tuple[ColumnName, ...] = (
    "l2", "ratio", "median", "won", "psnr", "ssim", "sharpness", "temporal", "auc",
)  # fmt: skip
NONE = "–"
"""Stands where there is no figure."""


@dataclass(frozen=True)
class Cell:
    """One figure of the table.

    Attributes:
        text: the figure.
        below: its interval or its spread; empty where there is none.
        order: what it sorts by; NaN where there is no figure.
    """

    text: str = NONE
    below: str = ""
    order: float = nan


@dataclass(frozen=True)
class Line:
    """A method's line of the table."""

    name: str
    title: str
    cells: tuple[Cell, ...]


def heading(column: ColumnName) -> tuple[str, str]:
    """What a column is called, and a sentence that explains it."""
    words: dict[ColumnName, tuple[str, str]] = {
        "l2": (_tr("L2"), _tr("Distance to the real clip, mean and standard deviation; less is better.")),
        "ratio": (_tr("Ratio"), _tr("Mean L2 over that of linear interpolation; below 1 is better.")),
        "median": (_tr("Median"), _tr("Median of the clips' own ratios; below 1 is better.")),
        "won": (_tr("Won"), _tr("Share of the clips that come nearer than linear interpolation's.")),
        "psnr": (_tr("PSNR"), _tr("Peak signal to noise in dB; more is better.")),
        "ssim": (_tr("SSIM"), _tr("Structural similarity; 1 is the real clip.")),
        "sharpness": (_tr("Sharp"), _tr("Energy of fine detail over the real clip's; 1 is as sharp.")),
        "temporal": (_tr("Motion"), _tr("Change from frame to frame over the real clip's; 1 is as lively.")),
        "auc": (
            _tr("AUC"),
            _tr("How well a network tells the clips from real ones; 0.5 is not at all, less is better."),
        ),
    }
    return words[column]


def lines_of(rows: Sequence[ModelRow], category: str | None) -> list[Line]:
    """The table's lines over all clips, or over those of one category."""
    make = _whole if category is None else _part_of(category)
    return [Line(row.name, row.title, make(row)) for row in rows]


def _whole(row: ModelRow) -> tuple[Cell, ...]:
    return (
        _spread(row.overall),
        _figure(row.ratio, 3),
        _figure(row.median_ratio, 3),
        _won(row, row.win_rate),
        _figure(row.psnr, 1),
        _figure(row.ssim, 3),
        _figure(row.sharpness, 2),
        _figure(row.temporal, 2),
        Cell() if row.auc is None else _figure(row.auc, 2),
    )


def _part_of(category: str) -> Callable[[ModelRow], tuple[Cell, ...]]:
    def part(row: ModelRow) -> tuple[Cell, ...]:
        group = row.categories.get(category)
        clips = [each for each in row.clips if each.category == category]
        if group is None or not clips:
            return tuple(Cell() for _ in COLUMNS)
        return (
            _spread(group),
            _figure(_lone(group.ratio), 3),
            _figure(_lone(median(each.ratio for each in clips)), 3),
            _won(row, _lone(fmean(each.ratio < 1 for each in clips))),
            *(_figure(_lone(_mean(clips, name)), digits) for name, digits in MEASURES),
            Cell(),
        )

    return part


MEASURES = (("psnr", 1), ("ssim", 3), ("sharpness", 2), ("temporal", 2))
"""Figures of single clips, and how many digits they are worth."""


def _mean(clips: Sequence[ClipFigures], name: str) -> float:
    return fmean(float(getattr(each, name)) for each in clips)


def _lone(value: float) -> Interval:
    """A figure whose interval was not worked out."""
    return Interval(value, value, value)


def _spread(group: Group) -> Cell:
    return Cell(number(group.l2, 2), f"± {number(group.std, 2)}", group.l2)


def _figure(interval: Interval, digits: int) -> Cell:
    return Cell(number(interval.value, digits), _range(interval, digits), interval.value)


def _percent(interval: Interval) -> Cell:
    hundreds = Interval(100 * interval.value, 100 * interval.low, 100 * interval.high)
    return Cell(percent(interval.value), _range(hundreds, 0), interval.value)


def _won(row: ModelRow, share: Interval) -> Cell:
    """Against itself, linear interpolation can win nothing."""
    return Cell() if row.name == BASELINE else _percent(share)


def _range(interval: Interval, digits: int) -> str:
    """Both ends; nothing where the interval was not worked out."""
    return f"{number(interval.low, digits)} – {number(interval.high, digits)}" if known(interval) else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReportCells", text)
