import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView

from f2v_app.widgets.text_table import TextTable

ROWS = [("a.mp4", "0", "It is empty."), ("B.mp4", "9", "No video in it."), ("c.avi", "0", "It is empty.")]


@pytest.fixture
def table(qtbot):
    made = TextTable({"File": "path", "Size": "short", "Reason": "text"}, "Rejected files")
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.show()
    made.grab()
    return made


def clipboard():
    return QGuiApplication.clipboard().text()


def test_it_shows_all_with_headings(table):
    model = table.findChild(QTableView).model()
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == ["File", "Size", "Reason"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.data(model.index(1, 0)) == "B.mp4"
    assert model.data(model.index(1, 0), Qt.ItemDataRole.ToolTipRole) == "B.mp4"
    assert model.data(model.index(1, 0), Qt.ItemDataRole.DecorationRole) is None


def test_it_is_searched_whatever_the_case(table):
    table.findChild(QLineEdit).setText(" b.MP4 ")
    assert table.shown == [ROWS[1]]
    table.findChild(QLineEdit).setText("nothing like it")
    assert table.shown == []
    assert not table.findChild(QPushButton).isEnabled()
    table.findChild(QLineEdit).clear()
    assert table.shown == ROWS


def test_what_is_shown_is_copied(table):
    table.findChild(QLineEdit).setText("empty")
    table.findChild(QPushButton).click()
    assert clipboard() == "a.mp4\t0\tIt is empty.\nc.avi\t0\tIt is empty."


def test_chosen_rows_are_copied(table):
    view = table.findChild(QTableView)
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "B.mp4\t9\tNo video in it."
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 2


def test_a_note_stands_above(table):
    table.show_rows([], "No file was rejected.")
    labels = [each.text() for each in table.findChildren(QLabel) if not each.isHidden()]
    assert labels == ["No file was rejected."]
    assert table.findChild(QTableView).isHidden()


def test_columns_share_the_room(table):
    view = table.findChild(QTableView)
    long = "very/long/" * 30
    table.show_rows([(long, "12", long)])
    table.resize(600, 300)
    first, short, last = (view.columnWidth(n) for n in range(3))
    assert short < 80
    assert abs(first - last) <= 1
    assert first + short + last == view.viewport().width()
    table.show_rows([("a", "1", long)])
    assert view.columnWidth(0) < 80
