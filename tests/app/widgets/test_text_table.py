import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView

from f2v_app.widgets.text_table import TextTable

ROWS = [("a.mp4", "It is empty."), ("B.mp4", "No video in it."), ("c.avi", "It is empty.")]


@pytest.fixture
def table(qtbot):
    made = TextTable(["File", "Reason"], "Rejected files")
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.show()
    made.grab()
    return made


def clipboard():
    return QGuiApplication.clipboard().text()


def test_it_shows_all_with_headings(table):
    model = table.findChild(QTableView).model()
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in (0, 1)] == ["File", "Reason"]
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
    assert clipboard() == "a.mp4\tIt is empty.\nc.avi\tIt is empty."


def test_chosen_rows_are_copied(table):
    view = table.findChild(QTableView)
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "B.mp4\tNo video in it."
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 2


def test_a_note_stands_above(table):
    table.show_rows([], "No file was rejected.")
    labels = [each.text() for each in table.findChildren(QLabel) if not each.isHidden()]
    assert labels == ["0", "No file was rejected."]
