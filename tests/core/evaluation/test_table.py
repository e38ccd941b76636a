"""A method's line of the table."""

from collections.abc import Sequence

import numpy as np
import pytest

from f2v_core.errors import InputError
from f2v_core.evaluation.records import ClipFigures, Group, Interval, ModelRow
from f2v_core.evaluation.table import make_row

SOURCES = ["a", "a", "b", "c", "c", "c"]
CATEGORIES = ["sea", "sea", "sea", "city", "city", "city"]
LINEAR = [10.0, 12.0, 20.0, 8.0, 8.0, 14.0]


def figures(l2: Sequence[float], draws: Sequence[tuple[float, ...]] = ()) -> list[ClipFigures]:
    return [
        ClipFigures(
            key=f"test-{clip}",
            source=SOURCES[clip],
            category=CATEGORIES[clip],
            l2=each,
            ratio=each / LINEAR[clip],
            psnr=30.0 + clip,
            ssim=0.9,
            sharpness=0.8,
            temporal=0.5,
            endpoint=0.01 * clip,
            curve=(0.0, 0.1 * clip, 0.0),
            mean_l2=each * 0.9 if draws else 0.0,
            draws=draws[clip] if draws else (),
            draws_mean=each * 0.8 if draws else 0.0,
            diversity=0.02 * clip if draws else 0.0,
        )
        for clip, each in enumerate(l2)
    ]


def row_of(l2: Sequence[float], **more) -> ModelRow:
    return make_row("m", "A method", figures(l2, more.pop("draws", ())), figures(LINEAR), **more)


def test_linear_interpolation_against_itself_is_exactly_1_and_never_wins():
    row = row_of(LINEAR)
    one = Interval(1.0, 1.0, 1.0)
    assert (row.ratio, row.mean_ratio, row.median_ratio) == (one, one, one)
    assert row.win_rate == Interval(0.0, 0.0, 0.0)
    assert row.p_value == 1.0
    assert {group.ratio for group in (row.overall, *row.categories.values(), *row.sources.values())} == {1.0}


def test_the_truth_has_ratio_0_and_wins_everywhere():
    row = row_of([0.0] * 6)
    assert row.ratio == Interval(0.0, 0.0, 0.0)
    assert row.win_rate == Interval(1.0, 1.0, 1.0)
    assert row.overall == Group(6, 0.0, 0.0, 0.0)
    assert row.p_value == 2 / 2**3


def test_the_posters_table_by_category_and_source():
    l2 = [9.0, 9.0, 21.0, 4.0, 8.0, 9.0]
    row = row_of(l2)
    assert row.overall == Group(6, 10.0, pytest.approx(np.std(l2)), pytest.approx(60 / 72))
    assert row.categories["sea"] == Group(3, 13.0, pytest.approx(np.std(l2[:3])), pytest.approx(39 / 42))
    assert row.categories["city"] == Group(3, 7.0, pytest.approx(np.std(l2[3:])), pytest.approx(21 / 30))
    assert list(row.categories) == ["city", "sea"]
    assert {name: group.clips for name, group in row.sources.items()} == {"a": 2, "b": 1, "c": 3}
    assert row.sources["b"] == Group(1, 21.0, 0.0, 1.05)


def test_the_figures_are_means_over_the_clips_with_intervals_over_sources():
    row = row_of([9.0, 9.0, 21.0, 4.0, 8.0, 9.0], seconds=0.02, auc=Interval(0.9, 0.8, 1.0))
    assert row.ratio.value == pytest.approx(60 / 72)
    assert row.median_ratio.value == pytest.approx(np.median([0.9, 0.75, 1.05, 0.5, 1.0, 9 / 14]))
    assert row.win_rate.value == pytest.approx(4 / 6)
    assert row.psnr.value == pytest.approx(32.5)
    assert row.psnr.low < 32.5 < row.psnr.high
    assert row.ssim == Interval(*[pytest.approx(0.9)] * 3)
    assert (row.sharpness.value, row.temporal.value) == (pytest.approx(0.8), pytest.approx(0.5))
    assert row.endpoint == pytest.approx(0.025)
    assert row.curve == pytest.approx((0, 0.25, 0))
    assert (row.name, row.title, row.seconds, row.auc) == ("m", "A method", 0.02, Interval(0.9, 0.8, 1.0))
    assert [clip.key for clip in row.clips] == [f"test-{i}" for i in range(6)]
    assert row.sampled is None


def test_a_latents_four_numbers_stand_together():
    l2 = [9.0, 9.0, 21.0, 4.0, 8.0, 9.0]
    row = row_of(l2, draws=[(each, each + 2) for each in l2])
    assert row.sampled is not None
    assert row.sampled.draws == 2
    assert row.sampled.at_mean.value == pytest.approx(0.9 * 60 / 72)
    assert row.sampled.one.value == pytest.approx(66 / 72)
    assert row.sampled.mean_of.value == pytest.approx(0.8 * 60 / 72)
    assert row.sampled.best_of.value == pytest.approx(60 / 72)
    assert row.sampled.best_of == row.ratio
    assert row.sampled.diversity == pytest.approx(0.05)


def test_only_figures_of_the_same_clips_are_compared():
    with pytest.raises(InputError, match="5 clips of m"):
        make_row("m", "", figures(LINEAR)[1:], figures(LINEAR))
    with pytest.raises(InputError, match="0 clips of m"):
        make_row("m", "", [], [])
    with pytest.raises(InputError, match="in one order"):
        make_row("m", "", figures(LINEAR)[::-1], figures(LINEAR))
