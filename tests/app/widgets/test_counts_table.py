import pytest

from f2v_app.widgets.counts_table import CountsTable


@pytest.fixture
def table(qtbot):
    made = CountsTable()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def texts(table, line):
    return [table.item(line, column).text() for column in range(table.columnCount())]


def test_it_counts_by_category_and_split(table):
    table.show_counts({"train": {"skiing": 12_345, "erupting": 2}, "test": {"skiing": 1}}, "Clips")
    assert table.accessibleName() == "Clips by category and split"
    assert [table.horizontalHeaderItem(n).text() for n in range(5)] == [
        "Clips",
        "train",
        "val",
        "test",
        "all",
    ]
    assert texts(table, 0) == ["All", "12\u202f347", "–", "1", "12\u202f348"]
    assert texts(table, 1) == ["erupting", "2", "–", "–", "2"]
    assert texts(table, 2) == ["skiing", "12\u202f345", "–", "1", "12\u202f346"]


def test_without_categories_there_is_one_row(table):
    table.show_counts({"train": {"": 3}, "val": {}}, "Videos")
    assert table.rowCount() == 1
    assert texts(table, 0) == ["All", "3", "–", "–", "3"]
    table.show_counts({"train": {"": 3, "skiing": 1}}, "Videos")
    assert texts(table, 1)[0] == "no category"
    table.show_counts({}, "Videos")
    assert texts(table, 0) == ["All", "–", "–", "–", "–"]


def test_names_go_before_sums_where_room_is_short(table):
    table.show_counts({"train": {"skiing": 1_000_000, "erupting": 2}}, "Clips")
    assert not table.isColumnHidden(4)
    table.resize(260, 200)
    assert table.isColumnHidden(4)
    assert table.sizeHint().isValid()
