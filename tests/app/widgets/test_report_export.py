import csv
import json

import numpy as np
import pytest

from f2v_app.widgets.report_export import EXPORTS, fresh_folder, picture_of, suggested_name, write_export
from f2v_core.errors import ExportError, F2vError
from f2v_core.evaluation.charts import draw_charts
from f2v_core.evaluation.report import read_report, write_report
from f2v_core.evaluation.svg import LIGHT
from f2v_core.media.images import read_image, write_png
from tests.app.made_reports import made_report

REPORT = made_report()
HTML, TABLE, CLIPS, JSON, PICTURES = EXPORTS


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "report"
    (inside / "sheets").mkdir(parents=True)
    for file in REPORT.sheets.values():
        write_png(inside / file, np.full((8, 16, 3), 90, np.uint8))
    write_report(inside, REPORT)
    return inside


def test_names_are_suggested():
    assert suggested_name(REPORT, HTML) == "room-val-report.html"
    assert suggested_name(REPORT, TABLE) == "room-val-table.csv"
    assert suggested_name(REPORT, CLIPS) == "room-val-clips.csv"
    assert suggested_name(REPORT, PICTURES) == "room-val-pictures"


def test_a_page_is_written(folder, tmp_path):
    path = write_export(HTML, REPORT, folder, tmp_path / "page.html")
    assert "<html" in path.read_text(encoding="utf-8")


def test_tables_are_written(folder, tmp_path):
    for export, rows in ((TABLE, len(REPORT.rows)), (CLIPS, len(REPORT.rows) * REPORT.clips)):
        path = write_export(export, REPORT, folder, tmp_path / "table.csv")
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(list(csv.DictReader(lines))) == rows


def test_everything_can_be_read_again(folder, tmp_path):
    path = write_export(JSON, REPORT, folder, tmp_path / "report.json")
    assert json.loads(path.read_text(encoding="utf-8"))["dataset"] == "room"
    assert read_report(tmp_path) == REPORT


def test_pictures_of_charts_and_sheets_are_written(folder, tmp_path):
    target = write_export(PICTURES, REPORT, folder, tmp_path / "pictures")
    charts = draw_charts(REPORT, LIGHT)
    wanted = {f"{chart.name}.png" for chart in charts} | {"best-of-cvae.png", "worst-of-cgan.png"}
    assert wanted <= {path.name for path in target.iterdir()}
    image = read_image(target / f"{charts[0].name}.png")
    assert image.shape[1] > 1200
    assert len(np.unique(image)) > 10


def test_a_drawing_lies_on_white():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="5" height="5"/></svg>'
    image = picture_of(svg, 2)
    assert (image.width(), image.height()) == (20, 10)
    assert image.pixelColor(1, 1).name() == "#000000"
    assert image.pixelColor(18, 8).name() == "#ffffff"


def test_nothing_is_replaced_by_a_folder(tmp_path):
    assert fresh_folder(tmp_path, "a") == tmp_path / "a"
    (tmp_path / "a").mkdir()
    assert fresh_folder(tmp_path, "a") == tmp_path / "a-2"


@pytest.mark.parametrize("export", EXPORTS)
def test_a_disk_that_refuses_is_told(folder, tmp_path, export):
    (tmp_path / "file").write_text("")
    with pytest.raises(F2vError, match="cannot be written") as caught:
        write_export(export, REPORT, folder, tmp_path / "file" / "target")
    assert isinstance(caught.value, ExportError)
    assert caught.value.remedy
