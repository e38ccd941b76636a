"""One method's line of the table, from the figures of all its clips and those of linear interpolation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from f2v_core.errors import InputError
from f2v_core.evaluation.records import ClipFigures, Group, Interval, ModelRow, Sampled
from f2v_core.evaluation.statistics import Resamples, Values, paired_test, ratio_of_means


def make_row(
    name: str,
    title: str,
    figures: Sequence[ClipFigures],
    linear: Sequence[ClipFigures],
    seconds: float = 0.0,
    auc: Interval | None = None,
) -> ModelRow:
    """Sum up what was measured of a method.

    Args:
        name, title: what the table calls it, and a few words that explain it.
        figures: of the N clips it made, N >= 1.
        linear: linear interpolation's of the same clips, in the same order.
        seconds: time to make one clip.
        auc: of the networks that tell its clips from real ones.

    Returns:
        The row; its `endpoint` and `curve` are means over the clips. It has `sampled` if the clips have draws.

    Raises:
        InputError: there are no clips, or the two methods' are not the same ones.
    """
    if not figures or [each.key for each in figures] != [each.key for each in linear]:
        raise InputError(
            f"{len(figures)} clips of {name} cannot be compared with {len(linear)} of linear interpolation.",
            "Measure both on the same clips, in one order.",
        )
    columns = _Columns(
        l2=_column(each.l2 for each in figures),
        linear=_column(each.l2 for each in linear),
        ratios=_column(each.ratio for each in figures),
    )
    sources = [each.source for each in figures]
    draw = Resamples(sources)
    return ModelRow(
        name=name,
        title=title,
        overall=columns.group(range(len(figures))),
        categories=columns.groups(each.category for each in figures),
        sources=columns.groups(sources),
        ratio=columns.ratio(draw, columns.l2),
        mean_ratio=draw.mean(columns.ratios),
        median_ratio=draw.median(columns.ratios),
        win_rate=draw.mean((columns.ratios < 1).astype(np.float64)),
        psnr=draw.mean(_column(each.psnr for each in figures)),
        ssim=draw.mean(_column(each.ssim for each in figures)),
        sharpness=draw.mean(_column(each.sharpness for each in figures)),
        temporal=draw.mean(_column(each.temporal for each in figures)),
        endpoint=float(np.mean([each.endpoint for each in figures])),
        p_value=paired_test(columns.l2, columns.linear, sources),
        curve=tuple(np.mean([each.curve for each in figures], axis=0).tolist()),
        clips=tuple(figures),
        sampled=_sampled(figures, columns, draw),
        auc=auc,
        seconds=seconds,
    )


@dataclass(frozen=True, eq=False)
class _Columns:
    """(N,) float64 each: L2 distances, linear interpolation's, and the clips' own ratios."""

    l2: Values
    linear: Values
    ratios: Values

    def group(self, clips: Sequence[int]) -> Group:
        """The poster's table for some of the clips; the deviation is that of these clips, not an estimate."""
        rows = np.asarray(clips)
        l2 = self.l2[rows]
        ratio = ratio_of_means(l2, self.linear[rows], self.ratios[rows])
        return Group(len(rows), float(l2.mean()), float(l2.std()), ratio)

    def groups(self, names: Iterable[str]) -> dict[str, Group]:
        """The same for the clips of each name, names in alphabetical order."""
        members: defaultdict[str, list[int]] = defaultdict(list)
        for clip, name in enumerate(names):
            members[name].append(clip)
        return {name: self.group(members[name]) for name in sorted(members)}

    def ratio(self, draw: Resamples, l2: Values) -> Interval:
        """Mean of (N,) L2 distances over linear interpolation's.

        Where that is exact everywhere it is the mean of the primary draws' own ratios, whatever `l2` is.
        """
        return draw.ratio_of_means(l2, self.linear, self.ratios)


def _sampled(figures: Sequence[ClipFigures], columns: _Columns, draw: Resamples) -> Sampled | None:
    """The four numbers, always together."""
    if not figures[0].draws:
        return None
    draws = np.array([each.draws for each in figures])  # (N, D)
    return Sampled(
        at_mean=columns.ratio(draw, _column(each.mean_l2 for each in figures)),
        one=columns.ratio(draw, draws.mean(axis=1)),
        mean_of=columns.ratio(draw, _column(each.draws_mean for each in figures)),
        best_of=columns.ratio(draw, draws.min(axis=1)),
        diversity=float(np.mean([each.diversity for each in figures])),
        draws=draws.shape[1],
    )


def _column(values: Iterable[float]) -> Values:
    return np.fromiter(values, np.float64)
