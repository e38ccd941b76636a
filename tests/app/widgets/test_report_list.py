import os
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from f2v_app.widgets.evaluate_files import read_report_rows
from f2v_app.widgets.folder_delegate import SECOND_LINE
from f2v_app.widgets.report_list import ReportList
from f2v_core.evaluation.report import TABLE, write_report
from tests.app.made_reports import made_report

NAMES = ("room-val-20261123-140500", "my-own-name")


@pytest.fixture
def root(tmp_path):
    for hour, name in enumerate(NAMES):
        (tmp_path / name).mkdir()
        write_report(tmp_path / name, made_report())
        for path in (*(tmp_path / name).iterdir(), tmp_path / name):
            os.utime(path, (datetime(2026, 11, 23, hour).timestamp(),) * 2)
    return tmp_path


@pytest.fixture
def reports(qtbot, root):
    made = ReportList(root)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.listed):
        made.refresh()
    return made


def texts(reports, role=Qt.ItemDataRole.DisplayRole):
    model = reports.view.model()
    return [model.index(line, 0).data(role) for line in range(model.rowCount())]


def test_a_row_tells_what_when_and_how_many(root):
    own, room = read_report_rows(root)
    assert (own.title, room.title) == ("my-own-name", "room · val")
    assert room.clips == 31
    assert room.made == datetime(2026, 11, 23, 0)


def test_a_table_that_cannot_be_read_is_no_trouble(root):
    for name, content in zip(NAMES, ("model,clips\n", "nothing\nlike it\n"), strict=True):
        (root / name / TABLE).write_text(content)
    assert [row.clips for row in read_report_rows(root)] == [0, 0]
    (root / NAMES[0] / TABLE).unlink()
    assert [row.clips for row in read_report_rows(root)] == [0, 0]


def test_the_newest_stands_first(reports):
    assert texts(reports) == ["my-own-name", "room · val"]
    assert texts(reports, SECOND_LINE)[1] == "23 Nov 2026, 00:00, 31 clips"


def test_without_reports_it_says_so(qtbot, tmp_path):
    made = ReportList(tmp_path / "none")
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.listed):
        made.refresh()
    said = {each.text() for each in made.findChildren(QLabel) if each.isVisible()}
    assert said == {"Reports", "Reports are kept here."}
