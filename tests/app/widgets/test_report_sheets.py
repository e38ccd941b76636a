from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from f2v_app.widgets.report_sheets import ReportSheets, read_sheets
from f2v_core.media.images import write_png
from tests.app.made_reports import made_report

REPORT = made_report()
WIDTH, HEIGHT = 300, 120


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "report"
    (inside / "sheets").mkdir(parents=True)
    for file in REPORT.sheets.values():
        write_png(inside / file, np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    return inside


@pytest.fixture
def sheets(qtbot):
    made = ReportSheets()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def show(qtbot, sheets, folder, report=REPORT, first="cgan"):
    sheets.show_report(report, folder, first)
    with qtbot.waitSignal(sheets._reader.answered):
        pass


def captions(sheets):
    return [label.text() for cell in sheets._cells for label in cell.findChildren(QLabel)]


def test_one_methods_best_median_and_worst_are_shown(qtbot, sheets, folder):
    show(qtbot, sheets, folder)
    assert [each.split(",")[0] for each in captions(sheets)] == ["Best", "Median", "Worst"]
    best = min(REPORT.row("cgan").clips, key=lambda clip: clip.ratio)
    assert captions(sheets)[0] == f"Best, ratio {best.ratio:.3f}: {best.source}, {best.category}"
    assert sheets._views[0].accessibleName() == "best of cgan"
    sheets._method.choose("cvae")
    assert sheets._views[0].accessibleName() == "best of cvae"


def test_as_many_stand_beside_each_other_as_have_room(qtbot, sheets, folder):
    show(qtbot, sheets, folder)
    assert {(view.width(), view.height()) for view in sheets._views} == {(WIDTH, HEIGHT)}
    qtbot.waitUntil(lambda: len({cell.y() for cell in sheets._cells}) == 3)
    sheets.resize(1200, 400)
    qtbot.waitUntil(lambda: len({cell.y() for cell in sheets._cells}) == 1)
    sheets.resize(200, 400)
    assert all(view.width() < 200 for view in sheets._views)
    assert all(abs(view.width() / view.height() - WIDTH / HEIGHT) < 0.1 for view in sheets._views)


def test_a_click_or_a_key_enlarges(qtbot, sheets, folder):
    show(qtbot, sheets, folder)
    QTest.mouseClick(sheets._views[1], Qt.MouseButton.LeftButton)
    assert sheets._window.isVisible()
    assert sheets._window.windowTitle() == "Median of cgan"
    assert sheets._window.sheet.image.width() == WIDTH
    sheets._window.close()
    QTest.mouseClick(sheets._views[1], Qt.MouseButton.RightButton)
    QTest.keyClick(sheets._views[1], Qt.Key.Key_A)
    assert not sheets._window.isVisible()
    sheets._views[2].setFocus()
    sheets._views[2].grab()
    QTest.keyClick(sheets._views[2], Qt.Key.Key_Return)
    assert sheets._window.windowTitle() == "Worst of cgan"


def test_a_missing_file_is_told_in_its_place(qtbot, sheets, folder):
    (folder / REPORT.sheets["median of cgan"]).unlink()
    show(qtbot, sheets, folder)
    assert "(its file cannot be read)" in captions(sheets)[1]
    assert len(sheets._views) == 2


def test_files_outside_of_the_folder_are_never_read(folder):
    write_png(folder.parent / "secret.png", np.zeros((4, 4, 3), np.uint8))
    report = replace(REPORT, sheets={"best of cvae": "../secret.png"})
    assert read_sheets(folder, report) == {}


def test_without_sheets_it_says_so(qtbot, sheets, folder):
    show(qtbot, sheets, folder, replace(REPORT, sheets={}))
    assert sheets._method.words == "This report has no contact sheets."
    assert not sheets._method._box.isVisible()
