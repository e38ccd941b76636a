"""The verdict claims no more than the figures carry."""

from dataclasses import replace
from math import inf, nan

import pytest

from f2v_core.evaluation.records import Interval
from f2v_core.evaluation.wording import counted, known, listed, number, percent, span, verdict
from tests.core.evaluation.made_rows import made_report, made_row


def row(name, ratio, sharpness, half=0.02, auc=None):
    sharp = Interval(sharpness, sharpness - 0.01, sharpness + 0.01)
    interval = Interval(ratio, ratio - half, ratio + half)
    return replace(made_row(name), ratio=interval, sharpness=sharp, auc=auc)


LINEAR = row("linear", 1.0, 0.66, half=0)


def said(*rows, clips=400, videos=50, split="test"):
    report = replace(made_report(LINEAR, *rows), clips=clips, videos=videos, split=split)
    return verdict(report)


def about(sentences, words):
    (sentence,) = [each for each in sentences if words in each]
    return sentence


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(0.8734, 3, "0.873"), (-1.25, 1, "−1.2"), (nan, 2, "–"), (inf, 2, "∞"), (-inf, 0, "−∞"), (12, 0, "12")],
)
def test_numbers(value, digits, words):
    assert number(value, digits) == words


def test_words_around_numbers():
    assert percent(0.834) == "83 %"
    assert span(Interval(0.9, 0.85, 0.951), 2) == "0.85–0.95"
    assert span(Interval(0.9, 0.9, 0.9), 2) == ""
    assert not known(Interval(1, 1, 1))
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert [counted(1, "clip"), counted(0, "clip")] == ["1 clip", "0 clips"]


def test_a_win_takes_the_whole_interval_and_no_blur():
    sentences = said(row("cvae", 0.9, 0.7), row("blurred", 0.9, 0.4), row("flow", 0.99, 0.9))
    assert "cvae (0.900, interval 0.880–0.920)." in about(sentences, "Closer to the real clips")
    assert "softer than real clips: cvae (0.70)" in about(sentences, "At least as sharp as")
    assert "blurred (0.40)" in about(sentences, "but softer than linear")
    assert "flow" in about(sentences, "Undecided")


def test_an_uncertain_gain_is_no_gain_soft_or_not():
    sentences = said(row("blurred", 0.99, 0.4))
    assert sentences[0].startswith("No method")
    assert "blurred (0.990)" in about(sentences, "Undecided")
    assert not any("but softer" in each for each in sentences)


def test_sharp_as_real_and_sharper_than_real():
    sentences = said(row("cgan", 0.95, 0.95), row("noise", 0.9, 1.6), row("hold", 1.5, 1.0))
    assert about(sentences, "As sharp as real").endswith("cgan (0.95).")
    assert "noise (1.60)" in about(sentences, "sign of noise")
    assert "hold (1.500)" in about(sentences, "Further from")


def test_without_intervals_nothing_is_claimed():
    sentences = said(row("cvae", 0.8, 0.9, half=0))
    assert sentences[0].startswith("No method")
    assert "more than chance" in sentences[-1]


def test_realism_takes_two_to_compare():
    auc = Interval(0.7, 0.65, 0.75)
    assert not any("AUC" in each for each in said(row("cvae", 0.9, 0.7, auc=auc)))
    sentences = said(row("cvae", 0.9, 0.7, auc=Interval(0.9, 0.8, 1)), row("cgan", 0.95, 0.9, auc=auc))
    assert "cgan (AUC 0.70" in about(sentences, "Hardest to tell")


def test_cautions():
    sure = row("cvae", 0.9, 0.7)
    assert "12 clips of 1 source video" in about(said(sure, clips=12, videos=1), "first look")
    assert not any("first look" in each for each in said(sure))
    assert about(said(sure, split="val"), "validation")
    assert about(said(sure, split="train"), "trained on")


def test_linear_interpolation_alone():
    assert said() == ("Only linear interpolation was measured: there is nothing to compare it with.",)
