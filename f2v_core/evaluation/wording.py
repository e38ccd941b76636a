"""How figures are written, and what a report's figures say in plain words."""

from collections.abc import Sequence
from math import isfinite, isnan

from f2v_core.evaluation.records import Interval, ModelRow, Report

BASELINE, BLUR = "linear", "abx"
SHARP_FROM, SHARP_TO = 0.8, 1.1
"""Sharpness over the real clips' that counts as honest: neither blurred nor noisy."""
FEW_VIDEOS, FEW_CLIPS = 10, 100
"""Below these an evaluation is a first look."""
SPLITS = {
    "val": "These are validation clips. Models are chosen on them, so the figures flatter; report those on test.",
    "train": "These clips were trained on. They say how well models remember, not how well they do on new videos.",
}


def number(value: float, digits: int) -> str:
    """A figure with so many decimals, a true minus sign, and a dash or ∞ where there is none."""
    if isnan(value):
        return "–"
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.{digits}f}".replace("-", "−")


def percent(share: float) -> str:
    """A share of 0..1 as "83 %"."""
    return f"{number(100 * share, 0)} %"


def span(interval: Interval, digits: int) -> str:
    """Both ends of an interval, such as "0.85–0.91", or nothing where none was worked out."""
    return f"{number(interval.low, digits)}–{number(interval.high, digits)}" if known(interval) else ""


def known(interval: Interval) -> bool:
    """Whether the interval was worked out: otherwise both ends are the figure itself."""
    return interval.low < interval.high


def listed(words: Sequence[str]) -> str:
    """Words in a row: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(count: int, noun: str) -> str:
    """A count and its noun: "1 clip", "2 clips"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def verdict(report: Report) -> tuple[str, ...]:
    """Sentences that say which methods are closer to the real clips than linear interpolation, and how surely.

    A win takes the whole 95 % interval of the ratio below 1 and a sharpness that is not below linear interpolation's:
    the first guards against chance, the second against blur, which lowers squared errors without looking right.
    """
    rows = [row for row in report.rows if row.name != BASELINE]
    sharp = next((row.sharpness.value for row in report.rows if row.name == BASELINE), 0.0)
    if not rows:
        return ("Only linear interpolation was measured: there is nothing to compare it with.",)
    return (*_wins(rows, sharp), *_others(rows, sharp), *_realism(report.rows), *_cautions(report, rows))


def _wins(rows: Sequence[ModelRow], sharp: float) -> list[str]:
    sure = [row for row in rows if _sure(row) and not _softer(row, sharp)]
    if not sure:
        none = (
            "No method is closer to the real clips than linear interpolation with its whole 95 % interval below 1 and "
            "without being softer than linear interpolation."
        )
        return [none]
    said = listed(
        [f"{row.name} ({number(row.ratio.value, 3)}, interval {span(row.ratio, 3)})" for row in sure]
    )
    sentences = [
        f"Closer to the real clips than linear interpolation, with the whole interval below 1 and not by blur: {said}."
    ]
    honest = [row for row in sure if SHARP_FROM <= row.sharpness.value <= SHARP_TO]
    if honest:
        sentences.append(
            f"As sharp as real clips, within {SHARP_FROM} to {SHARP_TO}: {_with_sharpness(honest)}."
        )
    soft = [row for row in sure if row.sharpness.value < SHARP_FROM]
    if soft:
        sentences.append(
            f"At least as sharp as linear interpolation ({number(sharp, 2)}), yet softer than real clips: "
            f"{_with_sharpness(soft)}."
        )
    return sentences


def _others(rows: Sequence[ModelRow], sharp: float) -> list[str]:
    soft = [row for row in rows if row.ratio.value < 1 and _softer(row, sharp) and not _open(row)]
    blur = next((row.ratio.value for row in rows if row.name == BLUR), 0.0)
    beyond = [row for row in soft if row.sampled and row.ratio.value < blur]
    noisy = [row for row in rows if row.sharpness.value > SHARP_TO]
    undecided = [row for row in rows if _open(row)]
    worse = [row for row in rows if known(row.ratio) and row.ratio.low > 1]
    cases = {
        f"Lower L2, but softer than linear interpolation ({number(sharp, 2)}), so blur may explain all of it": (
            _with_sharpness(soft)
        ),
        f"Of these, closer than the adaptive blur ({number(blur, 3)}), the best that blur alone does here": (
            _with_ratio(beyond)
        ),
        "Undecided, because the interval of the ratio includes 1": _with_ratio(undecided),
        "Further from the real clips than linear interpolation": _with_ratio(worse),
        "More fine detail than the real clips, a sign of noise or false edges": _with_sharpness(noisy),
    }
    return [f"{words}: {found}." for words, found in cases.items() if found]


def _realism(rows: Sequence[ModelRow]) -> list[str]:
    judged = {row.name: row.auc.value for row in rows if row.auc}
    if len(judged) < 2:
        return []
    hardest = min(judged, key=lambda name: abs(judged[name] - 0.5))
    area = f"AUC {number(judged[hardest], 2)}; 0.5 would be indistinguishable"
    return [f"Hardest to tell from real clips for trained classifiers: {hardest} ({area})."]


def _cautions(report: Report, rows: Sequence[ModelRow]) -> list[str]:
    cautions = [SPLITS[report.split]] if report.split in SPLITS else []
    if report.videos < FEW_VIDEOS or report.clips < FEW_CLIPS:
        cautions.append(
            f"A first look: with {counted(report.clips, 'clip')} of {counted(report.videos, 'source video')}, gains "
            "under about 3 % are noise."
        )
    if not any(known(row.ratio) for row in rows):
        cautions.append(
            "No intervals were worked out, so none of the differences is known to be more than chance."
        )
    return cautions


def _sure(row: ModelRow) -> bool:
    return known(row.ratio) and row.ratio.high < 1


def _open(row: ModelRow) -> bool:
    return known(row.ratio) and row.ratio.low <= 1 <= row.ratio.high


def _softer(row: ModelRow, sharp: float) -> bool:
    """Less sharp than linear interpolation, in the two decimals that the report shows."""
    return round(row.sharpness.value, 2) < round(sharp, 2)


def _with_sharpness(rows: Sequence[ModelRow]) -> str:
    return listed([f"{row.name} ({number(row.sharpness.value, 2)})" for row in rows]) if rows else ""


def _with_ratio(rows: Sequence[ModelRow]) -> str:
    return listed([f"{row.name} ({number(row.ratio.value, 3)})" for row in rows]) if rows else ""
