"""Models are compared through the real window: choose, evaluate, read the report, export its table."""

import csv
from pathlib import Path

import numpy as np
import pytest

from f2v_core.evaluation.report import list_reports, read_report
from f2v_core.media.images import write_png
from tests.datasets import squares, write_dataset
from tests.e2e.screen import SLOW_S, App, Screen, missing_tools, wait_for

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(missing_tools()), reason=f"not on this machine: {', '.join(missing_tools())}"),
]
MODEL = "cvae"


@pytest.fixture
def app(desk: Screen, user_home: Path, tmp_path: Path) -> App:
    """The Evaluate page, with one dataset and nothing else to do."""
    write_dataset(user_home / "data" / "f2v" / "datasets" / "squares", squares())
    paths = [tmp_path / "first.png", tmp_path / "last.png"]
    for path in paths:
        write_png(path, np.zeros((16, 16, 3), np.uint8))
    made = App(desk, *map(str, paths))
    made.see("Last image", "ImageWell", SLOW_S, description=paths[1].name)
    made.click("Evaluate", "RadioButton")
    return made


def enter(desk: Screen, app: App, field: str, number: int) -> None:
    app.click(field, "IntBox")
    desk.do("key", "ctrl+a", "type", "--delay", 20, str(number))
    desk.do("key", "Tab")


def test_models_are_compared_and_the_table_is_exported(
    desk: Screen, app: App, user_home: Path, tmp_path: Path
):
    app.see("Split", "QComboBox", enabled=True)
    app.click("cgan", "CheckBox")
    app.click("More", "QToolButton")
    enter(desk, app, "Clips", 2)
    enter(desk, app, "Classifier seeds", 0)
    app.click("Evaluate", "Button")
    app.see("Cancel", "Button")
    app.see("Figures by method", "QTableView", SLOW_S)
    app.see("Evaluate", "Button", enabled=True)
    (folder,) = list_reports(user_home / "data" / "f2v" / "evaluations")
    report = read_report(folder)
    assert (report.dataset, report.split, report.clips) == ("squares", "val", 2)
    assert MODEL in [row.name for row in report.rows]

    target = tmp_path / "a table.csv"  # a key that is not on the keyboard is at times lost
    app.click("Export", "QAbstractButton")
    app.see("", "QMenu")
    desk.do("sleep", 0.5, "key", "Down", "key", "Down", "key", "Return")
    desk.enter("Export")
    desk.do("key", "ctrl+a", "type", "--delay", 20, str(target))
    desk.do("key", "Return")
    wait_for(target.exists, "the exported table")
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [row["model"] for row in csv.DictReader(lines)] == [row.name for row in report.rows]
