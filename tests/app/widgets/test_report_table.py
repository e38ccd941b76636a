import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from f2v_app.widgets.report_cells import lines_of
from f2v_app.widgets.report_figures import ReportFigures, first_choice, hues_of
from f2v_app.widgets.report_table import ReportTable
from tests.app.made_reports import METHODS, made_report

REPORT = made_report()
NAMES = [method.name for method in METHODS]


@pytest.fixture
def table(qtbot):
    made = ReportTable()
    qtbot.addWidget(made)
    made.show_lines(lines_of(REPORT.rows, None), hues_of(REPORT))
    made.resize(900, 500)
    made.show()
    return made


def click_heading(table, column):
    header = table.horizontalHeader()
    place = QPoint(header.sectionPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_it_keeps_the_reports_order_until_a_heading_is_clicked(table):
    assert table.names == NAMES
    click_heading(table, 2)
    best_first = sorted(NAMES, key=lambda name: REPORT.row(name).ratio.value)
    assert table.names == best_first
    click_heading(table, 2)
    assert table.names == best_first[::-1]
    click_heading(table, 2)
    assert table.names == NAMES
    click_heading(table, 0)
    assert table.names == sorted(NAMES)


def test_the_sorted_column_says_so(table):
    def headings():
        return [
            table.model().headerData(at, Qt.Orientation.Horizontal)
            for at in range(table.model().columnCount())
        ]

    assert headings()[:3] == ["Method", "L2", "Ratio"]
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert headings()[2] == "Ratio ▾"


@pytest.mark.parametrize("order", list(Qt.SortOrder)[:2])
def test_what_has_no_figure_stays_last(table, order):
    table.sortByColumn(4, order)
    assert table.names[-1] == "linear"


def test_the_chosen_method_stays_chosen(table, qtbot):
    with qtbot.waitSignal(table.chosen) as chosen:
        table.choose("flow")
    assert chosen.args == ["flow"]
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert table.names[table.currentIndex().row()] == "flow"
    with qtbot.waitSignal(table.chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args != ["flow"]


def test_it_is_copied_as_spreadsheets_take_it(table):
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Method", "L2", "Ratio"]
    assert len(lines) == 1 + len(NAMES)
    assert lines[2].split("\t")[0] == "linear"


def test_figures_are_never_cut(table):
    for width in (600, 900, 1600):
        table.resize(width, 500)
        table.grab()
        for column in range(1, table.model().columnCount()):
            assert table.columnWidth(column) >= table.sizeHintForColumn(column)
        assert table.columnWidth(0) >= 150


def test_screen_readers_hear_the_interval(table):
    index = table.model().index(6, 2)
    text = table.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert text == f"{index.data()}, {lines_of(REPORT.rows, None)[6].cells[1].below}"
    assert "sort" in table.model().headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert table.model().headerData(2, Qt.Orientation.Vertical) is None


def test_known_generators_keep_their_hues():
    hues = hues_of(REPORT)
    assert hues["cvae"] == QColor("#d55e00")
    assert len({hue.name() for hue in hues.values()}) == len(METHODS)


@pytest.fixture
def figures(qtbot):
    made = ReportFigures()
    qtbot.addWidget(made)
    made.show_report(REPORT)
    made.resize(900, 600)
    made.show()
    return made


def test_the_figures_begin_with_all_clips_and_the_best_model(figures):
    assert first_choice(REPORT) == "cvae"
    assert figures._category._box.currentText() == "All clips  31"
    assert "intervals by source video" in figures._category.words
    assert "latent's mean" in figures._detail.text()


def test_one_category_can_be_chosen(figures):
    figures._category.choose("skiing")
    assert "no intervals" in figures._category.words
    model = figures.table.model()
    assert model.data(model.index(6, 2)) == f"{REPORT.row('cvae').categories['skiing'].ratio:.3f}"


def test_a_method_without_a_latent_has_one_line(figures):
    figures.table.choose("linear")
    assert figures._detail.text().startswith("linear: Cross-fade i/(T-1).")
    assert "\n" not in figures._detail.text()
    assert "Paired test" not in figures._detail.text()
    figures.recolor()
    assert figures._detail.text().startswith("linear")
