"""The ways out of the program for a report: a page to read, tables, everything, pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from f2v_app.widgets.evaluate_files import sheet_files
from f2v_core.errors import ExportError, F2vError
from f2v_core.evaluation.records import Report

SCALE = 2
"""Pixels of a chart's picture for each of its units: sharp on a large screen and in print."""


@dataclass(frozen=True)
class Export:
    """One way.

    Attributes:
        title: as the menu says it, in English.
        what: in the name of the file or folder.
        ending: of the file; empty for a folder of several.
        write: writes a report that lies in a folder to a path.
    """

    title: str
    what: str
    ending: str
    write: Callable[[Report, Path, Path], None]


def suggested_name(report: Report, export: Export) -> str:
    """What the file or folder may be called."""
    return f"{report.dataset}-{report.split}-{export.what}{export.ending}"


def write_export(export: Export, report: Report, folder: Path, target: Path) -> Path:
    """Write a report that lies in `folder`; returns what was written.

    Raises:
        ExportError: the disk refuses.
    """
    try:
        export.write(report, folder, target)
    except F2vError:
        raise
    except OSError as error:
        raise ExportError(
            f"{target} cannot be written: {error.strerror}.", "Choose another place."
        ) from error
    return target


def fresh_folder(parent: Path, name: str) -> Path:
    """A folder of that name that does not exist yet, with a number where need be."""
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(parent / each for each in names if not (parent / each).exists())


def _write_html(report: Report, folder: Path, target: Path) -> None:
    from f2v_core.evaluation.html import write_html  # noqa: PLC0415 - loaded when a page is asked for

    write_html(report, folder, target)


def _write_table(report: Report, _folder: Path, target: Path) -> None:
    from f2v_core.evaluation.report import write_table_csv  # noqa: PLC0415 - as above

    write_table_csv(target, report.rows)


def _write_clips(report: Report, _folder: Path, target: Path) -> None:
    from f2v_core.evaluation.report import write_clips_csv  # noqa: PLC0415 - as above

    write_clips_csv(target, report.rows)


def _write_json(report: Report, _folder: Path, target: Path) -> None:
    from f2v_core.evaluation.report import write_report_json  # noqa: PLC0415 - as above

    write_report_json(target, report)


def _write_pictures(report: Report, folder: Path, target: Path) -> None:
    from f2v_core.evaluation.charts import draw_charts  # noqa: PLC0415 - as above
    from f2v_core.evaluation.svg import LIGHT  # noqa: PLC0415
    from f2v_core.storage import atomic_folder  # noqa: PLC0415

    with atomic_folder(target) as partial:
        for chart in draw_charts(report, LIGHT, titled=True):
            _save(picture_of(chart.svg), partial / f"{chart.name}.png")
        for what, file in sheet_files(report, folder).items():
            if file.is_file():  # as in the page, what is not there is left out
                (partial / f"{what.replace(' ', '-')}.png").write_bytes(file.read_bytes())


def picture_of(svg: str, scale: int = SCALE) -> QImage:
    """A drawing as pixels on white."""
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    image = QImage(renderer.defaultSize() * scale, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        renderer.render(painter, QRectF(image.rect()))
    return image


def _save(image: QImage, path: Path) -> None:
    if not image.save(str(path)):
        raise ExportError(f"{path} cannot be written.", "Make room there, or choose another place.")


EXPORTS = (
    Export("Report as a web page…", "report", ".html", _write_html),
    Export("Table as CSV…", "table", ".csv", _write_table),
    Export("Figures of all clips as CSV…", "clips", ".csv", _write_clips),
    Export("Everything as JSON…", "report", ".json", _write_json),
    Export("Charts and contact sheets as PNG…", "pictures", "", _write_pictures),
)
"""In the order of the menu."""
