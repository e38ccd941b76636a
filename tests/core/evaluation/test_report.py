import csv
import json
import os
import subprocess
import sys

import pytest

from f2v_core.errors import DataError
from f2v_core.evaluation.report import (
    CLIPS,
    REPORT,
    TABLE,
    list_reports,
    new_report_folder,
    read_report,
    reports_folder,
    write_report,
)
from tests.core.evaluation.made_rows import made_report


def test_a_report_comes_back_as_it_was(tmp_path):
    write_report(tmp_path, made_report())
    assert read_report(tmp_path) == made_report()
    assert sorted(path.name for path in tmp_path.iterdir()) == [CLIPS, REPORT, TABLE]


def lines_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_tables_have_a_line_for_each_model_and_for_each_of_its_clips(tmp_path):
    write_report(tmp_path, made_report())
    linear, cvae = lines_of(tmp_path / TABLE)
    assert (linear["model"], linear["auc"], linear["best_of"]) == ("linear", "", "")
    assert (cvae["model"], float(cvae["auc"]), float(cvae["ratio_high"]), cvae["draws"]) == (
        "cvae",
        0.9,
        1.0,
        "2",
    )
    clips = lines_of(tmp_path / CLIPS)
    assert [line["model"] for line in clips] == ["linear"] * 4 + ["cvae"] * 4
    assert (clips[0]["draw_1"], clips[7]["draw_1"]) == ("", "43.0")
    assert float(clips[3]["endpoint"]) == 0.1 + 0.2  # all digits are there


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no json", "is damaged"),
        ("[]", "is damaged"),
        ("{}", "is damaged: 'format'"),
        ('{"format": 1}', "is damaged"),
        ('{"format": 2}', "newer f2v"),
    ],
)
def test_what_is_no_report_is_told(tmp_path, text, message):
    (tmp_path / REPORT).write_text(text)
    with pytest.raises(DataError, match=message):
        read_report(tmp_path)


def test_one_wrong_value_is_told_by_its_name(tmp_path):
    write_report(tmp_path, made_report())
    values = json.loads((tmp_path / REPORT).read_text())
    values["rows"][0]["overall"]["l2"] = "40"
    (tmp_path / REPORT).write_text(json.dumps(values))
    with pytest.raises(DataError, match=r"Report.rows.overall.l2 is str, not float"):
        read_report(tmp_path)


def test_a_folder_without_a_report_is_told(tmp_path):
    with pytest.raises(DataError, match="holds no report"):
        read_report(tmp_path)


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path):
    with pytest.raises(DataError, match="cannot be written"):
        write_report(tmp_path / "nowhere", made_report())


def test_reports_are_listed_the_newest_first():
    assert list_reports() == []
    folders = [new_report_folder("room", "val") for _ in "a"]
    for age, name in enumerate(("new", "old", ".partial")):
        folder = reports_folder() / name
        folder.mkdir(parents=True)
        write_report(folder, made_report())
        os.utime(folder / REPORT, (1000 - age, 1000 - age))
    (reports_folder() / "empty").mkdir()
    assert [folder.name for folder in list_reports()] == ["new", "old"]
    assert folders[0].parent == reports_folder()


def test_a_new_folder_is_always_another_one(tmp_path):
    first = new_report_folder("room", "val", tmp_path)
    first.mkdir()
    second = new_report_folder("room", "val", tmp_path)
    assert not second.exists()
    assert second.name.startswith("room-val-")


def test_reports_are_read_without_torch():
    words = "import sys, f2v_core.evaluation.report; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
