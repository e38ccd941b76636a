"""Intervals that count sources, and the paired test."""

from itertools import product

import numpy as np
import pytest

from f2v_core.evaluation import statistics
from f2v_core.evaluation.records import Interval
from f2v_core.evaluation.statistics import Resamples, paired_test, ratio_of_means

SOURCES = ["a", "a", "a", "b", "b", "c", "d", "d", "e", "e", "e", "e"]


def drawn(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Figures of two methods on twelve clips."""
    random = np.random.default_rng(seed)
    return random.uniform(10, 20, 12), random.uniform(10, 20, 12)


def resample_by_hand(seed: int) -> list[list[int]]:
    """The clips of each resample, by drawing sources one by one."""
    names = sorted(set(SOURCES))
    picks = np.random.default_rng(seed).integers(len(names), size=(statistics.RESAMPLES, len(names)))
    clips = {name: [i for i, each in enumerate(SOURCES) if each == name] for name in names}
    return [[clip for pick in row for clip in clips[names[pick]]] for row in picks]


@pytest.mark.parametrize("block", [4_000_000, 600])
def test_a_resample_is_all_clips_of_sources_drawn_with_replacement(block, monkeypatch):
    monkeypatch.setattr(statistics, "BLOCK", block)
    (a, b), resamples = drawn(), Resamples(SOURCES, seed=3)
    by_hand = resample_by_hand(3)
    for interval, value, repeats in (
        (resamples.mean(a), a.mean(), [a[clips].mean() for clips in by_hand]),
        (resamples.median(a), np.median(a), [np.median(a[clips]) for clips in by_hand]),
        (resamples.quotient(a, b), a.sum() / b.sum(), [a[clips].sum() / b[clips].sum() for clips in by_hand]),
    ):
        low, high = np.quantile(repeats, (0.025, 0.975))
        assert (interval.value, interval.low, interval.high) == pytest.approx((value, low, high))
        assert interval.low < interval.value < interval.high


def test_the_same_seed_gives_the_same_interval():
    a, _ = drawn()
    assert Resamples(SOURCES, seed=1).mean(a) == Resamples(SOURCES, seed=1).mean(a)
    assert Resamples(SOURCES, seed=1).mean(a) != Resamples(SOURCES, seed=2).mean(a)


def test_a_method_against_itself_is_exactly_1_without_width():
    a, _ = drawn()
    assert Resamples(SOURCES).ratio_of_means(a, a, np.ones(12)) == Interval(1.0, 1.0, 1.0)
    assert Resamples(SOURCES).median(np.ones(12)) == Interval(1.0, 1.0, 1.0)
    assert paired_test(a, a, SOURCES) == 1.0


def test_one_source_has_no_interval():
    a, b = drawn()
    interval = Resamples(["only"] * 12).ratio_of_means(a, b, a / b)
    assert interval.low == interval.high == pytest.approx(interval.value)
    assert paired_test(a, b, ["only"] * 12) == 1.0


def test_where_linear_interpolation_is_exact_the_clips_own_ratios_stand_in():
    l2, ratios = np.array([3.0, 0.0]), np.array([5.0, 1.0])
    assert ratio_of_means(l2, np.zeros(2), ratios) == 3.0
    assert Resamples(["a", "b"]).ratio_of_means(l2, np.zeros(2), ratios) == Interval(3.0, 1.0, 5.0)
    mixed = Resamples(["a", "b"]).ratio_of_means(l2, np.array([0.0, 6.0]), ratios)
    assert mixed == Interval(0.5, 0.0, 5.0)  # one resample in four is twice the clip that stands still


def test_clips_of_few_sources_give_wider_intervals_than_their_number_promises():
    random = np.random.default_rng(0)
    level = np.repeat(random.normal(0, 1, 20), 10)
    values = 10 + level + random.normal(0, 0.1, 200)
    by_source = Resamples([str(i // 10) for i in range(200)]).mean(values)
    by_clip = Resamples([str(i) for i in range(200)]).mean(values)
    assert by_source.high - by_source.low > 2.5 * (by_clip.high - by_clip.low)


def test_intervals_cover_the_truth_about_as_often_as_they_say(monkeypatch):
    monkeypatch.setattr(statistics, "RESAMPLES", 400)
    random, covered = np.random.default_rng(0), []
    sources = [str(i // 5) for i in range(200)]
    for _ in range(120):
        linear = np.repeat(random.uniform(10, 30, 40), 5) + random.normal(0, 2, 200)
        l2 = linear * (0.9 + np.repeat(random.normal(0, 0.05, 40), 5) + random.normal(0, 0.05, 200))
        interval = Resamples(sources, seed=int(random.integers(1000))).ratio_of_means(l2, linear, l2 / linear)
        covered.append(interval.low <= 0.9 <= interval.high)
    assert 0.88 <= np.mean(covered) <= 0.99


def test_with_few_sources_the_test_tries_all_signs():
    a, b = drawn(5)
    means = [np.mean([(a - b)[i] for i in range(12) if SOURCES[i] == name]) for name in "abcde"]
    sums = [abs(np.dot(signs, means)) for signs in product((-1, 1), repeat=5)]
    assert paired_test(a, b, SOURCES) == pytest.approx(
        np.mean([each >= abs(sum(means)) - 1e-9 for each in sums])
    )
    assert paired_test(a, b, SOURCES) == paired_test(b, a, SOURCES)


def test_one_sided_differences_of_n_sources_have_two_of_the_2_to_the_n_signs():
    a, _ = drawn()
    assert paired_test(a - 1, a, SOURCES) == 2 / 2**5


def test_the_exact_test_and_random_signs_agree(monkeypatch):
    random = np.random.default_rng(1)
    names = [str(i) for i in range(14)]
    a, b = random.normal(0.1, 1, 14), np.zeros(14)
    exact = paired_test(a, b, names)
    monkeypatch.setattr(statistics, "EXACT_SOURCES", 0)
    monkeypatch.setattr(statistics, "BLOCK", 50_000)
    assert 0.02 < exact < 0.5
    assert paired_test(a, b, names) == pytest.approx(exact, abs=0.015)


def test_many_sources_never_give_a_p_value_of_0():
    names = [str(i) for i in range(40)]
    assert paired_test(np.ones(40), np.zeros(40), names) == pytest.approx(1 / 10_001)
    assert paired_test(np.ones(40), np.ones(40), names) == 1.0


def test_methods_that_are_alike_are_seldom_told_apart():
    random = np.random.default_rng(2)
    sources = [str(i // 4) for i in range(40)]
    found = [
        paired_test(np.repeat(random.normal(0, 1, 10), 4) + random.normal(0, 1, 40), np.zeros(40), sources)
        for _ in range(300)
    ]
    assert 0.02 <= np.mean(np.array(found) <= 0.05) <= 0.09
