from dataclasses import replace

from f2v_app.widgets.report_words import detail_of, facts_of, title_of
from f2v_core.evaluation.records import Interval
from tests.app.made_reports import made_report

REPORT = made_report()


def test_what_was_compared():
    assert title_of(REPORT) == "room · val"
    assert facts_of(REPORT) == "31 clips of 7 videos, 23 November 2026, 14:05, f2v 0.1.0"
    assert facts_of(replace(REPORT, clips=1, videos=1, created="long ago")) == (
        "1 clip of 1 video, long ago, f2v 0.1.0"
    )


def test_a_latent_has_its_four_numbers_together():
    words = detail_of(REPORT.row("cvae"))
    assert words.count("(") == 4
    for said in ("the latent's mean", "one sample", "mean of 8", "best of 8", "samples differ by 0.021"):
        assert said in words


def test_numbers_without_an_interval_stand_alone():
    row = REPORT.row("cvae")
    lone = replace(row.sampled, best_of=Interval(0.8, 0.8, 0.8))
    assert "best of 8 0.800;" in detail_of(replace(row, sampled=lone))


def test_ends_that_are_off_and_chance_are_told():
    row = replace(REPORT.row("hold"), endpoint=0.01234, p_value=0.0001)
    assert "End frames are off by 0.0123." in detail_of(row)
    assert "p below 0.001." in detail_of(row)
    assert "End frames are exact." in detail_of(REPORT.row("hold"))
    assert "A clip takes 4.2 ms." in detail_of(REPORT.row("hold"))
