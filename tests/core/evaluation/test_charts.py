"""Charts: well formed, drawn by Qt, with every method named, for one method as for twelve."""

from dataclasses import replace
from math import inf, nan
from xml.etree.ElementTree import fromstring

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from f2v_core.errors import ExportError
from f2v_core.evaluation.charts import draw_charts, write_charts
from f2v_core.evaluation.records import Interval
from f2v_core.evaluation.svg import DARK, LIGHT, PAGE
from tests.core.evaluation.made_rows import made_clip, made_report, made_row

MANY = [made_row("linear"), *(made_row(f"m{i}", 0.8 + i / 10) for i in range(11))]


def texts(chart):
    return [each.text for each in fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]


def charts_of(report, palette=LIGHT):
    return {chart.name: chart for chart in draw_charts(report, palette)}


@pytest.mark.parametrize("rows", [MANY, MANY[:2], MANY[1:2]], ids=len)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_qt_draws_every_chart(qtbot, rows, palette):
    charts = draw_charts(made_report(*rows), palette, titled=True)
    assert [chart.name for chart in charts] == ["ratios", "sharpness", "curves", "clips", "sources"]
    for chart in charts:
        renderer = QSvgRenderer(QByteArray(chart.svg.encode()))
        assert renderer.isValid()
        image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
        image.fill(QColor("#123456"))
        with QPainter(image) as painter:
            renderer.render(painter)
        assert image.pixelColor(2, 2) == QColor(palette.paper)
        seen = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 3)
            for y in range(60, image.height(), 3)
        }
        assert len(seen) > 4


def test_every_method_is_named_in_every_chart():
    for chart in draw_charts(made_report(*MANY), LIGHT):
        named = " ".join(texts(chart))
        assert all(f"m{i}" in named for i in range(11)), chart.name


def test_linear_interpolation_is_not_compared_with_itself():
    assert list(charts_of(made_report(made_row("linear")))) == ["ratios", "sharpness", "curves"]


def test_a_page_gives_the_colours():
    for chart in draw_charts(made_report(), PAGE):
        assert 'fill="#' not in chart.svg
        assert 'stroke="#' not in chart.svg
        assert "var(--ink)" in chart.svg


def test_what_lies_beyond_the_axes_is_said_in_figures():
    far = replace(made_row("far", 3.0), sharpness=Interval(2.5, 2.4, 2.6))
    charts = charts_of(made_report(made_row("linear"), far))
    assert "far (3.00; 2.50)" in texts(charts["sharpness"])
    assert "3.000 (2.900–3.100)" in texts(charts["ratios"])


def test_figures_without_an_interval_stand_alone():
    row = replace(made_row("cvae"), ratio=Interval(0.9, 0.9, 0.9))
    assert "0.900" in texts(charts_of(made_report(row))["ratios"])


def test_the_worst_source_is_named():
    row = made_row("cvae")
    group = row.sources["video-0.mp4"]
    row = replace(row, sources={"good": replace(group, ratio=0.8), "bad & <odd>": replace(group, ratio=1.25)})
    assert "1.25 bad & <odd>" in texts(charts_of(made_report(row))["sources"])


def test_figures_that_are_no_numbers_do_not_break_a_chart():
    odd = replace(
        made_row("odd"), curve=(0.0, nan, inf), clips=(made_clip(0, nan), made_clip(1, inf)), sources={}
    )
    for chart in draw_charts(made_report(made_row("linear"), odd), LIGHT):
        assert "nan" not in chart.svg
    nothing = replace(made_row("nothing"), curve=(), clips=())
    draw_charts(made_report(nothing), LIGHT)


def test_thousands_of_clips_are_thinned_out():
    row = replace(made_row("cvae"), clips=tuple(made_clip(i, 1 + i / 5000) for i in range(4000)))
    assert charts_of(made_report(row))["clips"].svg.count("<circle") <= 250


def test_charts_are_written_light_and_dark(tmp_path):
    files = write_charts(made_report(), tmp_path / "charts")
    assert sorted(tmp_path.glob("charts/*")) == sorted(files)
    assert {file.name for file in files} >= {"ratios.svg", "ratios-dark.svg"}
    fromstring(files[0].read_text(encoding="utf-8"))


def test_a_chart_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"ratios\.svg cannot be written"):
        write_charts(made_report(), tmp_path / "file")
