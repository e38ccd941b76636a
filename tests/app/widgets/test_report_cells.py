from dataclasses import replace
from math import isnan

import pytest

from f2v_app.widgets.report_cells import COLUMNS, NONE, heading, lines_of
from f2v_core.evaluation.records import Interval
from tests.app.made_reports import made_report

REPORT = made_report()


def cell(lines, name, column):
    line = next(each for each in lines if each.name == name)
    return line.cells[COLUMNS.index(column)]


def test_every_column_has_a_heading_and_a_reason():
    assert all(title and tip.endswith(".") for title, tip in map(heading, COLUMNS))


def test_a_figure_stands_over_its_interval():
    row = replace(REPORT.row("cvae"), ratio=Interval(0.9124, 0.8801, 0.945), psnr=Interval(-1.0, -1.0, -1.0))
    lines = lines_of([row], None)
    ratio, psnr = cell(lines, "cvae", "ratio"), cell(lines, "cvae", "psnr")
    assert (ratio.text, ratio.below, ratio.order) == ("0.912", "0.880 – 0.945", 0.9124)
    assert (psnr.text, psnr.below) == ("−1.0", "")
    assert cell(lines, "cvae", "l2").below.startswith("± ")
    assert cell(lines, "cvae", "won").text.endswith(" %")


def test_the_lines_are_the_reports():
    lines = lines_of(REPORT.rows, None)
    assert [line.name for line in lines] == [row.name for row in REPORT.rows]
    assert lines[0].title == REPORT.rows[0].title
    assert all(len(line.cells) == len(COLUMNS) for line in lines)


def test_linear_interpolation_wins_nothing_against_itself():
    assert cell(lines_of(REPORT.rows, None), "linear", "won").text == NONE
    assert cell(lines_of(REPORT.rows, "skiing"), "linear", "won").text == NONE


def test_what_was_not_asked_for_is_a_dash_and_sorts_last():
    auc = cell(lines_of([replace(REPORT.row("cvae"), auc=None)], None), "cvae", "auc")
    assert auc.text == NONE
    assert isnan(auc.order)


def test_of_a_category_only_its_clips_count():
    row = REPORT.row("cgan")
    clips = [each for each in row.clips if each.category == "skiing"]
    lines = lines_of(REPORT.rows, "skiing")
    assert cell(lines, "cgan", "ratio").order == row.categories["skiing"].ratio
    assert cell(lines, "cgan", "won").order == pytest.approx(sum(c.ratio < 1 for c in clips) / len(clips))
    assert cell(lines, "cgan", "ssim").order == pytest.approx(sum(c.ssim for c in clips) / len(clips))
    assert cell(lines, "cgan", "ratio").below == ""
    assert cell(lines, "cgan", "auc").text == NONE


def test_a_category_without_clips_is_all_dashes():
    assert {each.text for each in lines_of(REPORT.rows, "swimming")[0].cells} == {NONE}
