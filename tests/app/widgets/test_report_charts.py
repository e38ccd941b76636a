import pytest
from PySide6.QtWidgets import QApplication

from f2v_app import theme
from f2v_app.widgets.report_charts import TWO, WIDEST, ReportCharts
from f2v_core.evaluation.charts import draw_charts
from f2v_core.evaluation.svg import LIGHT
from tests.app.made_reports import made_report

REPORT = made_report()


@pytest.fixture
def charts(qtbot):
    made = ReportCharts()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.show_report(REPORT)
    made.grab()
    return made


def places(charts):
    return [(cell.x(), cell.y()) for cell in charts._cells]


def test_all_charts_are_shown_in_their_shape(charts):
    drawn = draw_charts(REPORT, LIGHT)
    assert [view.accessibleName() for view in charts._views] == [each.title for each in drawn]
    for view in charts._views:
        size = view._renderer.defaultSize()
        assert view._renderer.isValid()
        assert view.width() == WIDEST
        assert abs(view.height() - view.width() * size.height() / size.width()) <= 1


def test_two_stand_in_a_row_where_there_is_room(charts, qtbot):
    assert len({x for x, _ in places(charts)}) == 1
    charts.resize(TWO + 100, 600)
    qtbot.waitUntil(lambda: len({x for x, _ in places(charts)}) == 2)
    assert places(charts)[0][1] == places(charts)[1][1]


def test_they_are_narrow_where_there_is_little(charts):
    charts.resize(400, 600)
    charts.grab()
    assert all(view.width() < 400 for view in charts._views)


def test_they_are_drawn_anew_in_the_dark(charts):
    app = QApplication.instance()
    before = charts._views
    theme.dress(app, theme.DARK)
    try:
        charts.recolor()
        assert charts._views is not before
        assert charts.grab().toImage().pixelColor(2, 300).lightness() < 128
    finally:
        theme.dress(app, theme.LIGHT)


def test_without_a_report_there_is_nothing_to_draw(qtbot):
    charts = ReportCharts()
    qtbot.addWidget(charts)
    charts.recolor()
    assert charts._views == []
